// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/input/open_file.h"

#include <fcntl.h>

#include <cerrno>
#include <cstring>

namespace broadsheet::sources {
namespace {

using base::FileDescriptor;

// A pipe without a writer, or a file of the kernel that has nothing to say, would stop the opening
// or the reading for ever; a terminal would become ours.
constexpr int kOpenFlags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY;

absl::StatusOr<FileKind> KindOfOpen(const FileDescriptor& opened) {
  struct stat info {};
  if (fstat(opened.get(), &info) != 0) return OpenError(errno);
  return KindOfFile(info);
}

}  // namespace

FileKind KindOfFile(const struct stat& info) {
  if (S_ISREG(info.st_mode)) return FileKind::kFile;
  if (S_ISDIR(info.st_mode)) return FileKind::kFolder;
  if (S_ISLNK(info.st_mode)) return FileKind::kLink;
  if (S_ISFIFO(info.st_mode)) return FileKind::kPipe;
  return S_ISSOCK(info.st_mode) ? FileKind::kSocket : FileKind::kDevice;
}

std::string_view FileKindName(FileKind kind) {
  switch (kind) {
    case FileKind::kFile:
      return "a file";
    case FileKind::kFolder:
      return "a folder";
    case FileKind::kLink:
      return "a symbolic link";
    case FileKind::kPipe:
      return "a pipe";
    case FileKind::kDevice:
      return "a device";
    case FileKind::kSocket:
      return "a socket";
  }
  return "unknown";
}

absl::Status OpenError(int error) {
  const std::string why = std::strerror(error);
  if (error == ENOENT || error == ENOTDIR) return absl::NotFoundError(why);
  if (error == EACCES || error == EPERM) return absl::PermissionDeniedError(why);
  return absl::UnavailableError(why);
}

absl::Status CheckReadable(FileKind kind) {
  if (kind != FileKind::kDevice && kind != FileKind::kSocket) return absl::OkStatus();
  return absl::InvalidArgumentError("is " + std::string(FileKindName(kind)) +
                                    "; what is read are files, folders, pipes and, for -, standard "
                                    "input");
}

absl::StatusOr<FileDescriptor> OpenNamed(const std::filesystem::path& path) {
  FileDescriptor opened(open(path.c_str(), kOpenFlags));
  if (!opened.open()) return OpenError(errno);
  const absl::StatusOr<FileKind> kind = KindOfOpen(opened);
  if (!kind.ok()) return kind.status();
  if (*kind == FileKind::kFolder) return absl::InvalidArgumentError("is a folder");
  if (absl::Status readable = CheckReadable(*kind); !readable.ok()) return readable;
  // Reading a pipe waits for its writer.
  if (*kind == FileKind::kPipe && fcntl(opened.get(), F_SETFL, O_RDONLY) != 0) {
    return OpenError(errno);
  }
  return opened;
}

absl::StatusOr<FileDescriptor> OpenFound(int folder, const std::string& name, FileKind kind,
                                         bool follow_links) {
  const int flags =
      kOpenFlags | (kind == FileKind::kFolder ? O_DIRECTORY : 0) | (follow_links ? 0 : O_NOFOLLOW);
  FileDescriptor opened(openat(folder, name.c_str(), flags));
  const bool is_other = errno == ELOOP || errno == ENOTDIR || errno == ENXIO;
  if (!opened.open() && !is_other) return OpenError(errno);
  const absl::StatusOr<FileKind> now = opened.open() ? KindOfOpen(opened) : FileKind::kLink;
  if (!now.ok()) return now.status();
  if (*now == kind) return opened;
  return absl::InvalidArgumentError("was " + std::string(FileKindName(kind)) +
                                    " and became something else while it was opened");
}

}  // namespace broadsheet::sources
