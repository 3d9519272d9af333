// SPDX-License-Identifier: GPL-3.0-or-later
// What the paths of a field map lead to in a record.
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "indexer/sources/json/json_field.h"

namespace broadsheet::sources {

// Names from the outside in. A path applies to each item of an array.
using MappedPath = std::vector<std::string>;

// Where an object that stands for an XML element has its text.
inline constexpr std::string_view kXmlTextMember = "#text";

struct MappedValues {
  // Neither null nor a blank string.
  std::vector<simdjson::dom::element> values = {};
  // The path that led to them; "" when none did.
  FieldPath path = {};
};

// What the first of `paths` that leads to something leads to.
MappedValues FirstValues(const simdjson::dom::object& from, const std::vector<MappedPath>& paths);

// Whether `path` leads to a value.
bool LeadsToValue(const simdjson::dom::object& from, const MappedPath& path);

// A string, or a number as it is written: ids often are; of an XML element its `xml_member`.
// INVALID_ARGUMENT for anything else, naming `path`.
absl::StatusOr<std::string> MappedText(const simdjson::dom::element& value, const FieldPath& path,
                                       std::string_view xml_member = kXmlTextMember);

// The same of a date, whose number counts from 1970 (TimeOfNumber).
absl::StatusOr<std::string> MappedDate(const simdjson::dom::element& value, const FieldPath& path);

// A value that records are told apart by: a string without white space around it, a number, "true",
// "false", the text of an XML element. INVALID_ARGUMENT for anything else, naming `path`.
absl::StatusOr<std::string> ChosenText(const simdjson::dom::element& value, const FieldPath& path);

}  // namespace broadsheet::sources
