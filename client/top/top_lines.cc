// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/top/top_lines.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace broadsheet::client {
namespace {

constexpr size_t kColumns = 80;
// Methods and errors that are shown, those with the most calls first.
constexpr size_t kMethods = 12;
constexpr size_t kErrors = 3;
constexpr const char* kHandling = "grpc_server_handling_seconds";

absl::Time TimeOf(double seconds) { return absl::UnixEpoch() + absl::Seconds(seconds); }

std::string Minute(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d %H:%M UTC", time, absl::UTCTimeZone());
}

// "2 h 31 min", of the largest two units.
std::string Lasting(absl::Duration time) {
  const int64_t minutes = absl::ToInt64Minutes(time);
  constexpr int64_t kHour = 60;
  constexpr int64_t kDay = 24 * kHour;
  if (minutes >= kDay) return absl::StrFormat("%d d %d h", minutes / kDay, minutes % kDay / kHour);
  if (minutes >= kHour) return absl::StrFormat("%d h %d min", minutes / kHour, minutes % kHour);
  if (minutes > 0) return absl::StrFormat("%d min", minutes);
  return absl::StrFormat("%d s", absl::ToInt64Seconds(time));
}

std::string Megabytes(double bytes) {
  return bytes < 1e9 ? absl::StrFormat("%.0f MB", bytes / 1e6)
                     : absl::StrFormat("%.1f GB", bytes / 1e9);
}

// Milliseconds of a quantile.
std::string Millis(std::optional<double> seconds) {
  if (!seconds.has_value()) return "-";
  if (std::isinf(*seconds)) return ">10 s";
  const double millis = *seconds * 1e3;
  return millis < 10 ? absl::StrFormat("%.1f ms", millis) : absl::StrFormat("%.0f ms", millis);
}

class Lines {
 public:
  Lines(const FigureSet& before, const FigureSet& now, absl::Duration span, absl::Time time)
      : before_(before),
        now_(now),
        span_(std::max(absl::ToDoubleSeconds(span), 1e-3)),
        time_(time) {}

  std::vector<TopLine> Make();

 private:
  void Add(const char* label, const std::string& text, Style style = Style::kPlain);
  // How often a second a counter was raised.
  double Rate(const std::string& name, const std::map<std::string, std::string>& only = {}) const {
    return (now_.Sum(name, only) - before_.Sum(name, only)) / span_;
  }
  double Failed(const std::map<std::string, std::string>& only = {}) const;

  void AddServer();
  void AddServing();
  void AddArticles();
  void AddCalls();
  void AddSearches();
  void AddCallers();
  void AddWrites();
  void AddOperation();
  void AddMachine();
  void AddDisk();
  void AddCertificate();
  void AddErrors();
  void AddMethods();

