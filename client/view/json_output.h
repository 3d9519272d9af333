// SPDX-License-Identifier: GPL-3.0-or-later
// The API's own messages as JSON: proto3 mapping, lowerCamelCase, fields at their default printed.
#pragma once

#include <iosfwd>

#include <google/protobuf/message.h>

namespace broadsheet::client {

enum class JsonLayout { kOneLine, kIndented };

// Writes `message` and a line end. False when it cannot be expressed in JSON (never for messages of
// our API).
bool WriteJson(const google::protobuf::Message& message, JsonLayout layout, std::ostream& out);

}  // namespace broadsheet::client
