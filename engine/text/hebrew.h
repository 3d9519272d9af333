// SPDX-License-Identifier: GPL-3.0-or-later
// Geresh and gershayim, the marks within Hebrew words, which are typed as the quotation marks that
// they resemble. Pure; safe from any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace broadsheet::text {

// The offset after the geresh or gershayim that `text` has at `pos`, within the piece of a word
// that starts at `begin`; `pos` when there is none.
//
// Between two Hebrew letters, gershayim mark an initialism (צה״ל, typed צה"ל, צה”ל or צה''ל) and
// geresh a sound (ג׳ורג׳). There are two other readings, which the letters around tell:
//   * A quotation mark with more than three letters behind opens a quotation after a preposition:
//     ב"הארץ"; so does one between a preposition and more than one letter.
//   * An apostrophe after a preposition by itself is one: ב'הארץ'.
size_t EndOfHebrewMark(std::string_view text, size_t begin, size_t pos);

}  // namespace broadsheet::text
