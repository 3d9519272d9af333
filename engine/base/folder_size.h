// SPDX-License-Identifier: GPL-3.0-or-later
// The size of a folder on disk.
#pragma once

#include <cstdint>
#include <filesystem>

namespace broadsheet::base {

// Sizes of all files in `folder` and below, added up. Files that vanish meanwhile do not count.
uint64_t BytesIn(const std::filesystem::path& folder);

}  // namespace broadsheet::base