  const FigureSet& before_;
  const FigureSet& now_;
  const double span_;
  const absl::Time time_;
  std::vector<TopLine> lines_;
};

void Lines::Add(const char* label, const std::string& text, Style style) {
  const std::string line = Sanitized(absl::StrFormat("%-12s%s", label, text));
  lines_.push_back({std::string(StartOfColumns(line, kColumns)), style});
}

std::vector<TopLine> Lines::Make() {
  AddServer();
  AddServing();
  AddArticles();
  AddCalls();
  AddSearches();
  AddCallers();
  AddWrites();
  AddOperation();
  AddMachine();
  AddDisk();
  AddCertificate();
  AddErrors();
  AddMethods();
  return std::move(lines_);
}

void Lines::AddServer() {
  const std::vector<Figure>& build = now_.Named("broadsheet_build_info");
  const std::string version = build.empty() ? "" : " " + build.front().labels.at("version");
  const absl::Duration up = time_ - TimeOf(now_.Find("process_start_time_seconds").value_or(0));
  Add("broadsheetd",
      absl::StrFormat("version%s, up %s; %s; the last %.0f s", version, Lasting(up),
                      absl::FormatTime("%H:%M:%S UTC", time_, absl::UTCTimeZone()), span_),
      Style::kBold);
}

void Lines::AddServing() {
  const std::optional<double> generation = now_.Find("broadsheet_generation");
  const bool serving = now_.Find("broadsheet_serving").value_or(0) > 0;
  if (!generation.has_value()) {
    return Add("Serving", "NOTHING: no index is open yet", Style::kError);
  }
  std::string text = absl::StrFormat(
      "generation %.0f of %s, %s", *generation,
      Minute(TimeOf(now_.Find("broadsheet_generation_built_timestamp_seconds").value_or(0))),
      Megabytes(now_.Find("broadsheet_generation_bytes").value_or(0)));
  for (const Figure& check : now_.Named("broadsheet_base_check")) {
    if (check.value > 0) text += ", files " + check.labels.at("state");
  }
  Add("Serving", serving ? text : "NO: " + text, serving ? Style::kPlain : Style::kError);
}

void Lines::AddArticles() {
  const std::optional<double> articles = now_.Find("broadsheet_articles");
  if (!articles.has_value()) return;
  const double live = now_.Find("broadsheet_live_articles").value_or(0);
  std::string text = absl::StrFormat("%.0f", *articles);
  if (live > 0) {
    text += absl::StrFormat(", %.0f written since the build (%.0f %%)", live,
                            100 * live / std::max(*articles, 1.0));
  }
  const double withheld = now_.Sum("broadsheet_withheld_articles");
  if (withheld > 0) text += absl::StrFormat("; %.0f not shown", withheld);
  Add("Articles", text);
}

double Lines::Failed(const std::map<std::string, std::string>& only) const {
  std::map<std::string, std::string> well = only;
  well["grpc_code"] = "OK";
  return std::max(
      0.0, Rate("grpc_server_handled_total", only) - Rate("grpc_server_handled_total", well));
}

void Lines::AddCalls() {
  const auto within = [this](double share) {
    return Millis(Quantile(before_, now_, kHandling, share));
  };
  Add("Calls", absl::StrFormat("%.1f/s, %.1f/s failed; 50 %% within %s, 90 %% %s, 99 %% %s",
                               Rate("grpc_server_started_total"), Failed(), within(.5), within(.9),
                               within(.99)));
}

void Lines::AddSearches() {
  const double refused = Rate("broadsheet_search_refused_total");
  std::string text = absl::StrFormat("%.0f running, %.0f waiting; %.1f/s refused, %.1f/s late",
                                     now_.Find("broadsheet_searches_running").value_or(0),
                                     now_.Find("broadsheet_search_queue_length").value_or(0),
                                     refused, Rate("broadsheet_search_late_total"));
  // A new generation keeps answers of its own, and counts anew.
  const double found = Rate("broadsheet_answer_cache_hits_total");
  const double missed = Rate("broadsheet_answer_cache_misses_total");
  if (found >= 0 && missed >= 0 && found + missed > 0) {
    text += absl::StrFormat("; %.0f %% kept", 100 * found / (found + missed));
  }
  Add("Searches", text, refused > 0 ? Style::kError : Style::kPlain);
}

void Lines::AddCallers() {
  const double refused = Rate("broadsheet_connections_refused_total");
  Add("Callers",
      absl::StrFormat("%.0f connections, %.1f/s refused; %.0f streams",
                      now_.Find("broadsheet_connections_open").value_or(0), refused,
                      now_.Find("broadsheet_streams_open").value_or(0)),
      refused > 0 ? Style::kError : Style::kPlain);
}

void Lines::AddWrites() {
  if (now_.Find("broadsheet_writable").value_or(0) == 0) return;
  if (now_.Find("broadsheet_writes_failing").value_or(0) > 0) {
    const std::vector<Figure>& since =
        now_.Named("broadsheet_writes_failing_since_timestamp_seconds");
    if (since.empty()) return Add("Writes", "FAIL", Style::kError);
    return Add("Writes",
               absl::StrFormat("FAIL since %s, %s", Minute(TimeOf(since.front().value)),
                               since.front().labels.at("reason")),
               Style::kError);
  }
  std::string text =
      absl::StrFormat("%.1f/s, %.0f waiting, %.1f/s refused", Rate("broadsheet_writes_total"),
                      now_.Find("broadsheet_write_queue_length").value_or(0),
                      Rate("broadsheet_writes_refused_total"));
  if (const auto last = now_.Find("broadsheet_last_write_timestamp_seconds")) {
    text += "; the last " + Lasting(std::max(time_ - TimeOf(*last), absl::ZeroDuration())) + " ago";
  }
  Add("Writes", text);
}

void Lines::AddOperation() {
  if (now_.Find("broadsheet_rebuild_running").value_or(0) > 0) return Add("Rebuild", "is running");
  const std::optional<double> end = now_.Find("broadsheet_last_operation_timestamp_seconds");
  if (!end.has_value()) return;
  const bool failed = now_.Find("broadsheet_last_operation_failed").value_or(0) > 0;
  Add("Operation",
      absl::StrFormat("the last %s, %s ago", failed ? "FAILED" : "succeeded",
                      Lasting(time_ - TimeOf(*end))),
      failed ? Style::kError : Style::kPlain);
}

void Lines::AddMachine() {
  Add("Memory", absl::StrFormat("%s; %.0f of %.0f files, %.0f threads, %.0f %% of a core",
                                Megabytes(now_.Find("process_resident_memory_bytes").value_or(0)),
                                now_.Find("process_open_fds").value_or(0),
                                now_.Find("process_max_fds").value_or(0),
                                now_.Find("process_threads").value_or(0),
                                100 * Rate("process_cpu_seconds_total")));
}

void Lines::AddDisk() {
  const std::optional<double> free = now_.Find("broadsheet_disk_free_bytes");
  if (!free.has_value()) return;
  std::string text = absl::StrFormat("%s free of %s", Megabytes(*free),
                                     Megabytes(now_.Find("broadsheet_disk_bytes").value_or(0)));
  const std::optional<double> full = now_.Find("broadsheet_disk_full_timestamp_seconds");
  if (full.has_value()) text += "; FULL IN " + Lasting(TimeOf(*full) - time_);
  Add("Disk", text, full.has_value() ? Style::kError : Style::kPlain);
}

void Lines::AddCertificate() {
  const std::optional<double> end = now_.Find("broadsheet_certificate_end_timestamp_seconds");
  if (!end.has_value()) return;
  const absl::Duration left = TimeOf(*end) - time_;
  const bool soon = left < absl::Hours(24 * 14);
  Add("Certificate", (soon ? "ENDS " : "ends ") + Minute(TimeOf(*end)),
      soon ? Style::kError : Style::kPlain);
}

void Lines::AddErrors() {
  std::vector<std::pair<double, std::string>> most;
  for (const Figure& figure : now_.Named("broadsheet_errors_total")) {
    const double rate = Rate("broadsheet_errors_total", figure.labels);
    if (rate > 0) most.emplace_back(rate, figure.labels.at("reason"));
  }
  if (most.empty()) return;
  std::sort(most.rbegin(), most.rend());
  most.resize(std::min(most.size(), kErrors));
  Add("Errors", absl::StrJoin(most, ", ", [](std::string* text, const auto& one) {
        *text += absl::StrFormat("%s %.1f/s", one.second, one.first);
      }));
}

void Lines::AddMethods() {
  std::vector<std::pair<double, std::map<std::string, std::string>>> called;
  for (const Figure& figure : now_.Named("grpc_server_started_total")) {
    const double rate = Rate("grpc_server_started_total", figure.labels);
    if (rate > 0) called.emplace_back(rate, figure.labels);
  }
  if (called.empty()) return;
  std::stable_sort(called.begin(), called.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  called.resize(std::min(called.size(), kMethods));
  lines_.push_back({"", Style::kPlain});
  lines_.push_back({absl::StrFormat("%-26s%9s%10s%11s%11s%11s", "METHOD", "CALLS/S", "FAILED/S",
                                    "50 %", "90 %", "99 %"),
                    Style::kDim});
  for (const auto& [rate, labels] : called) {
    const auto within = [&, &labels = labels](double share) {
      return Millis(Quantile(before_, now_, kHandling, share, labels));
    };
    const std::string line =
        absl::StrFormat("%-26s%9.1f%10.1f%11s%11s%11s", labels.at("grpc_method"), rate,
                        Failed(labels), within(.5), within(.9), within(.99));
    lines_.push_back({std::string(StartOfColumns(Sanitized(line), kColumns)), Style::kPlain});
  }
}

}  // namespace

std::vector<TopLine> MakeTopLines(const FigureSet& before, const FigureSet& now,
                                  absl::Duration span, absl::Time time) {
  return Lines(before, now, span, time).Make();
}

}  // namespace broadsheet::client
