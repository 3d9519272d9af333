// SPDX-License-Identifier: GPL-3.0-or-later
// Changes that matching any word makes to a query, apart from joining its words with OR:
//
//   * Stop words are left out, unless the query has no other words: `the ferry strike` does not
//     match every article with "the".
//   * Each part of a compound may match, as well as the whole: `ferry-strike talks` is
//     `(ferry OR strike OR ferrystrike) talks`. Parts side by side score as a pair (word_pairs.h).
//   * A word that the query has several times becomes one (Node::again). Parentheses within an OR
//     make no difference.
#pragma once

#include <string>
#include <vector>

#include "engine/query/syntax/ast.h"
#include "engine/text/analyzer.h"

namespace broadsheet::query {

// Changes the words of the default search in `root`, a tree that was parsed with MatchMode::kAny.
// Only words of the form `usual` change: the form of a word without a mark, which is kPlain unless
// the ranking profile takes words as typed. `languages` are those in which words are stemmed; a
// stop word of any of them is a stop word here.
void LoosenAnyWords(text::Analyzer& analyzer, const std::vector<std::string>& languages,
                    WordForm usual, Node* root);

}  // namespace broadsheet::query
