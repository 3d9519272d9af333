// SPDX-License-Identifier: GPL-3.0-or-later
// Words that say nothing of what a text is about: "the", "which", "dans", "nicht". They are indexed
// like all others, so that phrases and titles made of them are found; but where any word of a query
// is enough to match, stop words are left out of the query, and ranking ignores them in articles.
#pragma once

#include <span>
#include <string_view>

namespace broadsheet::text {

// `folded` is Token::folded of a word; `language` a BCP 47 tag, of which the primary subtag counts.
// False for a language without a list. Thread-safe.
bool IsStopWord(std::string_view language, std::string_view folded);

// The whole list of a language, separated by spaces; "" when there is none. Thread-safe.
std::string_view StopWordsOf(std::string_view language);
// The languages that have a list, as primary subtags.
std::span<const std::string_view> StopWordLanguages();

}  // namespace broadsheet::text
