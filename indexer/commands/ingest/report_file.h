// SPDX-License-Identifier: GPL-3.0-or-later
// A file of JSON lines that a person asked for beside the summary: rejects, warnings, merged
// articles, counts by file.
#pragma once

#include <fstream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace broadsheet::commands {

// Not thread-safe; movable.
class ReportFile {
 public:
  // Makes `path` anew; with "" all calls do nothing. `what` names the content in messages: "the
  // rejects". UNAVAILABLE when the file cannot be written.
  static absl::StatusOr<ReportFile> Open(std::string path, std::string what);

  // Adds one JSON object. RESOURCE_EXHAUSTED when the file cannot take it.
  absl::Status Write(const std::string& object);
  // Closes the file; errors as Write. Later calls do nothing.
  absl::Status Finish();

  // Whether there is a file.
  bool is_wanted() const { return !path_.empty(); }
  const std::string& path() const { return path_; }

 private:
  ReportFile(std::string path, std::string what) : path_(std::move(path)), what_(std::move(what)) {}
  absl::Status CheckWritten() const;

  std::string path_;
  std::string what_;
  std::ofstream out_;
};

}  // namespace broadsheet::commands
