// SPDX-License-Identifier: GPL-3.0-or-later
// Tells one commit of live/ from another, and whether there was any.
#pragma once

#include <filesystem>

#include "engine/storage/file_stamp.h"

namespace broadsheet::storage {

// Of the file that Xapian replaces with each commit. `generation` is generations/NNNNNN.
FileStamp ReadLiveStamp(const std::filesystem::path& generation);

inline bool LiveExists(const std::filesystem::path& generation) {
  return ReadLiveStamp(generation).exists();
}

}  // namespace broadsheet::storage
