// SPDX-License-Identifier: GPL-3.0-or-later
// Tells of paths of a field map that led nowhere, as those with a slip in them do.
#pragma once

#include <string>
#include <vector>

#include "indexer/sources/article/source.h"
#include "indexer/sources/json/field_map.h"

namespace broadsheet::commands {

// `map.json: headline: path "hedline" led nowhere in 120 records` for each path of `map`, read from
// `map_file`, that had a value in none; at most kMaxMapNotices, and one line for all others. One
// line where no record was read by the map at all. Of an object whose "each" led nowhere, "each"
// alone is named.
inline constexpr size_t kMaxMapNotices = 20;
std::vector<std::string> MapNotices(const std::string& map_file, const sources::FieldMap& map,
                                    const sources::ReadCounts& counts);

}  // namespace broadsheet::commands
