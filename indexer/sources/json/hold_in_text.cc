// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/hold_in_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "indexer/sources/article/hold_rule.h"
#include "indexer/sources/article/status_words.h"

namespace broadsheet::sources {
namespace {

using hold::HoldRule;

// The name in quotation marks of which the last is at `close`, where it is the first in a line or
// stands behind what is before a member: "{" or ",".
std::string_view MemberNameBefore(std::string_view text, size_t close) {
  constexpr size_t kMaxNameBytes = 100;
  if (close == 0) return {};
  const size_t first = close - std::min(close, kMaxNameBytes);
  const size_t found = text.substr(first, close - first).rfind(text[close]);
  if (found == std::string_view::npos) return {};
  const size_t open = first + found;
  const size_t before = text.substr(0, open).find_last_not_of(" \t\\");
  const bool is_member =
      before == std::string_view::npos || std::string_view("{,\r\n").find(text[before]) < 4;
  return is_member ? text.substr(open + 1, close - open - 1) : std::string_view();
}

// The value that `text`, behind a name and its colon, starts with, in letters and digits; "" when
// it is a sentence or says nothing.
std::string PlainValueAt(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n\\");
  if (begin == std::string_view::npos) return "";
  constexpr size_t kMaxValueBytes = 100;
  text = text.substr(begin, kMaxValueBytes);
  const std::string start = absl::AsciiStrToLower(std::string(text.substr(0, 8)));
  const bool is_value =
      std::string_view("\"'{[0123456789").find(start[0]) != std::string_view::npos ||
      start.starts_with("true") || start.starts_with("false") || start == "datetime";
  const std::string plain = PlainWord(text.substr(0, text.find_first_of(",}]\r\n", 1)));
  if (is_value && start.starts_with("false")) return "false";
  return is_value && !hold::SaysNothing(plain) ? plain : "";
}

bool HoldsInText(std::string_view name, std::string_view value) {
  const HoldRule rule = hold::RuleOf(name, hold::Place::kRecord);
  if (rule == HoldRule::kShown) return value == "false";
  if (value.empty() || value == "usable" || value == "false") return false;
  if (rule == HoldRule::kFlag) return value.starts_with("true") || value == "1";
  if (rule == HoldRule::kHolds || rule == HoldRule::kNinjsMark) return true;
  const bool is_status = rule == HoldRule::kStatus || rule == HoldRule::kStatusWord;
  return rule == HoldRule::kPublicationStatus || (is_status && hold::IsHeldWord(value));
}

}  // namespace

std::optional<std::string> FindHoldInText(std::string_view text) {
  // ":" of Python and JavaScript, "=>" of PHP and Ruby.
  for (size_t colon = text.find_first_of(":="); colon != std::string_view::npos;
       colon = text.find_first_of(":=", colon + 1)) {
    const bool is_arrow = text.substr(colon).starts_with("=>");
    if (text[colon] == '=' && !is_arrow) continue;
    const size_t quote = text.find_last_not_of(" \t\r\n", colon == 0 ? 0 : colon - 1);
    if (quote == std::string_view::npos || (text[quote] != '"' && text[quote] != '\'')) continue;
    const std::string_view name = MemberNameBefore(text, quote);
    if (name.empty()) continue;
    if (HoldsInText(name, PlainValueAt(text.substr(colon + (is_arrow ? 2 : 1)))))
      return PlainWord(name);
  }
  return std::nullopt;
}

}  // namespace broadsheet::sources
