// SPDX-License-Identifier: GPL-3.0-or-later
// Reads sources for the subcommands: options, rejects, progress, counts.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "indexer/commands/ingest/kind_report.h"
#include "indexer/commands/ingest/reject_log.h"
#include "indexer/commands/shared/command.h"
#include "indexer/commands/shared/progress_line.h"
#include "indexer/sources/read_paths.h"

namespace broadsheet::commands {

struct IngestOptions {
  std::vector<std::string> paths = {};
  std::string format = "auto";
  std::string map_file = {};
  std::string rejects_file = {};
  bool follow_links = false;
  bool quiet = false;
  // Called with the rules that gave the fields of an article; may be empty.
  sources::RuleSink on_rules = {};
};

void AddIngestOptions(CLI::App& command, IngestOptions* options);

// One run over all paths. Not thread-safe.
class Ingest {
 public:
  // INVALID_ARGUMENT for a format that cannot be read or a bad field map, NOT_FOUND for a path that
  // does not exist, UNAVAILABLE when the rejects file cannot be written. `exclude` is a folder to
  // skip.
  static absl::StatusOr<std::unique_ptr<Ingest>> Prepare(const IngestOptions& options,
                                                         const std::string& exclude, const Io& io);

  // Passes every article to `sink`, as sources::PathReader::Read does. Ends early, with
  // FAILED_PRECONDITION, once `limit` (may be null) is certainly exceeded.
  absl::Status Read(const sources::ArticleSink& sink, const RejectLimit* limit);

  // Prints a line for each kind of input that was repaired or skipped without a reject: records
  // with ill-formed text, unknown fields, links and devices in folders.
  void PrintNotices();

  // Prints a line for each kind of source, with the merged duplicates counted in origins().
  void PrintKinds();

  ArticleOrigins& origins() { return origins_; }
  ProgressLine& line() { return line_; }
  const sources::PathReader& reader() const { return reader_; }
  uint64_t accepted() const { return accepted_; }
  uint64_t rejected() const { return log_->count(); }
  uint64_t records() const { return accepted() + rejected(); }

 private:
  Ingest(const IngestOptions& options, std::unique_ptr<sources::FieldMap> map,
         sources::ReadOptions read_options, const Io& io);
  void DrawProgress();
  void PrintPassedOver();

  const IngestOptions options_;
  ProgressLine line_;
  const std::unique_ptr<sources::FieldMap> map_;
  ArticleOrigins origins_;
  sources::PathReader reader_;
  std::unique_ptr<RejectLog> log_;
  uint64_t accepted_ = 0;
  uint64_t total_stored_bytes_ = 0;
  absl::Time started_;
};

// The error for too many rejects, with the figures.
absl::Status TooManyRejects(uint64_t rejected, uint64_t records, const RejectLimit& limit);

}  // namespace broadsheet::commands
