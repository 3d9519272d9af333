// SPDX-License-Identifier: GPL-3.0-or-later
// A ninjs object -> an Article. docs/formats.md says what goes where.
//
// The versions differ in names ("byline", "by"; "versioncreated", "versionCreated"), in shape
// ("body_xhtml": "..."; "bodies": [{"contentType": ..., "value": ...}]) and in associations (an
// object of names, an array): all are read alike, whatever version an object says it is.
#pragma once

#include <simdjson.h>

#include "absl/status/status.h"
#include "indexer/sources/article/draft.h"

namespace broadsheet::sources {

// INVALID_ARGUMENT naming the field and what is wrong with it, for the fields that are used, or
// what may hold the item back under a name that ninjs does not have (held_back.h). A picture, or
// another medium that goes with the item, that is held back itself adds no caption, and is counted.
absl::Status ReadNinjsItem(const simdjson::dom::object& from, Draft& draft, ReadCounts& counts);

}  // namespace broadsheet::sources
