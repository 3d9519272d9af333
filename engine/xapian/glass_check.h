// SPDX-License-Identifier: GPL-3.0-or-later
// Tells whether Xapian's own check of a database (Xapian::Database::check) can run.
#pragma once

#include <filesystem>

namespace broadsheet::xapian {

// Whether the check can run on the glass database in `folder`. It opens the tables for writing,
// though it changes nothing; on a read-only file system, or without the right to write, it reports
// them as damaged.
bool MayCheckGlass(const std::filesystem::path& folder);

}  // namespace broadsheet::xapian
