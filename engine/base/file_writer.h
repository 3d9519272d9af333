// SPDX-License-Identifier: GPL-3.0-or-later
// Writing files so that they survive a crash: buffered appending that ends in a sync, and small
// files that are replaced as a whole.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/file_descriptor.h"

namespace broadsheet::base {

// Appends to a new file through a buffer. Movable, not thread-safe. Errors are those of FileError
// and stick: after the first one every call returns it again, so a caller may check late.
class FileWriter {
 public:
  // Creates `path`, or truncates it.
  static absl::StatusOr<FileWriter> Create(const std::filesystem::path& path);

  absl::Status Append(std::string_view bytes);
  // Gives the file the owner and the permissions of `like`, as far as this process may, so that the
  // same users can read both. Does nothing when either is not a regular file.
  void TakeAfter(const std::filesystem::path& like) const;
  // Writes out the buffer, syncs and closes. The caller syncs the folder entry (SyncFolder).
  absl::Status Finish();
  // Writes out the buffer and closes without a sync: for temporary files.
  absl::Status Close();

  // Bytes appended so far.
  uint64_t bytes() const { return bytes_; }
  const std::filesystem::path& path() const { return path_; }

 private:
  FileWriter(std::filesystem::path path, FileDescriptor fd);
  absl::Status Flush();
  absl::Status WriteOut(std::string_view bytes);

  std::filesystem::path path_;
  FileDescriptor fd_;
  std::string buffer_;
  uint64_t bytes_ = 0;
  absl::Status status_;
};

// Makes the content of a file that was already written survive a crash.
absl::Status SyncFile(const std::filesystem::path& path);

// Makes names that were added, renamed or removed in `folder` survive a crash.
absl::Status SyncFolder(const std::filesystem::path& folder);

// Replaces `path` atomically and durably: "<path>.new" is written and synced, renamed over `path`,
// and the folder synced. A crash leaves the old content or the new; a left-over "<path>.new" is
// overwritten next time. One writer at a time. `path` keeps its owner and permissions, whichever
// user replaces it; a new file gets those of `like`, if that exists.
absl::Status ReplaceFile(const std::filesystem::path& path, std::string_view content,
                         const std::filesystem::path& like = {});

}  // namespace broadsheet::base
