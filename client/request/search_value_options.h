// SPDX-License-Identifier: GPL-3.0-or-later
// The search options that may be given several times, each a list of values of one field: one row
// an option.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "broadsheet/v1/search_service.pb.h"
#include "client/request/search_options.h"

namespace broadsheet::client {

struct ValueOption {
  std::string_view name;  // "--tag": two dashes and the field's name
  std::vector<std::string> SearchOptions::*values;
  // The filter that a value sets; null for an option whose values always become clauses of the
  // query, phrases in the field.
  v1::ValueFilter* (v1::Filter::*filter)();
  // Whether a value becomes such a clause all the same, unless it is in quotes.
  bool words;
  // Whether an article must have all values (tags and authors, of which it has several) or any of
  // them (section, source and language, of which it has one).
  bool all;
  const char* help;

  std::string_view field() const { return name.substr(2); }

  // What a value of `options` sets in the filter, without quotes; nullopt when it becomes a clause.
  std::optional<std::string> FilterValue(const SearchOptions& options,
                                         const std::string& value) const;
};

// In the order in which help lists them. Lives as long as the program.
std::span<const ValueOption> ValueOptions();

}  // namespace broadsheet::client
