// SPDX-License-Identifier: GPL-3.0-or-later
// Other ways of writing the words of a query that are compounds: `e-mail` and `email`, `F-16` and
// `F16`. Pure; safe from any thread.
#pragma once

#include <vector>

#include "engine/query/compile/word_terms.h"

namespace broadsheet::query {

// The words of `row`, which stand side by side, first as they are written and then in other ways:
// a compound as one word, and in a phrase a word of letters and a number as both, since an article
// that writes F-16 has the number at the next position. At most 8 ways; the last words of a row
// with more compounds are only as written.
std::vector<std::vector<Word>> SpellingsOf(const std::vector<Word>& row);

}  // namespace broadsheet::query
