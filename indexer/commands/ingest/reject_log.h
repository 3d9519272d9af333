// SPDX-License-Identifier: GPL-3.0-or-later
// Handles rejected records: prints them, writes them to a file, and counts them against a limit.
#pragma once

#include <cstdint>
#include <fstream>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "indexer/commands/shared/progress_line.h"
#include "indexer/sources/article/source.h"

namespace broadsheet::commands {

// --max-rejects: a number of records, "20", or a share of all records, "10%".
class RejectLimit {
 public:
  // Fewer rejects than this never exceed a share: in a small input one bad file is a large share.
  static constexpr uint64_t kAlwaysAllowed = 10;

  // INVALID_ARGUMENT for anything else.
  static absl::StatusOr<RejectLimit> Parse(const std::string& text);

  // Whether the limit is exceeded regardless of the records still to come; a share is only known at
  // the end.
  bool ExceededAlready(uint64_t rejected) const { return !is_share_ && rejected > count_; }
  bool Exceeded(uint64_t rejected, uint64_t records) const;
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  bool is_share_ = false;
  uint64_t count_ = 0;
  double percent_ = 0;
};

// Not thread-safe.
class RejectLog {
 public:
  // How many rejects are printed; the file and the count have them all.
  static constexpr uint64_t kPrinted = 20;

  // Opens `file` unless it is empty; UNAVAILABLE when it cannot be written. `line` outlives this.
  static absl::StatusOr<std::unique_ptr<RejectLog>> Open(const std::string& file,
                                                         ProgressLine& line);

  // Prints "file:line: reason" ("file: reason" when it is about the whole file) and keeps
  // {"file","line","byteOffset","reason","record"} as a JSON line. RESOURCE_EXHAUSTED when the file
  // cannot take it.
  absl::Status Add(const sources::Reject& reject);

  // Prints how many were not printed, and closes the file; errors as Add.
  absl::Status Finish();

  uint64_t count() const { return count_; }

 private:
  RejectLog(std::string file, ProgressLine& line) : file_(std::move(file)), line_(line) {}
  absl::Status CheckWritten();

  const std::string file_;
  ProgressLine& line_;
  std::ofstream out_;
  uint64_t count_ = 0;
};

}  // namespace broadsheet::commands
