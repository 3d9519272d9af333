// SPDX-License-Identifier: GPL-3.0-or-later
// What Xapian's own check of a database (Xapian::Database::check) needs.
#pragma once

#include <filesystem>

namespace broadsheet::xapian {

// Whether it can be run on the glass database in `folder`: it opens the tables for writing, though
// it changes nothing, and on a read-only file system or without the right it takes them for
// damaged.
bool MayCheckGlass(const std::filesystem::path& folder);

}  // namespace broadsheet::xapian
