// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/held_settings.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "indexer/sources/article/hold_rule.h"
#include "indexer/sources/article/status_words.h"

namespace broadsheet::sources::page {
namespace {

constexpr std::string_view kSpaces = " \t\r\f\v";

std::string_view WithoutSpaces(std::string_view line) {
  const size_t begin = line.find_first_not_of(kSpaces);
  if (begin == line.npos) return {};
  return line.substr(begin, line.find_last_not_of(kSpaces) - begin + 1);
}

struct Setting {
  std::string_view name;
  std::string_view value;
};

// Of "name: value", "name = value", ":name: value" and "name: value,"; nothing for any other line.
std::optional<Setting> ReadSetting(std::string_view line) {
  constexpr size_t kMaxNameBytes = 60;
  if (line.starts_with(':')) line.remove_prefix(1);
  size_t end = 0;
  while (end < line.size() && end < kMaxNameBytes &&
         (absl::ascii_isalnum(static_cast<unsigned char>(line[end])) ||
          std::string_view("_-.'\"").find(line[end]) != line.npos)) {
    ++end;
  }
  if (end == 0 || absl::ascii_isdigit(static_cast<unsigned char>(line.front())))
    return std::nullopt;
  const size_t mark = line.find_first_not_of(kSpaces, end);
  if (mark == line.npos) return std::nullopt;
  const std::string_view value = WithoutSpaces(line.substr(mark + 1));
  const bool is_colon = line[mark] == ':' && mark == end &&
                        (value.empty() || kSpaces.find(line[mark + 1]) != kSpaces.npos);
  const bool is_equals = line[mark] == '=' && !value.starts_with('=');
  if (!is_colon && !is_equals) return std::nullopt;
  return Setting{.name = line.substr(0, end), .value = value};
}

bool Holds(const Setting& setting) {
  using hold::HoldRule;
  const std::string value = PlainWord(setting.value);
  const HoldRule rule = hold::RuleOf(setting.name, hold::Place::kRecord);
  const bool says_no = value == "false" || value == "no" || value == "0";
  if (rule == HoldRule::kShown) return says_no;
  if (value.empty() || hold::SaysNothing(value)) return false;
  switch (rule) {
    case HoldRule::kHolds:
    case HoldRule::kPublicationStatus:
      return value != "usable" && (rule == HoldRule::kHolds || hold::IsHeldWord(value));
    case HoldRule::kStatus:
    case HoldRule::kStatusWord:
      return hold::IsHeldWord(value);
    case HoldRule::kFlag:
      return value == "true" || value == "yes" || value == "1" || value == "y" || value == "on";
    default:
      return false;
  }
}

bool OpensBlock(std::string_view line) {
  return line.ends_with('{') || line.ends_with('(') || line.ends_with('[');
}

bool IsRule(std::string_view line) {
  return line == "<!--" || line == "-->" || line.find_first_not_of("-=+;.") == line.npos;
}

// "{id: 1, draft: true}", "module.exports = {": a program's or a printed object in one line.
bool BeginsObject(std::string_view line) {
  constexpr size_t kLongestBeginning = 40;
  const size_t brace = line.substr(0, kLongestBeginning).find('{');
  if (brace == line.npos) return false;
  const std::string_view before = WithoutSpaces(line.substr(0, brace));
  return before.empty() || before.ends_with('=') || before.ends_with('(') ||
         before.ends_with("default") || before.ends_with("return");
}

// The first setting within a line of a program that holds back.
std::optional<std::string> HeldWithin(std::string_view line) {
  constexpr std::string_view kMarks = "{},;";
  while (!line.empty()) {
    const size_t end = line.find_first_of(kMarks);
    const std::optional<Setting> setting = ReadSetting(WithoutSpaces(line.substr(0, end)));
    if (setting.has_value() && Holds(*setting)) return PlainWord(setting->name);
    line.remove_prefix(end == line.npos ? line.size() : end + 1);
  }
  return std::nullopt;
}

// Settings with a mark before the name may stand below a title: ":status: draft" of
// reStructuredText and AsciiDoc, "#+STATUS: draft" of Org, ".. status: draft" of Nikola.
std::optional<std::string> FindMarkedSetting(std::string_view text) {
  constexpr size_t kFirstLines = 30;
  for (size_t i = 0; i < kFirstLines && !text.empty(); ++i) {
    const size_t end = text.find('\n');
    std::string_view line = WithoutSpaces(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    for (const std::string_view mark : {"#+", ".. ", ":"}) {
      if (!line.starts_with(mark)) continue;
      const std::optional<Setting> setting = ReadSetting(line.substr(mark.size()));
      if (setting.has_value() && Holds(*setting)) return PlainWord(setting->name);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> FindHeldSetting(std::string_view text) {
  constexpr size_t kMostSettingsBytes = 1 << 20;
  text = text.substr(0, kMostSettingsBytes);
  std::optional<std::string> held = FindMarkedSetting(text);
  if (held.has_value()) return held;
  bool in_program = false;
  bool in_head = true;
  size_t settings = 0;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view raw = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    const std::string_view line = WithoutSpaces(raw);
    if (line.empty()) {
      // A single line may be a headline.
      if (in_head && settings > 1 && held.has_value()) return held;
      in_head = in_head && settings == 0;
      continue;
    }
    if (settings == 0 && in_head && (OpensBlock(line) || BeginsObject(line))) in_program = true;
    if (in_program && !held.has_value()) held = HeldWithin(line);
    if (in_program && held.has_value()) return held;
    const bool is_indented = kSpaces.find(raw.front()) != kSpaces.npos;
    if (is_indented && !in_program) continue;
    const std::optional<Setting> setting = ReadSetting(line);
    if (setting.has_value()) {
      ++settings;
      if (!held.has_value() && Holds(*setting)) held = PlainWord(setting->name);
      if (held.has_value() && in_program) return held;
    } else if (!in_program && !line.starts_with('#') && !(in_head && IsRule(line))) {
      const bool is_head = in_head && settings > 1;
      return is_head ? held : std::nullopt;
    }
  }
  return settings > 1 ? held : std::nullopt;
}

}  // namespace broadsheet::sources::page
