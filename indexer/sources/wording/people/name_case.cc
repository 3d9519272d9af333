// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/people/name_case.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <vector>

#include "engine/text/char_class.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::people {
namespace {

// Stand in lower case between other names.
constexpr auto kParticles = std::to_array<std::string_view>(
    {"af",  "al",  "av",  "bin", "bint", "da", "das", "de",  "del", "della",
     "den", "der", "di",  "do",  "dos",  "du", "el",  "ibn", "la",  "le",
     "ten", "ter", "van", "vom", "von",  "y",  "zu",  "zum", "zur"});
constexpr auto kNumerals = std::to_array<std::string_view>({"ii", "iii", "iv", "vi", "vii"});

void Append(UChar32 character, std::string* to) {
  std::array<char, U8_MAX_LENGTH> bytes = {};
  size_t size = 0;
  U8_APPEND_UNSAFE(bytes.data(), size, static_cast<uint32_t>(character));
  to->append(bytes.data(), size);
}

std::string Lower(std::string_view word) {
  std::string lower;
  for (size_t at = 0; at < word.size();) {
    const text::Character character = text::CharacterAt(word, at);
    Append(u_tolower(character.code_point), &lower);
    at = character.end;
  }
  return lower;
}

template <typename Table>
bool Holds(const Table& table, std::string_view word) {
  return std::find(table.begin(), table.end(), word) != table.end();
}

// A capital at the start, behind hyphens, dots and an apostrophe near the start, and after "Mc".
std::string Capitalised(std::string_view lower) {
  std::string word;
  bool next_is_capital = true;
  for (size_t at = 0; at < lower.size();) {
    const text::Character character = text::CharacterAt(lower, at);
    const UChar32 c = character.code_point;
    Append(next_is_capital ? u_totitle(c) : c, &word);
    const bool apostrophe = c == '\'' || c == 0x2019;
    constexpr size_t kLongestPrefix = 2;  // O', D', Ni'
    next_is_capital = (next_is_capital && !u_isalpha(c)) || c == '-' || c == 0x2010 || c == '.' ||
                      (apostrophe && at <= kLongestPrefix) || word == "Mc";
    at = character.end;
  }
  return word;
}

enum class Case : uint8_t { kMixed, kUpper, kLower };

Case CaseOf(std::string_view name) {
  bool upper = false;
  bool lower = false;
  for (size_t at = 0; at < name.size();) {
    const text::Character character = text::CharacterAt(name, at);
    upper = upper || u_isupper(character.code_point);
    lower = lower || u_islower(character.code_point);
    at = character.end;
  }
  if (upper == lower) return Case::kMixed;
  return upper ? Case::kUpper : Case::kLower;
}

}  // namespace

bool IsInCapitals(std::string_view text) { return CaseOf(text) == Case::kUpper; }

std::string InSmallLetters(std::string_view text) { return Lower(text); }

std::string RepairNameCase(std::string_view name) {
  constexpr size_t kShortWord = 5;
  const std::vector<std::string_view> words = page::Words(name);
  const Case name_case = CaseOf(name);
  // A lone word may be an abbreviation or how somebody signs.
  const bool lone = words.size() < 2 && (name_case == Case::kLower || name.size() <= kShortWord);
  if (name_case == Case::kMixed || lone) {
    // "Jane DOE": French and Asian pages print family names in capitals.
    const bool has_given_name = words.size() > 1 && CaseOf(words.front()) == Case::kMixed;
    if (!has_given_name) return std::string(name);
  }
  std::string repaired;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) repaired += ' ';
    constexpr size_t kMinMixedBytes = 3;
    const bool leave = name_case == Case::kMixed &&
                       (CaseOf(words[i]) != Case::kUpper || words[i].size() < kMinMixedBytes ||
                        words[i].find('.') != std::string_view::npos);
    const std::string lower = Lower(words[i]);
    if (leave || Holds(kNumerals, lower)) {
      repaired += words[i];
    } else if (i > 0 && i + 1 < words.size() && Holds(kParticles, lower)) {
      repaired += lower;
    } else {
      repaired += Capitalised(lower);
    }
  }
  return repaired;
}

}  // namespace broadsheet::sources::people
