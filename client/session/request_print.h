// SPDX-License-Identifier: GPL-3.0-or-later
// `--print-request`: shows what would be asked, for people who write a program that asks the same.
#pragma once

#include <google/protobuf/message.h>

#include <string_view>

#include "client/session/command_context.h"

namespace broadsheet::client {

// With --print-request writes {"method": "broadsheet.v1.SearchService/SearchArticles", "request":
// {...}}, in which fields at their default are left out, and returns true: nothing is to be sent.
// Otherwise does nothing and returns false.
bool PrintedInstead(std::string_view method, const google::protobuf::Message& request,
                    CommandContext& context);

}  // namespace broadsheet::client
