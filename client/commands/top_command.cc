// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/top_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <deque>
#include <ostream>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "client/session/option.h"
#include "client/top/figure_set.h"
#include "client/top/live_screen.h"
#include "client/top/metrics_source.h"
#include "client/top/top_lines.h"

namespace broadsheet::client {
namespace {

// Rates and latencies are those of so many intervals, so that they do not jump.
constexpr size_t kWindowIntervals = 5;

// A server's figures and when they were so.
struct Reading {
  FigureSet figures;
  absl::Time time;
};

absl::StatusOr<Reading> ReadFigures(const TopOptions& options, const CommandContext& context) {
  const absl::StatusOr<std::string> page =
      FetchMetrics(options.metrics, std::chrono::seconds(context.connection.timeout_seconds()));
  if (!page.ok()) return page.status();
  absl::StatusOr<FigureSet> figures = FigureSet::Parse(*page);
  if (!figures.ok() || figures->Named("broadsheet_build_info").empty()) {
    return absl::UnavailableError("http://" + options.metrics +
                                  "/metrics is not that of a broadsheetd");
  }
  return Reading{*std::move(figures), absl::Now()};
}

// The last readings of one server.
class TopWindow {
 public:
  void Add(Reading look) {
    // A server that was started anew counts anew.
    if (!readings_.empty() && StartOf(readings_.back()) != StartOf(look)) readings_.clear();
    readings_.push_back(std::move(look));
    if (readings_.size() > kWindowIntervals + 1) readings_.pop_front();
  }
  bool empty() const { return readings_.empty(); }

  // Of the first reading: since the server's start.
  std::vector<TopLine> Lines() const {
    const Reading& now = readings_.back();
    if (readings_.size() == 1) {
      return MakeTopLines(FigureSet(), now.figures,
                          now.time - absl::UnixEpoch() - absl::Seconds(StartOf(now)), now.time);
    }
    const Reading& before = readings_.front();
    return MakeTopLines(before.figures, now.figures, now.time - before.time, now.time);
  }

 private:
  static double StartOf(const Reading& look) {
    return look.figures.Find("process_start_time_seconds").value_or(0);
  }

  std::deque<Reading> readings_;
};

std::vector<std::string> StyledLines(const std::vector<TopLine>& lines, const Terminal& terminal) {
  std::vector<std::string> styled;
  for (const TopLine& line : lines) styled.push_back(terminal.Styled(line.style, line.text));
  return styled;
}

int FailToRead(const absl::Status& status, const CommandContext& context) {
  context.streams.err << "broadsheet: " << status.message() << '\n';
  return kExitError;
}

std::chrono::milliseconds IntervalOf(const TopOptions& options) {
  return std::chrono::milliseconds(static_cast<int64_t>(options.interval * 1e3));
}

// One look after the other, each below the last.
int PrintReadings(const TopOptions& options, TopWindow& window, CommandContext& context) {
  for (int look = 0; look < std::max(options.limit, 1); ++look) {
    std::this_thread::sleep_for(IntervalOf(options));
    absl::StatusOr<Reading> next = ReadFigures(options, context);
    if (!next.ok()) return FailToRead(next.status(), context);
    window.Add(*std::move(next));
    if (look > 0) context.streams.out << '\n';
    for (const std::string& line : StyledLines(window.Lines(), context.terminal)) {
      context.streams.out << line << '\n';
    }
    context.streams.out.flush();
  }
  return kExitFound;
}

int ShowLive(const TopOptions& options, TopWindow& window, const CommandContext& context) {
  LiveScreen screen;
  screen.Draw(StyledLines(window.Lines(), context.terminal));
  for (int look = 0; options.limit == 0 || look < options.limit; ++look) {
    if (screen.WaitForEnd(IntervalOf(options))) return kExitFound;
    absl::StatusOr<Reading> next = ReadFigures(options, context);
    if (next.ok()) window.Add(*std::move(next));
    std::vector<std::string> lines = StyledLines(window.Lines(), context.terminal);
    if (!next.ok()) {
      // The last figures stay until the server is back.
      const std::string gone = "no answer from http://" + options.metrics + "/metrics at " +
                               absl::FormatTime("%H:%M:%S UTC", absl::Now(), absl::UTCTimeZone());
      lines.insert(lines.begin(), context.terminal.Styled(Style::kError, gone));
    }
    screen.Draw(lines);
  }
  return kExitFound;
}

}  // namespace

CLI::App* DeclareTop(CLI::App& app, TopOptions& options) {
  CLI::App* top = app.add_subcommand(
      "top", "Show what the server does now: calls, latency, queue, writes, memory, disk");
  AddOption(*top, "--metrics", options.metrics,
            "Where the server was told to show its figures (its option --metrics); also "
            "BROADSHEET_METRICS")
      ->envname("BROADSHEET_METRICS")
      ->option_text("ADDR")
      ->capture_default_str();
  AddOption(*top, "--interval", options.interval, "Seconds from one look to the next")
      ->check(CLI::Range(0.1, 3600.0))
      ->capture_default_str();
  AddOption(*top, "--limit", options.limit, "How many looks to take [until q is pressed]")
      ->check(CLI::PositiveNumber)
      ->option_text("N");
  top->add_flag("--once", options.once, "Take one look, print it and end, as off a terminal");
  top->footer("Rates and latencies are those of the last five intervals. Keys: q ends it.");
  return top;
}

int RunTop(const TopOptions& options, CommandContext& context) {
  absl::StatusOr<Reading> first = ReadFigures(options, context);
  if (!first.ok()) return FailToRead(first.status(), context);
  TopWindow window;
  window.Add(*std::move(first));
  if (options.once || !LiveScreen::IsPossible()) return PrintReadings(options, window, context);
  return ShowLive(options, window, context);
}

}  // namespace broadsheet::client
