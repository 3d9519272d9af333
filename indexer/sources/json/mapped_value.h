// SPDX-License-Identifier: GPL-3.0-or-later
// What the paths of a field map lead to in a record.
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "indexer/sources/json/field_map.h"
#include "indexer/sources/json/json_field.h"

namespace broadsheet::sources {

struct MappedValues {
  // Neither null nor a blank string.
  std::vector<simdjson::dom::element> values = {};
  // The path that led to them; "" when none did.
  FieldPath path = {};
};

// What the first of `paths` that leads to something leads to.
MappedValues FirstValues(const simdjson::dom::object& from,
                         const std::vector<FieldMap::Path>& paths);

// Whether `path` leads to a value.
bool LeadsToValue(const simdjson::dom::object& from, const FieldMap::Path& path);

// A string, or a number as it is written: ids often are; of an XML element its `xml_member`.
// INVALID_ARGUMENT for anything else, naming `path`.
absl::StatusOr<std::string> MappedText(const simdjson::dom::element& value, const FieldPath& path,
                                       std::string_view xml_member = FieldMap::kTextMember);

// The same of a date, whose number counts from 1970 (TimeOfNumber).
absl::StatusOr<std::string> MappedDate(const simdjson::dom::element& value, const FieldPath& path);

}  // namespace broadsheet::sources
