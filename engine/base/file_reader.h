// SPDX-License-Identifier: GPL-3.0-or-later
// Reading files at offsets, either by calls that can fail (FileReader) or through a mapping.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/file_descriptor.h"
#include "engine/base/page_guard.h"

namespace broadsheet::base {

// A file open for reading. Immutable; safe from any thread. Reading a file that was truncated while
// open gives an error, never a signal.
class FileReader {
 public:
  // Errors of FileError; FAILED_PRECONDITION when `path` is not a regular file.
  static absl::StatusOr<FileReader> Open(const std::filesystem::path& path);

  // Fills `size` bytes at `target`. DATA_LOSS when the file ends earlier.
  absl::Status ReadAt(uint64_t offset, size_t size, char* target) const;
  // Reads up to `size` bytes, fewer at the end of the file. Returns how many.
  absl::StatusOr<size_t> ReadSomeAt(uint64_t offset, size_t size, char* target) const;

  // The file's size when it was opened.
  uint64_t size() const { return size_; }
  const std::filesystem::path& path() const { return path_; }
  int fd() const { return fd_.get(); }

 private:
  FileReader(std::filesystem::path path, FileDescriptor fd, uint64_t size)
      : path_(std::move(path)), fd_(std::move(fd)), size_(size) {}
  std::filesystem::path path_;
  FileDescriptor fd_;
  uint64_t size_ = 0;
};

// Gives `sink` the whole of `file`, from front to back, a MiB at a time. Ends with the first error
// of reading or of `sink`; CANCELLED when `cancelled` (may be empty), polled before each block,
// returns true.
absl::Status ReadInBlocks(const FileReader& file, const std::function<bool()>& cancelled,
                          const std::function<absl::Status(std::string_view block)>& sink);

// The whole of a small file. OUT_OF_RANGE when it is larger than `max_bytes`.
absl::StatusOr<std::string> ReadWholeFile(const std::filesystem::path& path, size_t max_bytes);

// A read-only mapping of a whole file. Movable; safe from any thread; stays valid when the file is
// removed.
class MappedFile {
 public:
  // `file` may be closed afterwards.
  static absl::StatusOr<MappedFile> Map(const FileReader& file);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  const char* data() const { return data_; }
  size_t size() const { return size_; }
  // True once a page could not be read and was read as zeros: the file was truncated, which never
  // happens to a published one, or its disk fails.
  bool lost() const { return guard_ != nullptr && guard_->lost(); }

 private:
  MappedFile() = default;
  const char* data_ = nullptr;
  size_t size_ = 0;
  std::unique_ptr<PageGuard> guard_;
};

}  // namespace broadsheet::base
