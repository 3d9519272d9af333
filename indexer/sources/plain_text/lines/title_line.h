// SPDX-License-Identifier: GPL-3.0-or-later
// Tells titles from other lines by their words alone.
#pragma once

#include <cstddef>
#include <string_view>

namespace broadsheet::sources::page {

// True for the label of a list or box of other articles: "Top story", "Most read", "Eilmeldung".
bool IsTeaserLabel(std::string_view line);

// True for a path through the site, which is no title: "You are here: Home » Harbour » Ferries".
bool IsPath(std::string_view line);

// True for a line with an arrow or stroke between two words.
bool HasPathMark(std::string_view line);

// True if the first letter is a small one: the rest of a sentence or a button, no title.
bool StartsSmall(std::string_view text);

// True for "Nine Ways to Save the Quay": nearly all longer words start with capitals.
bool IsTitleCase(std::string_view text);

// In characters, where one of Han, kana or Hangul counts as two.
double LetterCount(std::string_view text);

// True if the text ends in a question or exclamation mark, as titles may.
bool AsksOrCalls(std::string_view text);

// True if a new sentence follows a full stop; initials and "U.S." aside.
bool HasSeveralSentences(std::string_view text);

// Where a copy ran a word of a menu or a kicker and the next together ("PoliticsTalks fail"), or
// size. "McDonald" and abbreviations are one word.
size_t FindSeamOfWords(std::string_view text);

}  // namespace broadsheet::sources::page
