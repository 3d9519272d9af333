// SPDX-License-Identifier: GPL-3.0-or-later
// Members in which editors write to each other: "ednote", "editorsNote", "note".
#pragma once

#include <simdjson.h>

#include <string_view>

#include "indexer/sources/article/hold_rule.h"
#include "indexer/sources/article/release.h"

namespace broadsheet::sources {

// States every note in the member `name`, which stands in `place`: the member itself or one inside
// it. "note" and "instructions" are notes of editors only in the record itself and in members that
// say more about the article.
void StateNotesIn(std::string_view name, const simdjson::dom::element& value, hold::Place place,
                  ReleaseStatement& release);

// The same for all members of `record`.
void StateNotesOf(const simdjson::dom::object& record, ReleaseStatement& release);

}  // namespace broadsheet::sources
