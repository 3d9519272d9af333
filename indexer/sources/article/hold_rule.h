// SPDX-License-Identifier: GPL-3.0-or-later
// Which names of JSON members may hold an article back, and by which values. docs/formats.md has
// the list for its readers.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace broadsheet::sources::hold {

// What a name says of its value.
enum class HoldRule : uint8_t {
  kNone,
  kHolds,              // holds back by any value that says something
  kStatus,             // holds back by any status but those that show
  kPublicationStatus,  // the same; nothing but an article has one
  kStatusWord,         // holds back by a word for it: the status may be that of something else
  kReleaseDate,        // holds back when it lies ahead
  kFlag,               // holds back when true
  kNinjsMark,          // no hold itself, but tells that its object is of ninjs
};

// `is_inner`: the member is inside another one, so that it may be about something else.
HoldRule RuleOf(std::string_view name, bool is_inner);

// For a value that is no object and no array.
bool HoldsBack(HoldRule rule, const simdjson::dom::element& value);

// null, false, 0, "", "no", and arrays and objects of nothing else.
bool SaysNothing(std::string_view text);
bool SaysNothing(const simdjson::dom::element& value);

// "withheld", "stat:canceled", "STATUS_WITHHELD", "draft".
bool IsHeldWord(std::string_view text);

// Letters and digits, in lower case: "Embargoed_Until" -> "embargoeduntil".
std::string PlainName(std::string_view name);

}  // namespace broadsheet::sources::hold
