// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/words.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "engine/text/char_class.h"
#include "engine/text/fold.h"
#include "indexer/sources/wording/word_set.h"

namespace broadsheet::sources::page {
namespace {

constexpr std::array<std::string_view, 22> kParticles = {
    "de",  "da",  "do",  "dos", "das", "del", "della", "di", "la", "le",  "van",
    "von", "der", "den", "zu",  "al",  "el",  "bin",   "y",  "e",  "ter", "ibn"};

UChar32 FirstCharacter(std::string_view text) { return text::CharacterAt(text, 0).code_point; }

// The character that ends at `end` > 0, and where it begins.
text::Character CharacterBefore(std::string_view text, size_t end) {
  size_t begin = end - 1;
  while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
  return {text::CharacterAt(text, begin).code_point, begin};
}

bool IsMark(UChar32 character) {
  constexpr std::string_view kAsciiMarks = "!\"#%&'()*,-./:;?@[\\]_{}";
  if (character >= 0x80) return u_ispunct(character) != 0;
  const auto c = static_cast<char>(character);
  return character >= 0 && !text::IsAsciiAlnum(c) && kAsciiMarks.find(c) != kAsciiMarks.npos;
}

// Scripts that put no space between words: Han, kana, Thai and their neighbours.
bool IsUnspaced(UChar32 character) {
  return (character >= 0x0E00 && character <= 0x0EFF) ||
         (character >= 0x3040 && character <= 0x30FF) ||
         (character >= 0x3400 && character <= 0x9FFF);
}

}  // namespace

std::vector<std::string_view> Words(std::string_view text) {
  constexpr size_t kUsualBytes = 6;
  std::vector<std::string_view> words;
  words.reserve(text.size() / kUsualBytes + 1);
  for (size_t at = 0; at < text.size(); ++at) {
    const size_t begin = at;
    while (at < text.size() && text[at] != ' ') ++at;
    if (at > begin) words.push_back(text.substr(begin, at - begin));
  }
  return words;
}

size_t CountSpacedWords(std::string_view text, size_t enough) {
  size_t words = 0;
  bool is_within = false;
  for (size_t at = 0; at < text.size() && words <= enough; ++at) {
    const bool is_space = text[at] == ' ';
    if (!is_space && !is_within) ++words;
    is_within = !is_space;
  }
  return words;
}

size_t CountWords(std::string_view text, size_t enough) {
  size_t words = 0;
  size_t unspaced = 0;
  bool is_within = false;
  for (size_t at = 0; at < text.size() && words + unspaced / 2 <= enough;) {
    const bool is_space = text[at] == ' ';
    if (!is_space && !is_within) ++words;
    is_within = !is_space;
    if (text::IsAscii(text[at])) {
      ++at;
      continue;
    }
    const text::Character character = text::CharacterAt(text, at);
    if (IsUnspaced(character.code_point)) ++unspaced;
    at = character.end;
  }
  return words + unspaced / 2;
}

std::string_view StripMarks(std::string_view word) {
  size_t begin = 0;
  size_t end = word.size();
  while (begin < end) {
    const text::Character character = text::CharacterAt(word, begin);
    if (!IsMark(character.code_point)) break;
    begin = character.end;
  }
  while (end > begin) {
    const text::Character character = CharacterBefore(word, end);
    if (!IsMark(character.code_point)) break;
    end = character.end;
  }
  return word.substr(begin, end - begin);
}

bool IsCapitalised(std::string_view word) {
  const std::string_view bare = StripMarks(word);
  const UChar32 first = bare.empty() ? 0 : FirstCharacter(bare);
  return u_isupper(first) || u_istitle(first);
}

bool HasLetter(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const text::Character character = text::CharacterAt(text, at);
    if (u_isalpha(character.code_point)) return true;
    at = character.end;
  }
  return false;
}

bool HasDigit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), text::IsAsciiDigit);
}

bool IsDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), text::IsAsciiDigit);
}

bool MayHaveHan(std::string_view text) {
  // The first bytes of U+3000 to U+9FFF.
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xe3 && byte <= 0xe9;
  });
}

