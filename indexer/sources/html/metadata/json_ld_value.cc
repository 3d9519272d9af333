// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/metadata/json_ld_value.h"

namespace broadsheet::sources::html {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

std::string_view JsonLdText(element value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return text;
  array items;
  if (value.get(items) == simdjson::SUCCESS) {
    if (items.begin() == items.end()) return {};
    value = *items.begin();
    if (value.get(text) == simdjson::SUCCESS) return text;
  }
  object typed;
  element inner;
  if (value.get(typed) != simdjson::SUCCESS || typed["@value"].get(inner) != simdjson::SUCCESS) {
    return {};
  }
  return inner.get(text) == simdjson::SUCCESS ? text : std::string_view();
}

std::string_view JsonLdMember(object of, std::string_view name) {
  element value;
  if (of.at_key(name).get(value) != simdjson::SUCCESS) return {};
  return JsonLdText(value);
}

std::string JsonLdNumber(object of, std::string_view name) {
  int64_t number = 0;
  if (of.at_key(name).get(number) != simdjson::SUCCESS) return "";
  return std::to_string(number);
}

bool HasJsonLdType(object of, bool (*accepts)(std::string_view)) {
  element types;
  if (of["@type"].get(types) != simdjson::SUCCESS) return false;
  bool found = false;
  ForEachValue(types, [&](element type) { found = found || accepts(JsonLdText(type)); });
  return found;
}

}  // namespace broadsheet::sources::html
