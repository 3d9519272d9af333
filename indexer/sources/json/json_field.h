// SPDX-License-Identifier: GPL-3.0-or-later
// Reads JSON values of fields, with errors that name the field.
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace broadsheet::sources {

// The path of a value, for messages: "captions[2].credit".
using FieldPath = std::string;

// "an array", "a string", ...
std::string_view JsonKind(const simdjson::dom::element& value);

// INVALID_ARGUMENT: field "captions[2].credit": <what>.
absl::Status WrongField(const FieldPath& path, const std::string& what);
absl::Status WrongFieldType(const FieldPath& path, const char* expected,
                            const simdjson::dom::element& found);

// The string; "" for null. INVALID_ARGUMENT for anything else.
absl::Status ReadStringField(const simdjson::dom::element& value, const FieldPath& path,
                             std::string* out);

}  // namespace broadsheet::sources
