// SPDX-License-Identifier: GPL-3.0-or-later
// Makes an Article from a ninjs object. docs/formats.md says which member gives which field.
//
// The versions differ in names ("byline", "by"; "versioncreated", "versionCreated"), in shape
// ("body_xhtml": "..."; "bodies": [{"contentType": ..., "value": ...}]) and in associations (an
// object of names, an array): all are read in the same way, whatever version an object states.
#pragma once

#include <simdjson.h>

#include "absl/status/statusor.h"
#include "indexer/sources/article/draft.h"

namespace broadsheet::sources {

// False for an event or a planning item without a text, which is counted as skipped.
// INVALID_ARGUMENT, naming the field and what is wrong with it, for the fields that are used, or
// for a member that may hold the item back under a name that ninjs does not have (held_back.h). An
// associated picture or other medium that is itself held back adds no caption, and is counted.
absl::StatusOr<bool> ReadNinjsItem(const simdjson::dom::object& from, Draft& draft,
                                   ReadCounts& counts);

}  // namespace broadsheet::sources
