// SPDX-License-Identifier: GPL-3.0-or-later
// Words that are too long for a term. Terms, exact forms and the words of a query are all made by
// the same rules. Pure; safe from any thread.
//
// A long form becomes its first letters, a ~ (which no word has) and a hash of all of it, so two
// words of the same beginning stay two. Its beginning, the same without the hash, is an alternative
// at its position: it is what word* and word~ compare when the word they are given is long itself.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/text/token.h"

namespace broadsheet::text {

// Letters are counted, so that every script has as many.
inline constexpr size_t kMaxTermLetters = 64;

bool CountsAsLong(std::string_view form);
// Whether `form` (UTF-8) is too long for a term.
inline bool IsLong(std::string_view form) {
  return form.size() > kMaxTermLetters && CountsAsLong(form);
}

// Appends the first letters of a long form and the mark.
void AppendBeginning(std::string_view form, std::string* out);

// `form`, or what it is shortened to, made in `*buffer`: valid until either changes.
std::string_view Shortened(std::string_view form, std::string* buffer);

// Whether `term` is the beginning of a long form.
bool IsBeginning(std::string_view term);

}  // namespace broadsheet::text
