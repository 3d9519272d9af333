// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/report/reading_report.h"

#include <algorithm>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "engine/base/file_reader.h"
#include "engine/base/file_writer.h"
#include "engine/text/utf8.h"
#include "indexer/commands/report/report_page.h"
#include "indexer/commands/report/suspicion.h"

namespace broadsheet::commands {
namespace {

// A browser shows so much. What is suspicious or was refused may take the rest.
constexpr size_t kMaxOrdinaryBytes = 16 << 20;
constexpr size_t kMaxReportBytes = 24 << 20;
constexpr size_t kNameBytes = 100;

// Whether there is nothing at `path` that a person may want to keep.
absl::Status CheckReplaceable(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return absl::OkStatus();
  constexpr size_t kLongestReport = 1 << 30;
  if (std::filesystem::is_regular_file(path, error)) {
    const absl::StatusOr<std::string> old = base::ReadWholeFile(path, kLongestReport);
    if (old.ok() && (old->empty() || old->starts_with(kReportMark))) return absl::OkStatus();
  }
  return absl::FailedPreconditionError(absl::StrCat(
      "--html ", path.string(),
      ": this exists and is no report of `parse --html`, so it is not overwritten; remove it or "
      "name another file"));
}

// Whether the report can be written, before the long part of the work.
absl::Status CheckWritable(const std::filesystem::path& path) {
  std::filesystem::path trial = path;
  trial += ".new";
  absl::StatusOr<base::FileWriter> file = base::FileWriter::Create(trial);
  if (!file.ok()) return file.status();
  const absl::Status closed = file->Close();
  std::error_code error;
  std::filesystem::remove(trial, error);
  return closed;
}

NamedEntry NameOf(const ReportEntry& entry) {
  const std::string& name = entry.headline.empty() ? entry.place.input : entry.headline;
  return {.number = entry.number, .headline = std::string(text::PrefixOf(name, kNameBytes))};
}

void Keep(const ReportEntry& entry, std::vector<NamedEntry>* names) {
  if (names->size() < ReportFigures::kMaxNamed) names->push_back(NameOf(entry));
}

std::string WithholdingText(schema::Withholding why) {
  switch (why) {
    case schema::Withholding::kWithheld:
      return "withheld: readers will not see it";
    case schema::Withholding::kEmbargoed:
      return "under embargo: readers will not see it yet";
    case schema::Withholding::kCancelled:
      return "cancelled: readers will not see it";
  }
  return "";
}

}  // namespace

absl::StatusOr<std::unique_ptr<ReadingReport>> ReadingReport::Open(
    const std::filesystem::path& given, absl::Time now) {
  // The folder is synced, so it needs a name.
  const std::filesystem::path path = given.has_parent_path() ? given : "." / given;
  if (absl::Status free = CheckReplaceable(path); !free.ok()) return free;
  if (absl::Status writable = CheckWritable(path); !writable.ok()) return writable;
  return std::unique_ptr<ReadingReport>(new ReadingReport(path, now));
}

void ReadingReport::AddTrace(sources::RecordTrace&& trace) {
  Flush();
  trace_ = std::move(trace);
  rules_.clear();
}

ReportEntry ReadingReport::StartEntry(const sources::RecordPlace& place,
                                      const sources::PathReader& reader) {
  ReportEntry entry{.number = ++numbered_,
                    .place = place,
                    .format = std::string(sources::FormatName(reader.format()))};
  if (trace_.has_value()) entry.trace = *std::exchange(trace_, std::nullopt);
  return entry;
}

absl::Status ReadingReport::AddArticle(v1::Article&& article, const sources::PathReader& reader) {
  absl::StatusOr<std::vector<ExplainedField>> fields = ExplainFields(article, rules_);
  if (!fields.ok()) return fields.status();
  Flush();
  const sources::RecordPlace place =
      trace_.has_value() ? trace_->place() : sources::RecordPlace{.input = reader.file()};
  ReportEntry entry = StartEntry(place, reader);
  entry.headline = article.headline();
  entry.fields = *std::move(fields);
  for (const Suspicion suspicion : SuspicionsOf(article, now_)) {
    entry.flags.push_back({.text = std::string(SuspicionName(suspicion))});
    ++figures_.suspicions[static_cast<size_t>(suspicion)];
    Keep(entry, &figures_.suspects[static_cast<size_t>(suspicion)]);
  }
  if (const auto why = schema::WhyWithheld(article, now_); why.has_value()) {
    entry.flags.push_back({.text = WithholdingText(*why), .kind = FlagKind::kInfo});
  }
  CountArticle(article, entry);
  pending_ = std::move(entry);
  return absl::OkStatus();
}

void ReadingReport::CountArticle(const v1::Article& article, const ReportEntry& entry) {
  ++figures_.articles;
  figures_.withheld.Add(schema::WhyWithheld(article, now_));
  repeats_.Add(article, entry.number);
  auto& filled = figures_.filled;
  for (const ExplainedField& field : entry.fields) {
    auto known = std::find_if(filled.begin(), filled.end(),
                              [&](const auto& counted) { return counted.first == field.name; });
    if (known == filled.end()) {
      // Labels may have any names.
      if (filled.size() >= ReportFigures::kMaxFields) continue;
      known = filled.insert(filled.end(), {field.name, 0});
    }
    if (!field.value.empty()) ++known->second;
  }
}

void ReadingReport::AddWarning(const sources::Warning& warning) {
  ++figures_.warnings;
  if (!pending_.has_value()) return;
  if (pending_->warnings.empty()) {
    pending_->flags.push_back({.text = "warning"});
    Keep(*pending_, &figures_.warned);
  }
  pending_->warnings.push_back(warning.reason);
}

void ReadingReport::AddReject(const sources::Reject& reject, const sources::PathReader& reader) {
  const sources::RecordPlace place{
      .input = reject.input, .line = reject.line, .byte_offset = reject.byte_offset};
  // What broke off has no trace; the one at hand may be of a record before it.
  const bool is_own = trace_.has_value() && trace_->place().input == place.input &&
                      trace_->place().line == place.line && reject.lost == 0;
  if (!is_own) trace_.reset();
  Flush();
  ReportEntry entry = StartEntry(place, reader);
  entry.flags.push_back({.text = reject.lost == 0 ? "rejected" : "lost", .kind = FlagKind::kBad});
  entry.refusal = reject.lost == 0
                      ? absl::StrCat("Rejected: ", reject.reason)
                      : absl::StrCat("At least ", reject.lost, " lost: ", reject.reason);
  if (reject.lost == 0) ++figures_.rejects;
  figures_.lost += reject.lost;
  Keep(entry, &figures_.refused);
  pending_ = std::move(entry);
}

void ReadingReport::Flush() {
  if (!pending_.has_value()) return;
  const ReportEntry entry = *std::exchange(pending_, std::nullopt);
  const bool ordinary = std::none_of(entry.flags.begin(), entry.flags.end(),
                                     [](const auto& flag) { return flag.kind != FlagKind::kInfo; });
  const size_t used = entries_.size() + index_.size();
  const bool shown = used < (ordinary ? kMaxOrdinaryBytes : kMaxReportBytes);
  shown_.resize(entry.number + 1);
  shown_[entry.number] = shown;
  if (!shown) return;
  index_ += RenderIndexRow(entry);
  entries_ += RenderEntry(entry);
}

absl::Status ReadingReport::Finish(const std::vector<std::string>& paths,
                                   const sources::PathReader& reader) {
  Flush();
  const std::string page = RenderReport({.paths = paths,
                                         .reader = reader,
                                         .figures = figures_,
                                         .repeats = repeats_.Find(),
                                         .shown = shown_,
                                         .now = now_,
                                         .index = std::exchange(index_, {}),
                                         .entries = std::exchange(entries_, {})});
  return base::ReplaceFile(path_, page);
}

}  // namespace broadsheet::commands
