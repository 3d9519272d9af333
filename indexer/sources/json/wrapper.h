// SPDX-License-Identifier: GPL-3.0-or-later
// Wrappers: JSON objects that are no item themselves but hold items, as the answers of an agency's
// interface do: {"_items": [{...}, {...}], "_meta": {...}}, {"item": {...}}.
#pragma once

#include <simdjson.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "indexer/sources/article/release.h"

namespace broadsheet::sources {

// In the text of an object, which may be broken or end too soon: where the first object of the
// array starts that it wraps. npos where it wraps none.
size_t FindWrapped(std::string_view text);

// Something inside a wrapper, and what the wrappers around it state about its release.
struct Wrapped {
  simdjson::dom::element value;
  std::string path;  // for messages: "_items[3]"
  ReleaseStatement release;
};

// What `object` wraps, in wrappers at most a few deep; nothing when it is an item itself.
// INVALID_ARGUMENT when the wrapper has a member that may hold back what is in it (held_back.h),
// other than ninjs's own "pubstatus" and "embargoed".
absl::StatusOr<std::vector<Wrapped>> Unwrap(const simdjson::dom::object& object);

}  // namespace broadsheet::sources
