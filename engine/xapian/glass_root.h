// SPDX-License-Identifier: GPL-3.0-or-later
// Checks the root file of a glass database, which Xapian uses without checking it.
#pragma once

#include <filesystem>

#include "absl/status/status.h"

namespace broadsheet::xapian {

inline constexpr const char* kGlassRootName = "iamglass";

// DATA_LOSS, naming the file, when `database`/iamglass has values that Xapian 1.4 never writes, or
// names tables that are missing or end before their root block: Xapian 1.4.22 ignores a missing
// table, and reads beyond its own arrays when the root file states too deep a tree. OK for an
// unknown format, which Xapian reports itself. Costs a few stats and a small read; does not check
// the blocks of the tables. A writer may commit meanwhile.
absl::Status CheckGlassRoot(const std::filesystem::path& database);

}  // namespace broadsheet::xapian
