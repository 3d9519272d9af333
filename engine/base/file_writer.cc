// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/file_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include "engine/base/file_error.h"

namespace broadsheet::base {
namespace {

// Large enough that system calls cost nothing beside the copying.
constexpr size_t kBufferBytes = 256 << 10;

}  // namespace

FileWriter::FileWriter(std::filesystem::path path, FileDescriptor fd)
    : path_(std::move(path)), fd_(std::move(fd)) {
  buffer_.reserve(kBufferBytes);
}

absl::StatusOr<FileWriter> FileWriter::Create(const std::filesystem::path& path) {
  FileDescriptor fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (!fd.open()) return FileError(errno, "cannot create", path);
  return FileWriter(path, std::move(fd));
}

void FileWriter::TakeAfter(const std::filesystem::path& like) const {
  struct stat wanted = {};
  struct stat found = {};
  if (::stat(like.c_str(), &wanted) != 0 || ::fstat(fd_.get(), &found) != 0) return;
  if (!S_ISREG(wanted.st_mode) || !S_ISREG(found.st_mode)) return;
  // Each as far as it goes: another group may be allowed where another owner is not.
  const bool owned = wanted.st_uid == found.st_uid && wanted.st_gid == found.st_gid;
  if (!owned && ::fchown(fd_.get(), wanted.st_uid, wanted.st_gid) != 0 &&
      ::fchown(fd_.get(), found.st_uid, wanted.st_gid) != 0) {
    return;
  }
  if (wanted.st_mode != found.st_mode) ::fchmod(fd_.get(), wanted.st_mode & 0777);
}

absl::Status FileWriter::Append(std::string_view bytes) {
  if (!status_.ok()) return status_;
  bytes_ += bytes.size();
  if (buffer_.size() + bytes.size() > kBufferBytes) status_ = Flush();
  if (!status_.ok()) return status_;
  if (bytes.size() >= kBufferBytes) return status_ = WriteOut(bytes);
  buffer_ += bytes;
  return absl::OkStatus();
}

absl::Status FileWriter::Close() {
  if (status_.ok()) status_ = Flush();
  fd_.Close();
  return status_;
}

absl::Status FileWriter::Finish() {
  if (status_.ok()) status_ = Flush();
  if (status_.ok() && ::fsync(fd_.get()) != 0) status_ = FileError(errno, "cannot sync", path_);
  fd_.Close();
  return status_;
}

absl::Status FileWriter::Flush() {
  absl::Status status = WriteOut(buffer_);
  buffer_.clear();
  return status;
}

absl::Status FileWriter::WriteOut(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd_.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return FileError(errno, "cannot write", path_);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::Status SyncFile(const std::filesystem::path& path) {
  FileDescriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.open()) return FileError(errno, "cannot open", path);
  if (::fsync(fd.get()) != 0) return FileError(errno, "cannot sync", path);
  return absl::OkStatus();
}

absl::Status SyncFolder(const std::filesystem::path& folder) {
  FileDescriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.open()) return FileError(errno, "cannot open folder", folder);
  if (::fsync(fd.get()) != 0) return FileError(errno, "cannot sync folder", folder);
  return absl::OkStatus();
}

absl::Status ReplaceFile(const std::filesystem::path& path, std::string_view content,
                         const std::filesystem::path& like) {
  std::filesystem::path fresh = path;
  fresh += ".new";
  absl::StatusOr<FileWriter> writer = FileWriter::Create(fresh);
  if (!writer.ok()) return writer.status();
  std::error_code ignored;
  writer->TakeAfter(std::filesystem::exists(path, ignored) ? path : like);
  if (absl::Status status = writer->Append(content); !status.ok()) return status;
  if (absl::Status status = writer->Finish(); !status.ok()) return status;
  if (std::rename(fresh.c_str(), path.c_str()) != 0)
    return FileError(errno, "cannot replace", path);
  return SyncFolder(path.parent_path());
}

}  // namespace broadsheet::base
