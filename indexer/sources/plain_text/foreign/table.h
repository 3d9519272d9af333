// SPDX-License-Identifier: GPL-3.0-or-later
// Tells a table whose rows are lines and whose columns are parted by one sign: CSV, TSV and their
// like.
#pragma once

#include <string_view>

namespace broadsheet::sources::page {

// Whether `text`, whose last row may be cut off, is such a table. Pure.
bool IsTable(std::string_view text);

}  // namespace broadsheet::sources::page
