// SPDX-License-Identifier: GPL-3.0-or-later
// Tells one commit of live/ from another, and whether there was any.
#pragma once

#include <filesystem>

#include "engine/base/file_stamp.h"

namespace broadsheet::storage {

// Stamps the file that Xapian replaces with each commit. `generation` is generations/NNNNNN.
base::FileStamp ReadLiveStamp(const std::filesystem::path& generation);

// Whether it was ever written to. The folder tells, which is renamed into its place with a whole
// database in it: when that has lost its stamp it is damaged, not absent.
bool LiveExists(const std::filesystem::path& generation);

}  // namespace broadsheet::storage