bool HasCase(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const text::Character character = text::CharacterAt(text, at);
    // Georgian has small letters that no capital begins a name with.
    const UChar32 c = character.code_point;
    if (u_isupper(c) || (u_islower(c) && u_totitle(c) != c)) return true;
    at = character.end;
  }
  return false;
}

bool EndsSentence(std::string_view text) {
  size_t end = text.size();
  while (end > 0) {
    const text::Character character = CharacterBefore(text, end);
    end = character.end;
    switch (character.code_point) {
      case '.':
      case '!':
      case '?':
      case 0x2026:
      case 0x3002:
      case 0xFF01:
      case 0xFF1F:
        return true;
      case '"':
      case '\'':
      case ')':
      case ']':
      case ' ':
      case 0x2019:
      case 0x201C:
      case 0x201D:
      case 0x00BB:
      case 0x00AB:
      case 0x300D:
        continue;
      default:
        return false;
    }
  }
  return false;
}

std::vector<std::string> FoldedWords(std::string_view text) {
  const std::string folded = text::FoldValue(text);
  const std::vector<std::string_view> spaced = Words(folded);
  std::vector<std::string> words;
  words.reserve(spaced.size());
  for (const std::string_view word : spaced) {
    const std::string_view bare = StripMarks(word);
    if (!bare.empty()) words.emplace_back(bare);
  }
  return words;
}

// "d'Emilio", "dell’Orto" -> "Emilio", "Orto".
static std::string_view WithoutElision(std::string_view word) {
  constexpr size_t kMaxElidedBytes = 5;
  for (const std::string_view mark : {"'", "’"}) {
    const size_t at = word.find(mark);
    if (at == std::string_view::npos || at == 0 || at > kMaxElidedBytes) continue;
    const std::string_view rest = word.substr(at + mark.size());
    if (!rest.empty() && IsCapitalised(rest)) return rest;
  }
  return word;
}

bool LooksLikeName(std::string_view text) {
  constexpr size_t kMaxNameWords = 5;
  const std::vector<std::string_view> words = Words(text);
  size_t capitalised = 0;
  for (const std::string_view word : words) {
    const bool particle = IsOneOf(word, kParticles);
    if (particle) continue;
    const char last = word.back();
    // "J.", "Jr.", "S.A."
    const bool initial = last == '.' && (word.size() <= 3 || word.find('.') == 1);
    if (!IsCapitalised(WithoutElision(word)) || HasDigit(word) || last == ':' || last == ',' ||
        last == '?' || word.front() == '(' || (last == '.' && !initial)) {
      return false;
    }
    ++capitalised;
  }
  return capitalised >= 2 && words.size() <= kMaxNameWords;
}

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::vector<std::string_view> SplitAt(std::string_view text,
                                      std::span<const std::string_view> marks) {
  std::vector<std::string_view> parts;
  // Where the next of each mark is, so that no stretch is searched twice for the same one.
  std::vector<size_t> next;
  next.reserve(marks.size());
  for (const std::string_view mark : marks) next.push_back(text.find(mark));
  for (size_t at = 0; at < text.size();) {
    size_t cut = text.size();
    size_t length = 0;
    for (size_t i = 0; i < marks.size(); ++i) {
      if (next[i] < at) next[i] = text.find(marks[i], at);
      if (next[i] < cut) {
        cut = next[i];
        length = marks[i].size();
      }
    }
    if (const std::string_view part = Trim(text.substr(at, cut - at)); !part.empty()) {
      parts.push_back(part);
    }
    at = cut + length;
  }
  return parts;
}

bool StartsWithIgnoringCase(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && EqualsIgnoringCase(text.substr(0, prefix.size()), prefix);
}

bool EqualsIgnoringCase(std::string_view text, std::string_view other) {
  return std::equal(text.begin(), text.end(), other.begin(), other.end(),
                    [](char a, char b) { return text::AsciiLower(a) == text::AsciiLower(b); });
}

}  // namespace broadsheet::sources::page
