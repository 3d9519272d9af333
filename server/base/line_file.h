// SPDX-License-Identifier: GPL-3.0-or-later
// A file to which lines are appended by a thread of its own, so that no caller waits for a disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/base/file_descriptor.h"
#include "engine/base/mutex.h"
#include "server/base/logger.h"

namespace broadsheet::server {

// Safe from any thread. Owns one thread, until it is destroyed.
class LineFile {
 public:
  // Appends to `path`, which is made if it is not there; an error of the system when it cannot be
  // opened. `logger` outlives this.
  static absl::StatusOr<std::unique_ptr<LineFile>> Open(std::filesystem::path path, Logger& logger);
  // Writes what waits.
  ~LineFile();
  LineFile(const LineFile&) = delete;
  LineFile& operator=(const LineFile&) = delete;

  // Appends `line` soon. It is lost when some megabytes wait already, or when it cannot be written;
  // that is logged once when it begins, and once with what was lost when it ends.
  void Write(std::string line) ABSL_LOCKS_EXCLUDED(mutex_);

  // What comes next goes into a new file of the same name, after a rotation has moved the old one.
  void Reopen() ABSL_LOCKS_EXCLUDED(mutex_);

  const std::filesystem::path& path() const { return path_; }

 private:
  // Lines that were to be written and are not.
  struct Loss {
    absl::Time since;
    uint64_t lines = 0;
    uint64_t bytes = 0;
    void Add(uint64_t more_lines, uint64_t more_bytes);
  };

  LineFile(std::filesystem::path path, base::FileDescriptor file, Logger& logger);
  void Work() ABSL_LOCKS_EXCLUDED(mutex_);
  void OpenAgain();
  // Writes all of `text`, or as much as can be, and takes that out; an error of the system.
  absl::Status Append(std::string& text);
  void NoteResult(const absl::Status& result, const Loss& lost);

  const std::filesystem::path path_;
  Logger& logger_;
  // Used only by the thread.
  base::FileDescriptor file_;
  bool in_line_ = false;  // the file ends within a line
  bool failing_ = false;
  Loss loss_;

  base::Mutex mutex_;
  base::CondVar changed_;
  std::string waiting_ ABSL_GUARDED_BY(mutex_);
  Loss refused_ ABSL_GUARDED_BY(mutex_);  // since too much waited
  bool reopen_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace broadsheet::server
