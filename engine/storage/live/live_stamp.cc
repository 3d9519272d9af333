// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live/live_stamp.h"

#include "engine/storage/index/layout.h"
#include "engine/xapian/glass_root.h"

namespace broadsheet::storage {

base::FileStamp ReadLiveStamp(const std::filesystem::path& generation) {
  // Present in every glass database; a commit renames a new one over it.
  return base::ReadFileStamp(generation / kLiveName / xapian::kGlassRootName);
}

bool LiveExists(const std::filesystem::path& generation) {
  return base::ReadFileStamp(generation / kLiveName).exists();
}

}  // namespace broadsheet::storage
