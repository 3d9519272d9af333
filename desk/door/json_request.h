// SPDX-License-Identifier: GPL-3.0-or-later
// Messages of the API from JSON and from parameters, and back. Pure; safe from any thread.
#pragma once

#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "desk/http/message.h"

namespace broadsheet::desk {

// An empty message of the type.
std::unique_ptr<google::protobuf::Message> NewMessage(const google::protobuf::Descriptor* type);

// By protobuf's JSON mapping; an empty text is an empty message. INVALID_ARGUMENT with what is
// wrong.
absl::Status ReadJson(const std::string& json, google::protobuf::Message& message);

// Sets fields by name, "page_size" or "pageSize": numbers, booleans, texts, names of enum values,
// lists of these (given again), and field masks with commas. INVALID_ARGUMENT for others.
absl::Status ReadParameters(const std::vector<NameAndValue>& parameters,
                            google::protobuf::Message& message);

// On one line, without an end of line.
std::string WriteJson(const google::protobuf::Message& message);

}  // namespace broadsheet::desk
