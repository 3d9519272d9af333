// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live_stamp.h"

#include "engine/storage/glass_root.h"
#include "engine/storage/layout.h"

namespace broadsheet::storage {

FileStamp ReadLiveStamp(const std::filesystem::path& generation) {
  // Present in every glass database; a commit renames a new one over it.
  return ReadFileStamp(generation / kLiveName / kGlassRootName);
}

bool LiveExists(const std::filesystem::path& generation) {
  return ReadFileStamp(generation / kLiveName).exists();
}

}  // namespace broadsheet::storage
