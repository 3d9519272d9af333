// SPDX-License-Identifier: GPL-3.0-or-later
// The names of members and elements in which editors write to each other, or in which the use of an
// article is restricted: what they say may hold the article back (ReleaseStatement::StateNote).
#pragma once

#include <string_view>

#include "indexer/sources/article/hold_rule.h"

namespace broadsheet::sources {

// "ednote", "editors_note", "usageRestrictions"; in a record itself and in what says more about it
// also "note", "instructions" and "Hinweis", which elsewhere may be of anything. Pure.
bool NamesNote(std::string_view name, hold::Place place);

}  // namespace broadsheet::sources
