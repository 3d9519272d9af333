// SPDX-License-Identifier: GPL-3.0-or-later
// Which words articles really have, where terms tell their stems only: token runs hold a hash of
// each word as it is written.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/query/match/match_context.h"

namespace broadsheet::query {

// The least distance among those of `words` (a word with this stem, its distance) that stand in one
// of the newest articles with `full_term`, which is `term` with a field's prefix; nullopt when none
// does. Looks at some hundred articles, so a form that is rare may be missed. Throws what Xapian
// and the deadline throw.
std::optional<int> NearestWritten(MatchContext& context, const std::string& full_term,
                                  const std::string& term,
                                  const std::vector<std::pair<std::string, int>>& words);

}  // namespace broadsheet::query
