// SPDX-License-Identifier: GPL-3.0-or-later
// Makes an Article from a parsed JSON object.
//
// Reads every field of broadsheet.v1.Article in lowerCamelCase or snake_case, as the proto3 JSON
// mapping writes it, and these forms of real dumps:
//   bylines    strings, or objects {name, role, organisation}
//   captions   strings, or objects {text, credit, mediaUrl}
//   published  a date and time in any form of schema::ParsePublishedTime; "" or null = undated
// Ignores null, and unknown names unless their value may hold the article back (held_back.h), which
// refuses the record.
#pragma once

#include <simdjson.h>

#include <functional>
#include <string_view>

#include "absl/status/status.h"
#include "indexer/sources/article/draft.h"

namespace broadsheet::sources {

// INVALID_ARGUMENT naming the field and what is wrong with it; `draft` must then be discarded.
// `on_ignored` gets each unknown name. If a name occurs twice, the last value counts, but two
// different values of a status or an embargo are refused.
absl::Status ReadJsonArticle(const simdjson::dom::object& object, Draft& draft,
                             const std::function<void(std::string_view)>& on_ignored);

}  // namespace broadsheet::sources
