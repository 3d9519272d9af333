// SPDX-License-Identifier: GPL-3.0-or-later
// Tells a person of single records, rejected, lost or accepted with a warning: prints the first
// ones, and writes all to a file.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "indexer/commands/ingest/report_file.h"
#include "indexer/commands/shared/progress_line.h"
#include "indexer/sources/article/source.h"

namespace broadsheet::commands {

// Not thread-safe.
class RecordLog {
 public:
  // How many are printed; the file has them all.
  static constexpr uint64_t kPrinted = 20;

  // `more` and `option` are for the line about those that were not printed: "... and 5 more
  // rejected; --rejects FILE keeps them all". `line` outlives this.
  RecordLog(ReportFile file, std::string more, std::string option, ProgressLine& line);

  // Prints "file:line: reason" ("file: reason" when it is about the whole file) and keeps
  // {"file","line","byteOffset","reason","record","lost"} as a JSON line. Errors of
  // ReportFile::Write.
  absl::Status Add(const sources::Reject& reject);
  // Prints "file:line: warning: reason" and keeps {"file","line","byteOffset","reason"}.
  absl::Status Add(const sources::Warning& warning);

  // Prints how many were not printed, and closes the file; errors as Add.
  absl::Status Finish();

 private:
  void Print(const std::string& input, uint64_t line, const std::string& reason);

  ReportFile file_;
  const std::string more_;
  const std::string option_;
  ProgressLine& line_;
  uint64_t count_ = 0;
};

}  // namespace broadsheet::commands
