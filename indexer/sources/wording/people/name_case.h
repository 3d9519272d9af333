// SPDX-License-Identifier: GPL-3.0-or-later
// Repairs names that are all in capitals or all in small letters.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::sources::people {

// "JANE O'NEILL-SMITH" -> "Jane O'Neill-Smith", "ludwig van der berg" -> "Ludwig van der Berg".
// Names in mixed case and single short words ("AFP", "kesm") are returned as they are. Pure.
std::string RepairNameCase(std::string_view name);

// Whether `text` has capitals and no small letter. Pure.
bool IsInCapitals(std::string_view text);

// `text` in small letters. Pure.
std::string InSmallLetters(std::string_view text);

}  // namespace broadsheet::sources::people
