// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/json_field.h"

#include "absl/strings/str_format.h"

namespace broadsheet::sources {

using simdjson::dom::element;
using simdjson::dom::element_type;

std::string_view JsonKind(const element& value) {
  switch (value.type()) {
    case element_type::ARRAY:
      return "an array";
    case element_type::OBJECT:
      return "an object";
    case element_type::STRING:
      return "a string";
    case element_type::BOOL:
      return "true or false";
    case element_type::NULL_VALUE:
      return "null";
    default:
      return "a number";
  }
}

absl::Status WrongField(const FieldPath& path, const std::string& what) {
  return absl::InvalidArgumentError(absl::StrFormat("field \"%s\": %s", path, what));
}

absl::Status WrongFieldType(const FieldPath& path, const char* expected, const element& found) {
  return WrongField(
      path, absl::StrFormat("expected %s, found %s", expected, std::string(JsonKind(found))));
}

absl::Status ReadStringField(const element& value, const FieldPath& path, std::string* out) {
  if (value.is_null()) {
    out->clear();
    return absl::OkStatus();
  }
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return WrongFieldType(path, "a string", value);
  out->assign(text);
  return absl::OkStatus();
}

}  // namespace broadsheet::sources
