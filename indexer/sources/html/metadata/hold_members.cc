// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/metadata/hold_members.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "indexer/sources/article/hold_rule.h"
#include "indexer/sources/article/note_name.h"
#include "indexer/sources/article/status_words.h"
#include "indexer/sources/html/metadata/json_ld_value.h"
#include "indexer/sources/wording/word_set.h"

namespace broadsheet::sources::html {
namespace {

using hold::HoldRule;
using simdjson::dom::element;
using simdjson::dom::object;

// "https://schema.org/Draft" -> "draft"
std::string PlainStatus(std::string_view status) {
  const size_t mark = status.find_last_of(":/#");
  if (mark != status.npos) status.remove_prefix(mark + 1);
  return PlainWord(status);
}

// Statuses of what readers may see.
bool IsShown(std::string_view status) {
  constexpr auto kShown = std::to_array<std::string_view>(
      {"published", "publish", "public",    "usable",   "live",     "online",     "active",
       "visible",   "final",   "released",  "release",  "approved", "complete",   "completed",
       "current",   "updated", "corrected", "obsolete", "archived", "developing", "updating"});
  const std::string plain = PlainStatus(status);
  return IsOneOf(plain, kShown);
}

// What a statement with a rule says; `part` is its name, for messages.
void AddByRule(HoldRule rule, std::string part, std::string_view value,
               std::vector<HoldStatement>* holds) {
  using Kind = HoldStatement::Kind;
  if (rule == HoldRule::kShown && hold::SaysNo(value)) {
    holds->push_back({Kind::kStatus, std::move(part), "withheld"});
    return;
  }
  if (hold::SaysNothing(value)) return;
  switch (rule) {
    case HoldRule::kReleaseDate:
      holds->push_back({Kind::kReleaseTime, std::move(part), std::string(value)});
      break;
    case HoldRule::kHolds:
      holds->push_back({Kind::kEmbargo, std::move(part), std::string(value)});
      break;
    case HoldRule::kPublicationStatus:
      if (IsShown(value)) break;
      holds->push_back({Kind::kStatus, std::move(part), std::string(value)});
      break;
    case HoldRule::kStatus:
    case HoldRule::kStatusWord:
      if (!hold::IsHeldWord(value)) break;
      holds->push_back({Kind::kStatus, std::move(part), std::string(value)});
      break;
    case HoldRule::kFlag:
      if (!hold::SaysYes(value)) break;
      holds->push_back({Kind::kStatus, std::move(part), "withheld"});
      break;
    default:
      break;
  }
}

// What the use of an article is restricted to, or an editor's note.
void AddNote(std::string_view name, std::string part, std::string_view value,
             std::vector<HoldStatement>* holds) {
  if (value.empty() || !NamesNote(name, hold::Place::kElsewhere)) return;
  holds->push_back({HoldStatement::Kind::kNote, std::move(part), std::string(value)});
}

// A status may be a term with a name: {"@type": "DefinedTerm", "name": "Draft"}.
std::string_view TextOrName(element value) {
  object term;
  const std::string_view text = JsonLdText(value);
  if (!text.empty() || value.get(term) != simdjson::SUCCESS) return text;
  for (const char* name : {"name", "termCode", "@id"}) {
    const std::string_view found = JsonLdMember(term, name);
    if (!found.empty()) return found;
  }
  return {};
}

// The rule of a name in JSON-LD or in a meta element.
HoldRule RuleOfName(std::string_view name) {
  const std::string plain = PlainWord(name);
  if (plain == "creativeworkstatus") return HoldRule::kPublicationStatus;
  if (plain == "available") return HoldRule::kReleaseDate;
  return hold::RuleOf(name, hold::Place::kElsewhere);
}

// The name that ends before `end`, in quotes or not; "" where a name cannot stand.
std::string_view NameBefore(std::string_view script, size_t end) {
  constexpr std::string_view kQuotes = "\"'`";
  while (end > 0 && absl::ascii_isspace(static_cast<unsigned char>(script[end - 1]))) --end;
  const bool is_quoted = end > 0 && kQuotes.find(script[end - 1]) != std::string_view::npos;
  if (is_quoted) --end;
  size_t begin = end;
  const auto is_of_name = [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
  };
  while (begin > 0 && is_of_name(script[begin - 1])) --begin;
  const std::string_view name = script.substr(begin, end - begin);
  if (is_quoted) return name;
  // Words of a sentence may stand before a colon, too.
  while (begin > 0 && (script[begin - 1] == ' ' || script[begin - 1] == '\t')) --begin;
  const bool is_member =
      begin == 0 || std::string_view("{,\r\n").find(script[begin - 1]) != std::string_view::npos;
  return is_member ? name : std::string_view();
}

// The values that begin `text`: one, or those within an object or a list.
std::vector<std::string> ValuesAt(std::string_view text) {
  constexpr size_t kMostBytes = 200;
  std::vector<std::string> values;
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return values;
  text = text.substr(begin, kMostBytes);
  const bool is_list = text.front() == '{' || text.front() == '[';
  const bool is_string = text.front() == '"' || text.front() == '\'' || text.front() == '`';
  if (is_string) {
    values.emplace_back(
        text.substr(1, text.find_first_of(std::string({text.front(), '\n'}), 1) - 1));
    return values;
  }
  if (!is_list) {
    values.emplace_back(text.substr(0, text.find_first_of(",}]\r\n")));
    absl::StripAsciiWhitespace(&values.back());
    return values;
  }
  text = text.substr(1, text.find_first_of("}]", 1) - 1);
  const std::vector<std::string> parts =
      absl::StrSplit(std::string(text), absl::ByAnyChar("\"'`:,"));
  std::copy_if(parts.begin(), parts.end(), std::back_inserter(values),
               [](const std::string& part) { return hold::IsHeldWord(part); });
  return values;
}

// Metadata of films and wares have a release date of their own.
bool IsOfAnotherThing(std::string_view name) {
  constexpr auto kThings = std::to_array<std::string_view>(
      {"video:", "book:", "music:", "product:", "og:video", "og:product", "game:", "movie:"});
  return std::any_of(kThings.begin(), kThings.end(),
                     [&](std::string_view thing) { return name.starts_with(thing); });
}

}  // namespace

void AddHoldMembers(object of, std::vector<HoldStatement>* holds) {
  for (const auto [key, value] : of) {
    AddNote(key, absl::StrCat("JSON-LD ", std::string(key)), TextOrName(value), holds);
    const HoldRule rule = RuleOfName(key);
    if (rule == HoldRule::kNone || rule == HoldRule::kNinjsMark) continue;
    bool flag = false;
    const bool is_flag = value.get(flag) == simdjson::SUCCESS;
    const std::string_view text = is_flag ? (flag ? "true" : "false") : TextOrName(value);
    AddByRule(rule, absl::StrCat("JSON-LD ", std::string(key)), text, holds);
  }
}

void AddHoldsInText(std::string_view script, std::vector<HoldStatement>* holds) {
  const std::string text = absl::StrReplaceAll(std::string(script), {{"&quot;", "\""},
                                                                     {"&#34;", "\""},
                                                                     {"\\\"", "\""},
                                                                     {"\xe2\x80\x9c", "\""},
                                                                     {"\xe2\x80\x9d", "\""}});
  // Of other things a time of release is their own.
  const bool is_article = absl::StrContains(text, "Article") || absl::StrContains(text, "Posting");
  for (size_t colon = text.find(':'); colon != std::string::npos;
       colon = text.find(':', colon + 1)) {
    const std::string_view name = NameBefore(text, colon);
    const HoldRule rule = name.empty() ? HoldRule::kNone : RuleOfName(name);
    if (rule == HoldRule::kNone || rule == HoldRule::kNinjsMark) continue;
    if (rule == HoldRule::kReleaseDate && !is_article) continue;
    for (const std::string& value : ValuesAt(std::string_view(text).substr(colon + 1))) {
      AddByRule(rule, absl::StrCat("unreadable JSON-LD ", std::string(name)), value, holds);
    }
  }
}

void StateHolds(const std::vector<HoldStatement>& holds, ReleaseStatement& release) {
  for (const HoldStatement& hold : holds) {
    if (hold.kind == HoldStatement::Kind::kEmbargo) {
      release.StateEmbargo(hold.part, hold.value);
    } else if (hold.kind == HoldStatement::Kind::kNote) {
      release.StateNote(hold.part, hold.value);
    } else if (hold.kind == HoldStatement::Kind::kReleaseTime) {
      release.StateReleaseTime(hold.part, hold.value);
    } else if (hold::IsHeldWord(hold.value)) {
      release.Withhold(hold.part,
                       absl::StrCat("withheld, since ", hold.part, " is \"", hold.value, "\""));
    } else {
      release.StateStatus(hold.part, hold.value);
    }
  }
}

void AddHoldMeta(std::string_view kind, std::string_view name, std::string_view value,
                 std::vector<HoldStatement>* holds) {
  const std::string lower = absl::AsciiStrToLower(std::string(name));
  if (IsOfAnotherThing(lower)) return;
  // "prism.embargoDate", "article:status"
  const size_t mark = lower.find_last_of(".:");
  const std::string_view last =
      std::string_view(name).substr(mark == std::string::npos ? 0 : mark + 1);
  AddNote(last, absl::StrCat(std::string(kind), " ", std::string(name)), value, holds);
  AddByRule(RuleOfName(last), absl::StrCat(std::string(kind), " ", std::string(name)), value,
            holds);
}

}  // namespace broadsheet::sources::html
