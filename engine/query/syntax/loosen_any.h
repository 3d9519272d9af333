// SPDX-License-Identifier: GPL-3.0-or-later
// What matching any word makes of a query, beyond joining its words with OR:
//
//   * Stop words are left out, unless there is nothing else: `the ferry strike` does not match
//     every article with "the".
//   * A compound's parts count one by one, as well as the whole: `ferry-strike talks` is
//     `(ferry OR strike OR ferrystrike) talks`. That they stand side by side is rewarded as any
//     nearness is (word_pairs.h).
#pragma once

#include <string>
#include <vector>

#include "engine/query/syntax/ast.h"
#include "engine/text/analyzer.h"

namespace broadsheet::query {

// Changes the words of the default search that have the form `usual` in `root`, a tree that was
// parsed with MatchMode::kAny: `usual` is what a word without a sign of its own has, kPlain unless
// the ranking profile takes words as typed. `languages` are those that words are stemmed in; a word
// that is a stop word in one of them is one.
void LoosenAnyWords(text::Analyzer& analyzer, const std::vector<std::string>& languages,
                    WordForm usual, Node* root);

}  // namespace broadsheet::query
