// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/lines/title_line.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <string>

#include "engine/text/char_class.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

// Folded. Labels of lists and boxes of other articles.
constexpr auto kTeaserLabels = std::to_array<std::string_view>({"top story",
                                                                "top stories",
                                                                "top news",
                                                                "breaking",
                                                                "breaking news",
                                                                "just in",
                                                                "trending",
                                                                "trending now",
                                                                "latest",
                                                                "latest news",
                                                                "latest stories",
                                                                "most read",
                                                                "most popular",
                                                                "popular",
                                                                "featured",
                                                                "featured story",
                                                                "featured stories",
                                                                "must read",
                                                                "editor's pick",
                                                                "editors' picks",
                                                                "editor's picks",
                                                                "don't miss",
                                                                "up next",
                                                                "read next",
                                                                "next up",
                                                                "recommended",
                                                                "related",
                                                                "related articles",
                                                                "also read",
                                                                "read more",
                                                                "you may also like",
                                                                "in case you missed it",
                                                                "sponsored",
                                                                "spotlight",
                                                                "highlights",
                                                                "eilmeldung",
                                                                "meistgelesen",
                                                                "topthema",
                                                                "topthemen",
                                                                "top-themen",
                                                                "neueste",
                                                                "aktuell",
                                                                "empfohlen",
                                                                "lesen sie auch",
                                                                "auch interessant",
                                                                "a la une",
                                                                "les plus lus",
                                                                "a lire aussi",
                                                                "lire aussi",
                                                                "derniere minute",
                                                                "destacado",
                                                                "destacados",
                                                                "lo mas leido",
                                                                "ultima hora",
                                                                "lo ultimo",
                                                                "te puede interesar",
                                                                "mais lidas",
                                                                "em destaque",
                                                                "ultimas",
                                                                "in evidenza",
                                                                "i piu letti",
                                                                "ultime notizie",
                                                                "leggi anche",
                                                                "meest gelezen",
                                                                "net binnen",
                                                                "lees ook",
                                                                "mest last",
                                                                "mest lest",
                                                                "mest laest",
                                                                "siste nytt",
                                                                "senaste nytt",
                                                                "luetuimmat",
                                                                "nejctenejsi",
                                                                "najczesciej czytane",
                                                                "son dakika",
                                                                "cok okunanlar",
                                                                "популярное",
                                                                "главное",
                                                                "читайте также"});

constexpr auto kPathMarks = std::to_array<std::string_view>(
    {" » ", " › ", " > ", " >> ", " → ", " ▸ ", " ▶ ", " :: ", " / ", " \\ "});

// "You are here: Home » Harbour » Ferries": a path through the site.
bool StartsPath(std::string_view line) {
  constexpr auto kStarts = std::to_array<std::string_view>(
      {"you are here", "home ", "sie sind hier", "startseite ", "vous êtes ici", "accueil ",
       "estás en", "inicio ", "você está", "início ", "ti trovi", "u bent hier", "du er her",
       "du är här", "jste zde", "вы здесь", "главная "});
  return std::any_of(kStarts.begin(), kStarts.end(),
                     [&](std::string_view start) { return StartsWithIgnoringCase(line, start); });
}

}  // namespace

bool IsTeaserLabel(std::string_view line) {
  constexpr size_t kMostBytes = 40;
  if (line.size() > kMostBytes) return false;
  std::string folded;
  for (const std::string& word : FoldedWords(line)) folded += (folded.empty() ? "" : " ") + word;
  return IsOneOf(folded, kTeaserLabels);
}

bool IsPath(std::string_view line) {
  constexpr size_t kFewestParts = 3;
  const size_t parts = SplitAt(line, kPathMarks).size();
  return parts >= kFewestParts || (parts > 1 && StartsPath(line));
}

bool HasPathMark(std::string_view line) { return SplitAt(line, kPathMarks).size() > 1; }

bool StartsSmall(std::string_view text) {
  return !text.empty() && u_islower(text::CharacterAt(text, 0).code_point);
}

bool IsTitleCase(std::string_view text) {
  constexpr size_t kLongWordBytes = 4;
  constexpr double kShare = 0.8;
  size_t words = 0;
  size_t capitalised = 0;
  for (const std::string_view word : Words(text)) {
    const std::string_view bare = StripMarks(word);
    if (bare.size() < kLongWordBytes) continue;
    ++words;
    if (IsCapitalised(bare)) ++capitalised;
  }
  return words > 0 && static_cast<double>(capitalised) >= kShare * static_cast<double>(words);
}

double LetterCount(std::string_view text) {
  constexpr char32_t kWideScripts = 0x1100;
  double letters = 0;
  for (size_t at = 0; at < text.size();) {
    const text::Character character = text::CharacterAt(text, at);
    letters += static_cast<char32_t>(character.code_point) >= kWideScripts ? 2 : 1;
    at = character.end;
  }
  return letters;
}

bool AsksOrCalls(std::string_view text) {
  constexpr size_t kClosingQuoteBytes = 3;
  const size_t mark = text.find_last_of("?!");
  return mark != text.npos && mark + kClosingQuoteBytes >= text.size();
}

bool HasSeveralSentences(std::string_view text) {
  for (size_t at = text.find(". "); at != text.npos; at = text.find(". ", at + 1)) {
    const bool initial = at < 2 || text[at - 2] == ' ' || text[at - 2] == '.';
    if (!initial) return true;
  }
  return false;
}

size_t FindSeamOfWords(std::string_view text) {
  constexpr size_t kShortestWord = 4;
  size_t letters = 0;
  for (size_t at = 0; at < text.size();) {
    const text::Character character = text::CharacterAt(text, at);
    const bool next_small =
        character.end < text.size() && u_islower(text::CharacterAt(text, character.end).code_point);
    const bool small = u_islower(character.code_point);
    if (u_isupper(character.code_point) && letters >= kShortestWord && next_small) return at;
    // A capital starts a word; one within ends it.
    letters = small || letters == 0 ? letters + (u_isalpha(character.code_point) ? 1 : 0) : 0;
    if (!u_isalpha(character.code_point)) letters = 0;
    at = character.end;
  }
  return text.size();
}

}  // namespace broadsheet::sources::page
