// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/hold_pair.h"

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <array>
#include <string>

#include "indexer/sources/article/hold_rule.h"
#include "indexer/sources/article/status_words.h"
#include "indexer/sources/article/wire_date.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::hold {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

// In the order of preference, in letters and digits.
constexpr auto kNames = std::to_array<std::string_view>(
    {"key", "metakey", "name", "property", "field", "fieldname", "attribute", "label", "code", "id",
     "k", "formalname", "itemprop", "rel"});
constexpr auto kValues = std::to_array<std::string_view>(
    {"value", "metavalue", "content", "val", "v", "fieldvalue", "datetime", "date", "text", "data",
     "rawvalue", "stringvalue", "datevalue", "boolvalue"});

bool HasBlank(std::string_view name) { return name.find(' ') != std::string_view::npos; }

bool IsTime(std::string_view text) {
  google::protobuf::Timestamp time;
  return ReadInstant(text, &time);
}

// The embargo of a pair: any text with a digit where the name is one, no title.
bool StatesEmbargo(std::string_view name, std::string_view text) {
  const std::string plain = PlainName(text);
  if (SaysNothing(text) || plain == "usable") return false;
  if (plain.find("embarg") != std::string::npos && !IsEmbargoWord(plain)) {
    return plain.starts_with("embargoed") || plain.starts_with("embargountil") ||
           plain.starts_with("underembargo");
  }
  if (plain == "true" || plain == "yes" || IsEmbargoWord(plain) || IsHeldWord(text)) return true;
  if (IsTime(text)) return true;
  return page::HasDigit(text) && text.size() < 60 && !HasBlank(name);
}

// As a rule in a pair: a status is one of many.
HoldRule RuleOfPair(std::string_view name) {
  constexpr size_t kMaxBytes = 100;
  return name.size() > kMaxBytes ? HoldRule::kNone : RuleOf(name, Place::kAbout);
}

// The place of `word` in `list`; its size where it is absent.
template <size_t kSize>
size_t PlaceIn(const std::array<std::string_view, kSize>& list, std::string_view word) {
  return static_cast<size_t>(std::find(list.begin(), list.end(), word) - list.begin());
}

}  // namespace

std::optional<NamedValue> PairIn(const object& members) {
  constexpr size_t kMaxMembers = 12;
  if (members.size() < 2 || members.size() > kMaxMembers) return std::nullopt;
  NamedValue pair;
  size_t best_name = kNames.size();
  size_t best_value = kValues.size();
  for (const auto& [key, value] : members) {
    if (key.size() > kMaxMembers + 3) continue;
    const std::string plain = PlainWord(key);
    const size_t as_name = PlaceIn(kNames, plain);
    std::string_view text;
    if (as_name < best_name && value.get(text) == simdjson::SUCCESS) {
      best_name = as_name;
      pair.name = text;
    }
    const size_t as_value = PlaceIn(kValues, plain);
    if (as_value >= best_value) continue;
    best_value = as_value;
    pair.value = value;
    pair.member = key;
  }
  if (best_name == kNames.size() || best_value == kValues.size()) return std::nullopt;
  return pair;
}

std::optional<NamedText> PairAmong(const std::vector<std::pair<std::string, std::string>>& parts,
                                   const std::string& text) {
  NamedText pair{.name = {}, .value = text};
  size_t best_name = kNames.size();
  size_t best_value = kValues.size();
  for (const auto& [key, value] : parts) {
    const std::string plain = PlainWord(key);
    if (const size_t as_name = PlaceIn(kNames, plain); as_name < best_name) {
      best_name = as_name;
      pair.name = value;
    } else if (const size_t as_value = PlaceIn(kValues, plain); as_value < best_value) {
      best_value = as_value;
      pair.value = value;
    }
  }
  if (best_name == kNames.size() || pair.value.empty()) return std::nullopt;
  return pair;
}

bool PairHoldsBack(const NamedValue& pair) {
  const HoldRule rule = RuleOfPair(pair.name);
  if (rule == HoldRule::kNone || rule == HoldRule::kNinjsMark) return false;
  std::string_view text;
  if (pair.value.get(text) == simdjson::SUCCESS) return PairHoldsBack(pair.name, text);
  bool flag = false;
  double number = 0;
  if (rule != HoldRule::kHolds || pair.value.get(flag) == simdjson::SUCCESS) {
    return (!pair.value.is_array() && !pair.value.is_object()) && HoldsBack(rule, pair.value);
  }
  // A number is a time, or the weight of a topic.
  constexpr double kFirstTime = 1e8;
  return pair.value.get(number) == simdjson::SUCCESS && number >= kFirstTime;
}

bool PairHoldsBack(std::string_view name, std::string_view value) {
  const HoldRule rule = RuleOfPair(name);
  if (rule == HoldRule::kNone || rule == HoldRule::kNinjsMark) return false;
  return rule == HoldRule::kHolds ? StatesEmbargo(name, value) : HoldsBack(rule, value);
}

}  // namespace broadsheet::sources::hold
