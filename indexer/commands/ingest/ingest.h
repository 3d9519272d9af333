// SPDX-License-Identifier: GPL-3.0-or-later
// Reads sources for the subcommands: options, rejects, progress, counts.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "indexer/commands/ingest/ingest_accounts.h"
#include "indexer/commands/ingest/record_log.h"
#include "indexer/commands/ingest/reject_limit.h"
#include "indexer/commands/shared/command.h"
#include "indexer/commands/shared/progress_line.h"
#include "indexer/sources/read_paths.h"

namespace broadsheet::commands {

struct IngestOptions {
  std::vector<std::string> paths = {};
  std::string format = "auto";
  std::string map_file = {};
  std::string rejects_file = {};
  std::string warnings_file = {};
  std::string counts_file = {};
  // For a build only.
  std::string merged_file = {};
  bool follow_links = false;
  // No progress and no accounts.
  bool quiet = false;
  // Progress on a terminal; not where articles go to the same one.
  bool progress = true;
  // Called with the rules that gave the fields of an article; may be empty.
  sources::RuleSink on_rules = {};
  // For a report of every record; each may be empty. Called before the logs of the run.
  sources::TraceSink on_trace = {};
  sources::WarningSink on_warning = {};
  std::function<void(const sources::Reject&)> on_reject = {};
};

void AddIngestOptions(CLI::App& command, IngestOptions* options);

// One run over all paths. Not thread-safe.
class Ingest {
 public:
  // INVALID_ARGUMENT for a format that cannot be read or a bad field map, NOT_FOUND for a path that
  // does not exist, UNAVAILABLE when a file of a report cannot be written. `exclude` is a folder or
  // a file to skip.
  static absl::StatusOr<std::unique_ptr<Ingest>> Prepare(const IngestOptions& options,
                                                         const std::string& exclude, const Io& io);

  // Passes every article to `sink`, as sources::PathReader::Read does. Ends early, with
  // FAILED_PRECONDITION, once `limit` (may be null) is certainly exceeded.
  absl::Status Read(const sources::ArticleSink& sink, const RejectLimit* limit);

  // Prints a line for each kind of input that was repaired or skipped without a reject: records
  // with ill-formed text, unknown fields, links and devices in folders; and, unless the run is
  // quiet, for each path of the map that led nowhere.
  void PrintNotices();

  // Ends the run: writes the counts by file, and unless the run is quiet prints a line for each
  // kind of source. Where the run `ended` with an error and all was well with the records, the
  // error says it all, and no lines are printed. `is_indexed` as for IngestAccounts::Finish, whose
  // errors it has.
  absl::Status Account(bool is_indexed, const absl::Status& ended);

  // For a build: what became of articles that were accepted.
  void NoteTakenDown() { taken_down_ = true; }
  void CountMerged(uint64_t dropped, uint64_t kept) { accounts_.CountMerged(dropped, kept); }

  ProgressLine& line() { return line_; }
  const sources::PathReader& reader() const { return reader_; }
  uint64_t accepted() const { return accepted_; }
  uint64_t rejected() const { return rejected_; }
  uint64_t lost() const { return lost_; }
  // kSomeRejected when any record was rejected or lost.
  ExitStatus status() const { return rejected_ + lost_ > 0 ? kSomeRejected : kAllGood; }
  // Articles, rejects and lost records.
  uint64_t records() const { return accepted_ + rejected_ + lost_; }

 private:
  Ingest(const IngestOptions& options, std::unique_ptr<sources::FieldMap> map,
         sources::ReadOptions read_options, IngestAccounts accounts, const Io& io);
  sources::ReadOptions WithHooks(sources::ReadOptions options);
  absl::Status TakeArticle(v1::Article&& article, const sources::ArticleSink& sink);
  void Warn(const sources::Warning& warning);
  absl::Status TakeReject(const sources::Reject& reject, const RejectLimit* limit);
  void DrawProgress();
  void PrintPassedOver();

  const IngestOptions options_;
  ProgressLine line_;
  const std::unique_ptr<sources::FieldMap> map_;
  IngestAccounts accounts_;
  sources::PathReader reader_;
  std::optional<RecordLog> rejects_;
  std::optional<RecordLog> warnings_;
  // The first error of `warnings_`, whose sink returns none.
  absl::Status warned_;
  // Set while the sink takes an article that was taken down.
  bool taken_down_ = false;
  uint64_t accepted_ = 0;
  uint64_t rejected_ = 0;
  uint64_t lost_ = 0;
  uint64_t total_stored_bytes_ = 0;
  absl::Time started_;
};

// The error for too many rejects and losses, with the figures.
absl::Status TooManyRejects(const Ingest& ingest, const RejectLimit& limit);

}  // namespace broadsheet::commands
