// SPDX-License-Identifier: GPL-3.0-or-later
// The report of `parse --html`: one HTML file, for a person who decides whether to trust a new
// source. A summary, what is worth a look, an index, and each record beside what was made of it.
//
//   auto report = ReadingReport::Open("report.html");
//   (*report)->AddTrace(...); (*report)->AddArticle(...); (*report)->AddReject(...);
//   absl::Status written = (*report)->Finish(paths, reader);
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"
#include "indexer/commands/report/repeats.h"
#include "indexer/commands/report/report_entry.h"
#include "indexer/commands/report/report_figures.h"
#include "indexer/sources/article/field_rule.h"
#include "indexer/sources/article/source.h"
#include "indexer/sources/read_paths.h"

namespace broadsheet::commands {

// The file is bounded, some 25 MB or of hostile records 35 MB, and memory by three times as much,
// whatever is read: records beyond that are counted and not shown, suspicious ones last. Not
// thread-safe.
class ReadingReport {
 public:
  // FAILED_PRECONDITION when `path` is a file that is no such report, so that a page given by
  // mistake is not overwritten; errors of FileError when it cannot be written. Writes nothing yet.
  static absl::StatusOr<std::unique_ptr<ReadingReport>> Open(const std::filesystem::path& path,
                                                             absl::Time now);

  // The hooks of a source (source.h), in the order of their calls.
  void AddTrace(sources::RecordTrace&& trace);
  void AddRules(const sources::FieldRules& rules) { rules_ = rules; }
  // INVALID_ARGUMENT refuses the article, as schema::PrepareArticle; a reject then follows.
  absl::Status AddArticle(v1::Article&& article, const sources::PathReader& reader);
  void AddWarning(const sources::Warning& warning);
  void AddReject(const sources::Reject& reject, const sources::PathReader& reader);

  // Writes the file, as a whole or not at all. Call it once, last. Errors of FileError.
  absl::Status Finish(const std::vector<std::string>& paths, const sources::PathReader& reader);

 private:
  ReadingReport(std::filesystem::path path, absl::Time now) : path_(std::move(path)), now_(now) {}
  // The next entry, with the trace that was given for it, if any.
  ReportEntry StartEntry(const sources::RecordPlace& place, const sources::PathReader& reader);
  void CountArticle(const v1::Article& article, const ReportEntry& entry);
  void Flush();

  const std::filesystem::path path_;
  const absl::Time now_;
  ReportFigures figures_;
  ArticleRepeats repeats_;
  std::optional<sources::RecordTrace> trace_;
  sources::FieldRules rules_;
  // An article or a reject whose warnings may still come.
  std::optional<ReportEntry> pending_;
  uint64_t numbered_ = 0;
  // Whether each entry is shown, by its number.
  std::vector<bool> shown_ = {false};
  std::string index_;
  std::string entries_;
};

}  // namespace broadsheet::commands
