// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/ingest/map_notices.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "indexer/commands/shared/figures.h"
#include "indexer/sources/json/json_string.h"

namespace broadsheet::commands {

std::vector<std::string> MapNotices(const std::string& map_file, const sources::FieldMap& map,
                                    const sources::ReadCounts& counts) {
  const std::vector<sources::PathUse>& uses = counts.mapped_paths;
  if (uses.empty()) return {map_file + ": no record was read by this map"};
  const std::vector<sources::FieldMap::CountedPath>& paths = map.counted_paths();
  const auto is_unused = [&](size_t i) { return uses[i].records > 0 && uses[i].found == 0; };
  std::vector<std::string> notices;
  for (size_t i = 0; i < paths.size(); ++i) {
    const std::vector<size_t>& outer = paths[i].outer;
    const bool is_said = !outer.empty() && std::all_of(outer.begin(), outer.end(), is_unused);
    if (!is_unused(i) || is_said) continue;
    notices.push_back(absl::StrCat(map_file, ": ", paths[i].key, ": path ",
                                   sources::JsonString(paths[i].path), " led nowhere in ",
                                   Counted(uses[i].records, "record")));
  }
  if (notices.size() <= kMaxMapNotices) return notices;
  const size_t others = notices.size() - kMaxMapNotices;
  notices.resize(kMaxMapNotices);
  notices.push_back(absl::StrCat(map_file, ": ", Counted(others, "more path"), " led nowhere"));
  return notices;
}

}  // namespace broadsheet::commands
