// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/input/walk.h"

#include <dirent.h>
#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_format.h"
#include "indexer/sources/input/open_file.h"

namespace broadsheet::sources {
namespace {

namespace fs = std::filesystem;

struct DirCloser {
  void operator()(DIR* stream) const { closedir(stream); }
};
using DirStream = std::unique_ptr<DIR, DirCloser>;

// Which file it is, whatever leads to it.
using FileIdentity = std::pair<dev_t, ino_t>;

FileIdentity IdentityOf(const struct stat& info) { return {info.st_dev, info.st_ino}; }

// A folder on the way down, and what is still to be looked at in it.
struct OpenFolder {
  fs::path path;
  DirStream stream;
  // Sorted, last first.
  std::vector<std::string> names;
};

PassedOver PassedOverAs(FileKind kind) {
  switch (kind) {
    case FileKind::kLink:
      return PassedOver::kLink;
    case FileKind::kPipe:
      return PassedOver::kPipe;
    case FileKind::kSocket:
      return PassedOver::kSocket;
    default:
      return PassedOver::kDevice;
  }
}

// Returns what broke the listing off; what was listed before is there.
int ListNames(DIR* stream, std::vector<std::string>* names) {
  errno = 0;
  while (const dirent* entry = readdir(stream)) {
    if (entry->d_name[0] != '.') names->emplace_back(entry->d_name);
    errno = 0;
  }
  const int error = errno;
  std::sort(names->begin(), names->end(), std::greater<>());
  return error;
}

class Walker {
 public:
  Walker(const WalkOptions& options, const WalkSink& sink) : options_(options), sink_(sink) {
    struct stat info {};
    if (!options.exclude.empty() && stat(options.exclude.c_str(), &info) == 0) {
      excluded_ = IdentityOf(info);
    }
  }

  absl::Status WalkFrom(const fs::path& root) {
    base::FileDescriptor opened(
        open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK));
    if (!opened.open()) return Unlisted(root, errno);
    absl::Status result = Enter(root, std::move(opened));
    while (result.ok() && !folders_.empty()) {
      OpenFolder& folder = folders_.back();
      if (folder.names.empty()) {
        folders_.pop_back();
        continue;
      }
      const std::string name = std::move(folder.names.back());
      folder.names.pop_back();
      result = Visit(folder, name);
    }
    return result;
  }

 private:
  absl::Status Visit(const OpenFolder& folder, const std::string& name) {
    const fs::path path = folder.path / name;
    const int parent = dirfd(folder.stream.get());
    struct stat info {};
    if (fstatat(parent, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) {
      return sink_.on_unreadable(path, std::string("cannot read: ") + std::strerror(errno));
    }
    if (S_ISLNK(info.st_mode) && options_.follow_links &&
        fstatat(parent, name.c_str(), &info, 0) != 0) {
      return sink_.on_unreadable(
          path, std::string("cannot read what the link leads to: ") + std::strerror(errno));
    }
    const FileKind kind = KindOfFile(info);
    if (kind == FileKind::kFile && IdentityOf(info) == excluded_) return absl::OkStatus();
    if (kind == FileKind::kFile) {
      return sink_.on_file(WalkedFile(path, info, parent, name, options_.follow_links));
    }
    if (kind == FileKind::kFolder) return VisitFolder(path, parent, name);
    PassOver(path, PassedOverAs(kind));
    return absl::OkStatus();
  }

  absl::Status VisitFolder(const fs::path& path, int parent, const std::string& name) {
    if (folders_.size() >= kMaxFolderDepth) {
      return sink_.on_unreadable(
          path, absl::StrFormat("a folder inside %d others: left out; give it as a path of its own",
                                kMaxFolderDepth));
    }
    absl::StatusOr<base::FileDescriptor> opened =
        OpenFound(parent, name, FileKind::kFolder, options_.follow_links);
    if (opened.ok()) return Enter(path, *std::move(opened));
    return sink_.on_unreadable(path,
                               "cannot list the folder: " + std::string(opened.status().message()));
  }

  absl::Status Enter(const fs::path& path, base::FileDescriptor opened) {
    struct stat info {};
    if (fstat(opened.get(), &info) != 0) return Unlisted(path, errno);
    if (!folders_.empty() && IdentityOf(info) == excluded_) return absl::OkStatus();
    if (options_.follow_links && !entered_.insert(IdentityOf(info)).second) {
      PassOver(path, PassedOver::kRepeatedFolder);
      return absl::OkStatus();
    }
    DirStream stream(fdopendir(opened.get()));
    if (stream == nullptr) return Unlisted(path, errno);
    (void)opened.Release();  // The stream has it.
    OpenFolder folder{.path = path, .stream = std::move(stream), .names = {}};
    const int error = ListNames(folder.stream.get(), &folder.names);
    folders_.push_back(std::move(folder));
    return error == 0 ? absl::OkStatus() : Unlisted(path, error);
  }

  absl::Status Unlisted(const fs::path& path, int error) {
    return sink_.on_unreadable(path,
                               std::string("cannot list the folder: ") + std::strerror(error));
  }

  void PassOver(const fs::path& path, PassedOver what) {
    if (sink_.on_passed_over) sink_.on_passed_over(path, what);
  }

  const WalkOptions& options_;
  const WalkSink& sink_;
  std::optional<FileIdentity> excluded_;
  std::vector<OpenFolder> folders_;
  // All folders that were entered, when links are followed.
  std::set<FileIdentity> entered_;
};

}  // namespace

absl::StatusOr<base::FileDescriptor> WalkedFile::Open() const {
  return folder_ < 0 ? OpenNamed(path_) : OpenFound(folder_, name_, FileKind::kFile, follow_links_);
}

absl::Status Walk(const fs::path& path, const WalkOptions& options, const WalkSink& sink) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) {
    const absl::Status why = OpenError(errno);
    return {why.code(), "cannot read " + path.string() + ": " + std::string(why.message())};
  }
  if (!S_ISDIR(info.st_mode)) return sink.on_file(WalkedFile(path, info));
  return Walker(options, sink).WalkFrom(path);
}

uint64_t TotalBytes(const std::vector<std::string>& paths, const WalkOptions& options) {
  uint64_t total = 0;
  const WalkSink sink{
      .on_file =
          [&total](const WalkedFile& file) {
            total += file.size();
            return absl::OkStatus();
          },
      .on_unreadable = [](const fs::path&, const std::string&) { return absl::OkStatus(); },
      .on_passed_over = {}};
  for (const std::string& path : paths) {
    // What is missing is reported by the walk that reads.
    if (path != "-") Walk(path, options, sink).IgnoreError();
  }
  return total;
}

}  // namespace broadsheet::sources
