// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/json_output.h"

#include <google/protobuf/util/json_util.h>

#include <ostream>
#include <string>

#include "client/view/safe_output.h"

namespace broadsheet::client {

bool WriteJson(const google::protobuf::Message& message, JsonLayout layout, std::ostream& out) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  options.add_whitespace = layout == JsonLayout::kIndented;
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(message, &json, options).ok()) return false;
  json = WithMarksEscaped(json);
  out << json;
  if (json.empty() || json.back() != '\n') out << '\n';
  return true;
}

}  // namespace broadsheet::client
