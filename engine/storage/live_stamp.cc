// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live_stamp.h"

#include <sys/stat.h>

#include "engine/storage/layout.h"

namespace broadsheet::storage {

LiveStamp ReadLiveStamp(const std::filesystem::path& generation) {
  // Present in every glass database; a commit renames a new one over it.
  const std::filesystem::path file = generation / kLiveName / "iamglass";
  struct stat found = {};
  if (::stat(file.c_str(), &found) != 0) return {};
  constexpr int64_t kNanosecondsPerSecond = 1'000'000'000;
  return {.inode = found.st_ino,
          .changed_ns = found.st_ctim.tv_sec * kNanosecondsPerSecond + found.st_ctim.tv_nsec};
}

}  // namespace broadsheet::storage
