// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/hold_rule.h"

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <unordered_map>

#include "absl/strings/ascii.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "indexer/sources/article/release.h"
#include "indexer/sources/article/status_words.h"
#include "indexer/sources/article/wire_date.h"

namespace broadsheet::sources::hold {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

template <size_t N>
bool IsOneOf(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 12> kHoldNames = {
    "withheld", "iswithheld", "withhold", "withhelduntil", "withholduntil", "heldback",
    "hold",     "holduntil",  "onhold",   "isonhold",      "helduntil",     "holdforrelease"};

constexpr std::array<std::string_view, 5> kPublicationStatusNames = {
    "pubstatus", "publicationstatus", "publishstatus", "publishingstatus", "publishedstatus"};

// What stands before "status" or "state" where it is the article's.
constexpr std::array<std::string_view, 21> kStatusOwners = {
    "management", "",      "article",  "story",     "item", "news",     "newsitem",
    "content",    "entry", "post",     "page",      "doc",  "document", "copy",
    "record",     "desk",  "workflow", "editorial", "edit", "release",  "current"};

constexpr std::array<std::string_view, 33> kReleaseDateNames = {
    "publishat",       "publishon",          "publishfrom",
    "publishschedule", "scheduledat",        "scheduledfor",
    "scheduledtime",   "scheduleddate",      "scheduledpublishdate",
    "publishstart",    "visibleafter",       "showafter",
    "validfrom",       "onlinefrom",         "freigabe",
    "freigabedatum",   "freigabezeit",       "notforreleasebefore",
    "releasedate",     "releasetime",        "releaseat",
    "releaseon",       "releasefrom",        "releasedatetime",
    "dateofrelease",   "daterelease",        "publishafter",
    "notbefore",       "donotpublishbefore", "notforpublicationbefore",
    "availablefrom",   "visiblefrom",        "golivedate"};

constexpr std::array<std::string_view, 15> kFlagNames = {
    "donotpublish", "donotuse", "notforpublication", "notforrelease", "isspiked",
    "draft",        "isdraft",  "canceled",          "iscanceled",    "cancelled",
    "iscancelled",  "killed",   "iskilled",          "unpublished",   "spiked"};

constexpr std::array<std::string_view, 14> kShownNames = {
    "published",     "public",     "visible",   "ispublished", "ispublic",
    "isvisible",     "isreleased", "released",  "isapproved",  "publishable",
    "ispublishable", "isusable",   "iscleared", "isonline"};

using HoldRules = std::unordered_map<std::string, HoldRule>;

HoldRules MakeHoldRules() {
  HoldRules rules = {{"versioncreated", HoldRule::kNinjsMark}};
  for (const std::string_view owner : kStatusOwners) {
    for (const char* noun : {"status", "state"}) {
      rules.emplace(std::string(owner) + noun, HoldRule::kStatusWord);
    }
  }
  rules["status"] = HoldRule::kStatus;
  for (const std::string_view name : kHoldNames) rules.emplace(name, HoldRule::kHolds);
  for (const std::string_view name : kPublicationStatusNames) {
    rules.emplace(name, HoldRule::kPublicationStatus);
  }
  for (const std::string_view name : kReleaseDateNames) rules.emplace(name, HoldRule::kReleaseDate);
  for (const std::string_view name : kFlagNames) rules.emplace(name, HoldRule::kFlag);
  for (const std::string_view name : kShownNames) rules.emplace(name, HoldRule::kShown);
  return rules;
}

// Names that hold back by any part of them; "Sperrfrist" is the embargo of German agencies.
constexpr std::array<std::string_view, 2> kHoldParts = {"embargo", "sperrfrist"};

// The letters that a name has, a bit each.
uint32_t LettersOf(std::string_view name) {
  uint32_t letters = 0;
  for (const char c : name) {
    const uint32_t letter = (static_cast<unsigned char>(c) | 0x20U) - 'a';
    if (letter < 26) letters |= 1U << letter;
  }
  return letters;
}

// Tells most names that have no rule by their letters: there may be hundreds in a record.
class NameFilter {
 public:
  explicit NameFilter(const HoldRules& rules) {
    for (const auto& [name, rule] : rules) may_have_rule_.set(Slot(LettersOf(name)));
    for (size_t i = 0; i < kHoldParts.size(); ++i) parts_[i] = LettersOf(kHoldParts[i]);
  }
  bool MayHaveRule(std::string_view name) const {
    const uint32_t letters = LettersOf(name);
    return may_have_rule_[Slot(letters)] ||
           std::any_of(parts_.begin(), parts_.end(),
                       [letters](uint32_t part) { return (letters & part) == part; });
  }

 private:
  static constexpr size_t kSlotBits = 12;
  static size_t Slot(uint32_t letters) { return (letters * 0x9E3779B1U) >> (32 - kSlotBits); }

  std::bitset<1 << kSlotBits> may_have_rule_;
  std::array<uint32_t, kHoldParts.size()> parts_ = {};
};

v1::Article::Status StatusIn(const element& value) {
  std::string_view text;
  return value.get(text) == simdjson::SUCCESS ? ReadStatus(text) : v1::Article::STATUS_UNSPECIFIED;
}

bool Shows(const element& value) { return StatusIn(value) == v1::Article::STATUS_USABLE; }

bool IsUsable(const element& value) {
  std::string_view text;
  return value.get(text) == simdjson::SUCCESS && PlainStatus(text) == "usable";
}

bool SaysHeldBack(const element& value) { return StatusIn(value) > v1::Article::STATUS_USABLE; }

// false, "no", 0: not null and not "".
bool SaysNo(const element& value) {
  bool flag = true;
  std::string_view text;
  int64_t number = 1;
  if (value.get(flag) == simdjson::SUCCESS) return !flag;
  if (value.get(number) == simdjson::SUCCESS) return number == 0;
  constexpr std::array<std::string_view, 5> kNo = {"false", "no", "n", "0", "f"};
  return value.get(text) == simdjson::SUCCESS && IsOneOf(PlainWord(text), kNo);
}

bool SaysYes(const element& value) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return !SaysNothing(value);
  constexpr std::array<std::string_view, 5> kYes = {"true", "yes", "y", "1", "t"};
  return IsOneOf(PlainWord(text), kYes);
}

// A date, or a number since 1970, that has not come yet.
bool LiesAhead(const element& value) {
  std::string_view text;
  double number = 0;
  google::protobuf::Timestamp time;
  if (value.get(number) == simdjson::SUCCESS) return TimeOfNumber(number) > absl::Now();
  return value.get(text) == simdjson::SUCCESS && ReadInstant(text, &time) &&
         absl::FromUnixSeconds(time.seconds()) > absl::Now();
}

}  // namespace

