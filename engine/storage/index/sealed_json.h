// SPDX-License-Identifier: GPL-3.0-or-later
// A message as JSON that vouches for itself: its first field, a string named `checksum`, is the
// XXH3-128 of the whole text with these digits replaced by zeros.
#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace broadsheet::storage {

// The proto3 JSON mapping, default values printed. `message.checksum` is overwritten. INTERNAL when
// the message does not start with such a field.
absl::StatusOr<std::string> SealJson(google::protobuf::Message& message);

// DATA_LOSS, in half a sentence ("its checksum does not match"), when `json` is not what SealJson
// made of a message of this type. Fields that the type does not have are passed over: a later
// format may have more to say.
absl::Status UnsealJson(const std::string& json, google::protobuf::Message* message);

}  // namespace broadsheet::storage
