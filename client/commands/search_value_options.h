// SPDX-License-Identifier: GPL-3.0-or-later
// The options of a search that may be given again, each a list of values of one field: one row an
// option.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "broadsheet/v1/search_service.pb.h"
#include "client/commands/search_options.h"

namespace broadsheet::client {

struct ValueOption {
  std::string_view name;  // "--tag": the field's, behind two dashes
  std::vector<std::string> SearchOptions::*values;
  // The condition it makes; null for one that becomes a clause of the query, a phrase in the field.
  v1::ValueFilter* (v1::Filter::*filter)();
  // An article has several tags and authors, so all those asked for must be there; it has one
  // section, source and language, so one of them is enough.
  bool all;
  const char* help;

  std::string_view field() const { return name.substr(2); }
};

// In the order in which help lists them. Lives as long as the program.
std::span<const ValueOption> ValueOptions();

}  // namespace broadsheet::client
