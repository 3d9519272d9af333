// SPDX-License-Identifier: GPL-3.0-or-later
// A message as JSON with its own checksum: the first field, a string named `checksum`, is the
// XXH3-128 of the whole text with these digits replaced by zeros.
#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace broadsheet::storage {

// Writes the proto3 JSON mapping, default values included. `message.checksum` is overwritten.
// INTERNAL when the message does not start with such a field.
absl::StatusOr<std::string> SealJson(google::protobuf::Message& message);

// DATA_LOSS, in half a sentence ("its checksum does not match"), when `json` is not what SealJson
// made of a message of this type. Ignores fields that the type does not have, which a later format
// may have added.
absl::Status UnsealJson(const std::string& json, google::protobuf::Message* message);

}  // namespace broadsheet::storage
