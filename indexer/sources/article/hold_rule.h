// SPDX-License-Identifier: GPL-3.0-or-later
// The names of JSON members that may hold an article back, and with which values. docs/formats.md
// lists them.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace broadsheet::sources::hold {

// How a name tells whether its value holds the article back.
enum class HoldRule : uint8_t {
  kNone,
  kHolds,              // any value holds back that is not empty (SaysNothing)
  kStatus,             // any status holds back except those that release
  kPublicationStatus,  // the same, for a name that only articles have
  kStatusWord,         // only a known word holds back: it may be the status of something else
  kReleaseDate,        // a date in the future holds back
  kFlag,               // true holds back
  kShown,              // false holds back
  kNinjsMark,          // does not hold back, but shows that its object is ninjs
};

// Where a member stands: in the record itself, in a member that says more about the article
// ("meta", "fields"), or elsewhere, so that it may not be about the article.
enum class Place : uint8_t { kRecord, kAbout, kElsewhere };

// Whether members inside one of this name are about the article.
bool IsAboutArticle(std::string_view name);

// A name that was made flat counts by each of its parts: "item.pubstatus", "wp:status".
HoldRule RuleOf(std::string_view name, Place place);

// Precondition: `value` is neither an object nor an array.
bool HoldsBack(HoldRule rule, const simdjson::dom::element& value);

// The same of a value that is text.
bool HoldsBack(HoldRule rule, std::string_view value);

// True for null, false, 0, "", "no", and arrays and objects that contain only these.
bool SaysNothing(std::string_view text);
bool SaysNothing(const simdjson::dom::element& value);

// "false", "no", 0: neither null nor "".
bool SaysNo(std::string_view text);
// "true", "yes", "1".
bool SaysYes(std::string_view text);

// "withheld", "stat:canceled", "STATUS_WITHHELD", "draft".
bool IsHeldWord(std::string_view text);

}  // namespace broadsheet::sources::hold
