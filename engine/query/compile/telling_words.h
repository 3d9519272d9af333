// SPDX-License-Identifier: GPL-3.0-or-later
// Shortens a long query where any word is enough, such as a pasted article.
#pragma once

#include <cstddef>

#include "engine/query/compile/compiler_input.h"
#include "engine/query/syntax/ast.h"

namespace broadsheet::query {

// A query of more words costs more and finds little else.
inline constexpr size_t kTellingWords = 64;

// Leaves of `root`, which LoosenAnyWords() has made an OR of words, the kTellingWords that tell
// most of an article: by their idf, and by how often the query has them. `root` may also be such an
// OR narrowed by values, dates and negations. Parts that are no words of the default search stay.
// Returns how many words the query had; 0 if it is short enough to stay as it is. Throws Xapian's
// exceptions and DeadlineError.
size_t KeepTellingWords(const CompilerInput& input, Node* root);

}  // namespace broadsheet::query
