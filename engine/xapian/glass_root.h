// SPDX-License-Identifier: GPL-3.0-or-later
// What Xapian does not check before it uses it: the root file of a glass database.
#pragma once

#include <filesystem>

#include "absl/status/status.h"

namespace broadsheet::xapian {

inline constexpr const char* kGlassRootName = "iamglass";

// DATA_LOSS, naming the file, when `database`/iamglass says what no database of Xapian 1.4 says, or
// names tables that are not there or end before their root block: Xapian 1.4.22 passes over a
// missing table, and reads beyond its own arrays when a tree is said to be deeper than they are.
// OK for a format that we do not know: Xapian says so itself. Costs a few stats and a small read;
// proves nothing about the blocks of the tables. A writer may commit meanwhile.
absl::Status CheckGlassRoot(const std::filesystem::path& database);

}  // namespace broadsheet::xapian
