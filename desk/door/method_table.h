// SPDX-License-Identifier: GPL-3.0-or-later
// Which path of the JSON door is which method of the API. One row a method; a test compares the
// rows with the services' descriptors, so that none is forgotten.
#pragma once

#include <google/protobuf/descriptor.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "desk/http/message.h"

namespace broadsheet::desk {

struct DoorMethod {
  HttpMethod verb;  // kGet: the request is made of the path and of parameters; kPost: of the body
  std::string_view path;  // "/v1/articles/{id}": what stands in braces is a field of the request
  std::string_view full_name;  // "broadsheet.v1.SearchService.GetArticle"
};

// Lives as long as the program.
std::span<const DoorMethod> DoorMethods();

// The services of which the door has every method.
std::span<const std::string_view> DoorServices();

// Its descriptor; never null for a row of the table.
const google::protobuf::MethodDescriptor* DescriptorOf(const DoorMethod& method);

struct DoorMatch {
  const DoorMethod* method = nullptr;
  // The field in braces and its value, decoded; empty without.
  std::string field = {};
  std::string value = {};
};

// The row of a path as it was sent, whatever its verb; `method` is null when there is none.
DoorMatch FindMethod(std::string_view path, HttpMethod verb);
// Whether some row has this path, with whatever verb.
bool IsDoorPath(std::string_view path);

// Whether its answer is a stream of messages.
bool IsStream(const DoorMethod& method);

}  // namespace broadsheet::desk
