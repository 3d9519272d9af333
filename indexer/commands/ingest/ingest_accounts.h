// SPDX-License-Identifier: GPL-3.0-or-later
// Accounts for every record that a run read. By kind of source and by file, it holds that
//   read = indexed + merged + taken down + passed over + rejected + lost.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "indexer/commands/ingest/merged_log.h"
#include "indexer/commands/ingest/report_file.h"
#include "indexer/sources/detect.h"
#include "indexer/sources/read_paths.h"

namespace broadsheet::commands {

// Memory is bounded by how often the format changes, but for --counts, which takes some 150 bytes a
// file, and --merged (merged_log.h). Not thread-safe; movable.
class IngestAccounts {
 public:
  // Either path may be "". UNAVAILABLE when a file cannot be written.
  static absl::StatusOr<IngestAccounts> Open(const std::string& counts_file,
                                             const std::string& merged_file);

  // Whether AddArticle needs the id that an article will have.
  bool wants_ids() const { return merged_log_.is_wanted(); }

  // Adds the next article that was accepted, counted from 0; errors of MergedLog::Add.
  absl::Status AddArticle(sources::Format format, std::string_view id, std::string_view input);
  // Adds one that was accepted and left out, since its id was taken down.
  void AddTakenDown(sources::Format format) { ++taken_down_[static_cast<size_t>(format)]; }
  // Adds a file after its articles.
  void AddFile(const sources::FileTally& tally);
  // Counts article `dropped` as merged into `kept`, which has the same id. An error of the file of
  // merged articles is kept for Finish.
  void CountMerged(uint64_t dropped, uint64_t kept);

  uint64_t merged(sources::Format format) const { return merged_[static_cast<size_t>(format)]; }
  uint64_t taken_down(sources::Format format) const {
    return taken_down_[static_cast<size_t>(format)];
  }

  // Writes the counts by file and closes both files. `is_indexed`: the articles are in an index,
  // and those with the id of another were counted as merged; otherwise they were only accepted.
  // Errors of ReportFile::Write.
  absl::Status Finish(bool is_indexed);

 private:
  struct FileRow {
    sources::FileTally tally;
    // The number of its first article that was not taken down; those of the next row follow.
    uint64_t first_article = 0;
    uint64_t merged = 0;
  };

  IngestAccounts(ReportFile counts_file, MergedLog merged_log)
      : counts_file_(std::move(counts_file)), merged_log_(std::move(merged_log)) {}
  absl::Status WriteRow(const FileRow& row, uint64_t end_article, bool is_indexed);

  ReportFile counts_file_;
  MergedLog merged_log_;
  // The number of the first article of a run of one format.
  std::vector<std::pair<uint64_t, sources::Format>> runs_;
  std::vector<FileRow> rows_;
  uint64_t articles_ = 0;
  // The articles of the files before the present one.
  uint64_t filed_articles_ = 0;
  std::array<uint64_t, sources::kFormats> merged_ = {};
  std::array<uint64_t, sources::kFormats> taken_down_ = {};
  absl::Status logged_;
};

}  // namespace broadsheet::commands
