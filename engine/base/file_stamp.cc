// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/file_stamp.h"

#include <sys/stat.h>

namespace broadsheet::base {

FileStamp ReadFileStamp(const std::filesystem::path& file) {
  struct stat found = {};
  if (::stat(file.c_str(), &found) != 0) return {};
  constexpr int64_t kNanosecondsPerSecond = 1'000'000'000;
  return {.inode = found.st_ino,
          .bytes = found.st_size,
          .changed_ns = found.st_ctim.tv_sec * kNanosecondsPerSecond + found.st_ctim.tv_nsec};
}

bool IsNamedBy(const FileDescriptor& open, const std::filesystem::path& path) {
  struct stat opened = {};
  struct stat named = {};
  return ::fstat(open.get(), &opened) == 0 && ::stat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

}  // namespace broadsheet::base
