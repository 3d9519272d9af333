// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/file_reader.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/base/file_error.h"

namespace broadsheet::base {
namespace {

constexpr size_t kReadBlockBytes = 1 << 20;

}  // namespace

absl::StatusOr<FileReader> FileReader::Open(const std::filesystem::path& path) {
  // Without O_NONBLOCK, opening a named pipe would wait for its writer.
  FileDescriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!fd.open()) return FileError(errno, "cannot open", path);
  struct stat info = {};
  if (::fstat(fd.get(), &info) != 0) return FileError(errno, "cannot inspect", path);
  if (!S_ISREG(info.st_mode)) {
    return absl::FailedPreconditionError(
        absl::StrFormat("cannot read %s: it is not a regular file", path.string()));
  }
  return FileReader(path, std::move(fd), static_cast<uint64_t>(info.st_size));
}

absl::StatusOr<size_t> FileReader::ReadSomeAt(uint64_t offset, size_t size, char* target) const {
  size_t done = 0;
  while (done < size) {
    const ssize_t got =
        ::pread(fd_.get(), target + done, size - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FileError(errno, "cannot read", path_);
    if (got == 0) break;
    done += static_cast<size_t>(got);
  }
  return done;
}

absl::Status FileReader::ReadAt(uint64_t offset, size_t size, char* target) const {
  const absl::StatusOr<size_t> got = ReadSomeAt(offset, size, target);
  if (!got.ok()) return got.status();
  if (*got != size) {
    return absl::DataLossError(absl::StrFormat("cannot read %s: it ends at byte %d, before %d",
                                               path_.string(), offset + *got, offset + size));
  }
  return absl::OkStatus();
}

absl::Status ReadInBlocks(const FileReader& file, const std::function<bool()>& cancelled,
                          const std::function<absl::Status(std::string_view block)>& sink) {
  // One byte more than a small file has: the first read then sees its end.
  std::string block(std::min<uint64_t>(kReadBlockBytes, file.size() + 1), '\0');
  for (uint64_t offset = 0;;) {
    if (cancelled && cancelled()) {
      return absl::CancelledError(absl::StrFormat("reading %s was stopped", file.path().string()));
    }
    const absl::StatusOr<size_t> got = file.ReadSomeAt(offset, block.size(), block.data());
    if (!got.ok()) return got.status();
    if (*got == 0) return absl::OkStatus();
    if (absl::Status taken = sink(std::string_view(block.data(), *got)); !taken.ok()) return taken;
    offset += *got;
  }
}

absl::StatusOr<std::string> ReadWholeFile(const std::filesystem::path& path, size_t max_bytes) {
  absl::StatusOr<FileReader> file = FileReader::Open(path);
  if (!file.ok()) return file.status();
  if (file->size() > max_bytes) {
    return absl::OutOfRangeError(absl::StrFormat("cannot read %s: %d bytes, more than %d",
                                                 path.string(), file->size(), max_bytes));
  }
  std::string content(static_cast<size_t>(file->size()), '\0');
  if (absl::Status status = file->ReadAt(0, content.size(), content.data()); !status.ok()) {
    return status;
  }
  return content;
}

absl::StatusOr<MappedFile> MappedFile::Map(const FileReader& file) {
  MappedFile mapped;
  mapped.size_ = static_cast<size_t>(file.size());
  // An empty file cannot be mapped.
  if (mapped.size_ == 0) return mapped;
  void* address = ::mmap(nullptr, mapped.size_, PROT_READ, MAP_SHARED, file.fd(), 0);
  if (address == MAP_FAILED) {
    mapped.size_ = 0;
    return FileError(errno, "cannot map", file.path());
  }
  mapped.data_ = static_cast<const char*>(address);
  mapped.guard_ = std::make_unique<PageGuard>(address, mapped.size_);
  return mapped;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      guard_(std::move(other.guard_)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(guard_, other.guard_);
  return *this;
}

MappedFile::~MappedFile() {
  guard_.reset();
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
}

}  // namespace broadsheet::base
