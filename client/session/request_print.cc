// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/request_print.h"

#include <google/protobuf/util/json_util.h>

#include <ostream>
#include <string>

#include "client/view/safe_output.h"

namespace broadsheet::client {

bool PrintedInstead(std::string_view method, const google::protobuf::Message& request,
                    CommandContext& context) {
  if (!context.print_request) return false;
  std::string json;
  // A message of our API can always be expressed in JSON, once its text is valid UTF-8.
  const auto done = google::protobuf::util::MessageToJsonString(request, &json);
  if (!done.ok()) json = "{}";
  context.streams.out << "{\"method\": \"broadsheet.v1." << method
                      << "\", \"request\": " << WithMarksEscaped(json) << "}\n";
  return true;
}

}  // namespace broadsheet::client
