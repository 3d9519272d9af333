// SPDX-License-Identifier: GPL-3.0-or-later
// Finds where sentences and paragraphs end, from the text between two written words. Pure; safe
// from any thread.
#pragma once

#include <cstddef>
#include <string_view>

#include "engine/text/token.h"

namespace broadsheet::text {

// The written word before a gap.
struct WordBefore {
  size_t begin = 0;  // of its last unit
  size_t end = 0;
  bool initialism = false;  // its final dot belongs to it
};

// The break between `before` and the written word that starts at `next`.
//
// A blank line starts a paragraph. A sentence ends with . ! ? or an ellipsis (and closing quotes or
// brackets) when white space follows and then an upper-case letter, a digit, a letter of a script
// without case, or an opening quote; full-width 。！？ need no space. The dot of an initialism, of
// a single capital ("J. Smith") and of a title or month ("Sen.", "Jan.") does not end a sentence.
Break BreakBetween(std::string_view text, const WordBefore& before, size_t next);

}  // namespace broadsheet::text
