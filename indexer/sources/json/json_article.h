// SPDX-License-Identifier: GPL-3.0-or-later
// A parsed JSON object -> an Article: which names are understood and what types they take.
//
// Every field of broadsheet.v1.Article in lowerCamelCase or snake_case, as the proto3 JSON mapping
// writes it, and what real dumps write:
//   bylines    strings, or objects {name, role, organisation}
//   captions   strings, or objects {text, credit, mediaUrl}
//   published  a date and time in any form of schema::ParsePublishedTime; "" or null = undated
// null and a name that no Article has are passed over, unless what stands under such a name may
// hold the article back (held_back.h): that refuses the record.
#pragma once

#include <simdjson.h>

#include <functional>
#include <string_view>

#include "absl/status/status.h"
#include "broadsheet/v1/article.pb.h"

namespace broadsheet::sources {

// INVALID_ARGUMENT naming the field and what is wrong with it; `article` is then to be thrown away.
// `on_ignored` gets each name that no Article has. Of a name given twice the last one counts, but a
// status or an embargo that is not alike both times is refused.
absl::Status ReadJsonArticle(const simdjson::dom::object& object, v1::Article* article,
                             const std::function<void(std::string_view)>& on_ignored);

}  // namespace broadsheet::sources
