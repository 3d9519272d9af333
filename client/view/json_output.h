// SPDX-License-Identifier: GPL-3.0-or-later
// Prints the API's messages as JSON: proto3 mapping, lowerCamelCase, default values included.
#pragma once

#include <iosfwd>

#include <google/protobuf/message.h>

namespace broadsheet::client {

enum class JsonLayout { kOneLine, kIndented };

// Writes `message` and a line end. False when it cannot be expressed in JSON (never for messages of
// our API).
bool WriteJson(const google::protobuf::Message& message, JsonLayout layout, std::ostream& out);

}  // namespace broadsheet::client
