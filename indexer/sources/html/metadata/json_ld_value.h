// SPDX-License-Identifier: GPL-3.0-or-later
// Reads values of JSON-LD, which may be single or in an array, bare or in an object with "@value".
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>

namespace broadsheet::sources::html {

// The text of a value: of a string, of the "@value" of an object, or of the first item of an array;
// else "". A view into the parser's memory.
std::string_view JsonLdText(simdjson::dom::element value);

// The text of a member; "" when there is none.
std::string_view JsonLdMember(simdjson::dom::object of, std::string_view name);

// A number of a member as it is written, such as seconds since 1970; "" when it is none.
std::string JsonLdNumber(simdjson::dom::object of, std::string_view name);

// Calls `each` for the members of an array, or for the value itself.
template <typename Function>
void ForEachValue(simdjson::dom::element value, const Function& each) {
  simdjson::dom::array items;
  if (value.get(items) == simdjson::SUCCESS) {
    for (const simdjson::dom::element item : items) each(item);
  } else {
    each(value);
  }
}

// Whether `accepts` one of the types of `of`.
bool HasJsonLdType(simdjson::dom::object of, bool (*accepts)(std::string_view));

}  // namespace broadsheet::sources::html
