// SPDX-License-Identifier: GPL-3.0-or-later
// Tells whether live/ has a new commit, and whether it exists.
#pragma once

#include <filesystem>

#include "engine/base/file_stamp.h"

namespace broadsheet::storage {

// Stamps the file that Xapian replaces with each commit. `generation` is generations/NNNNNN.
base::FileStamp ReadLiveStamp(const std::filesystem::path& generation);

// True if the generation was ever written to, that is, if live/ exists. The folder is renamed into
// place complete, so one without its root file is damaged, not absent.
bool LiveExists(const std::filesystem::path& generation);

}  // namespace broadsheet::storage