HoldRule RuleOf(std::string_view name, bool is_inner) {
  static const auto& rules = *new HoldRules(MakeHoldRules());
  static const auto& filter = *new NameFilter(rules);
  if (!filter.MayHaveRule(name)) return HoldRule::kNone;
  const std::string plain = PlainWord(name);
  for (const std::string_view part : kHoldParts) {
    if (plain.find(part) != std::string::npos) return HoldRule::kHolds;
  }
  const auto found = rules.find(plain);
  if (found == rules.end()) return HoldRule::kNone;
  if (is_inner && plain == "status") return HoldRule::kStatusWord;
  if (is_inner && found->second == HoldRule::kNinjsMark) return HoldRule::kNone;
  // Of an author or an album, perhaps.
  const bool is_of_article = plain == "ispublished" || plain == "isreleased";
  if (is_inner && found->second == HoldRule::kShown && !is_of_article) return HoldRule::kNone;
  return found->second;
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

bool HoldsBack(HoldRule rule, const element& value) {
  if (rule == HoldRule::kShown) return SaysNo(value);
  if (rule == HoldRule::kNone || SaysNothing(value)) return false;
  switch (rule) {
    case HoldRule::kHolds:
      return !IsUsable(value);
    case HoldRule::kStatus:
    case HoldRule::kPublicationStatus:
      return !Shows(value);
    case HoldRule::kStatusWord:
      return SaysHeldBack(value);
    case HoldRule::kReleaseDate:
      return LiesAhead(value);
    case HoldRule::kFlag:
      return SaysYes(value);
    default:
      return true;
  }
}

}  // namespace broadsheet::sources::hold
