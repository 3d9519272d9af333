// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/hold_rule.h"

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "indexer/sources/article/release.h"
#include "indexer/sources/article/status_words.h"
#include "indexer/sources/article/wire_date.h"
#include "indexer/sources/wording/word_set.h"

namespace broadsheet::sources::hold {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

bool Shows(std::string_view text) { return ReadStatus(text) == v1::Article::STATUS_USABLE; }

// false, "no", 0: not null and not "".
bool SaysNo(const element& value) {
  bool flag = true;
  int64_t number = 1;
  if (value.get(flag) == simdjson::SUCCESS) return !flag;
  return value.get(number) == simdjson::SUCCESS && number == 0;
}

// A date that has not come yet.
bool LiesAhead(std::string_view text) {
  google::protobuf::Timestamp time;
  return ReadInstant(text, &time) && absl::FromUnixSeconds(time.seconds()) > absl::Now();
}

// A number since 1970.
bool LiesAhead(const element& value) {
  double number = 0;
  return value.get(number) == simdjson::SUCCESS && TimeOfNumber(number) > absl::Now();
}

}  // namespace

bool SaysNo(std::string_view text) {
  constexpr std::array<std::string_view, 5> kNo = {"false", "no", "n", "0", "f"};
  return IsOneOf(PlainWord(text), kNo);
}

bool SaysYes(std::string_view text) {
  constexpr std::array<std::string_view, 5> kYes = {"true", "yes", "y", "1", "t"};
  return IsOneOf(PlainWord(text), kYes);
}

bool SaysNothing(std::string_view text) {
  constexpr std::array<std::string_view, 6> kNothing = {"0",    "false", "no",
                                                        "none", "null",  "statusunspecified"};
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos ||
         IsOneOf(PlainWord(text), kNothing);
}

bool SaysNothing(const element& value) {
  std::string_view text;
  bool flag = false;
  double number = 0;
  if (value.get(text) == simdjson::SUCCESS) return SaysNothing(text);
  if (value.get(flag) == simdjson::SUCCESS) return !flag;
  if (value.get(number) == simdjson::SUCCESS) return number == 0;
  array items;
  object members;
  if (value.get(items) == simdjson::SUCCESS) {
    return std::all_of(items.begin(), items.end(), [](const element& i) { return SaysNothing(i); });
  }
  if (value.get(members) == simdjson::SUCCESS) {
    return std::all_of(members.begin(), members.end(),
                       [](const auto& member) { return SaysNothing(member.value); });
  }
  return value.is_null();
}

bool IsHeldWord(std::string_view text) { return ReadStatus(text) > v1::Article::STATUS_USABLE; }

bool HoldsBack(HoldRule rule, std::string_view value) {
  if (rule == HoldRule::kShown) return SaysNo(value);
  if (rule == HoldRule::kNone || SaysNothing(value)) return false;
  switch (rule) {
    case HoldRule::kHolds:
      return PlainStatus(value) != "usable";
    case HoldRule::kStatus:
    case HoldRule::kPublicationStatus:
      return !Shows(value);
    case HoldRule::kStatusWord:
      return IsHeldWord(value);
    case HoldRule::kReleaseDate:
      return LiesAhead(value);
    case HoldRule::kFlag:
      return SaysYes(value);
    default:
      return true;
  }
}

bool HoldsBack(HoldRule rule, const element& value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return HoldsBack(rule, text);
  if (rule == HoldRule::kShown) return SaysNo(value);
  if (rule == HoldRule::kNone || SaysNothing(value)) return false;
  // A number or true, which is no word for a status.
  if (rule == HoldRule::kReleaseDate) return LiesAhead(value);
  return rule != HoldRule::kStatusWord;
}

}  // namespace broadsheet::sources::hold
