// SPDX-License-Identifier: GPL-3.0-or-later
// Wrappers: JSON objects that are no item themselves but hold items, as the answers of an agency's
// interface do: {"_items": [{...}, {...}], "_meta": {...}}, {"item": {...}}.
#pragma once

#include <simdjson.h>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "indexer/sources/article/release.h"

namespace broadsheet::sources {

// In the text of an object, which may be broken or end too soon: where the first object of the
// array starts that it wraps. npos where it wraps none.
size_t FindWrapped(std::string_view text);

// Something inside a wrapper, and what the wrappers around it state about its release.
struct Wrapped {
  simdjson::dom::element value;
  std::string path;  // for messages: "_items[3]"
  const ReleaseStatement& release;
  // INVALID_ARGUMENT of a wrapper inside the wrapper that has a member that may hold back what is
  // in it (held_back.h), other than ninjs's own "pubstatus" and "embargoed"; else OK.
  absl::Status usable = absl::OkStatus();
};

// An error ends the reading.
using WrappedSink = std::function<absl::Status(const Wrapped&)>;

// Whether `object` holds items and is none itself.
bool IsWrapper(const simdjson::dom::object& object);

// Passes on what the wrapper `object` holds, in wrappers at most a few deep. INVALID_ARGUMENT,
// before anything is passed on, when it has a member that may hold it all back; errors of the sink.
absl::Status Unwrap(const simdjson::dom::object& object, const WrappedSink& items);

}  // namespace broadsheet::sources
