// SPDX-License-Identifier: GPL-3.0-or-later
// The Unicode side of folding: compatibility forms, case, accents, ways of writing a letter. Words
// of plain ASCII never come here. All of it is pure and safe from any thread, except WordForms,
// which caches.
#pragma once

#include <string>
#include <string_view>

#include "engine/text/zeroed_array.h"

namespace broadsheet::text {

// NFKC_Casefold of UTF-8 `text` into `*out` (its old content is dropped).
void CaseFold(std::string_view text, std::string* out);

// Folds accents of text in NFKC_Casefold form: Latin and Greek letters lose all their marks,
// Cyrillic ones their stress marks and the dots of ё (й and ї are letters of their own), Arabic and
// Hebrew ones their vowel points; marks of other scripts are vowels and stay. Letters that do not
// decompose (ø, ł, æ, ...) become what ICU's Latin-ASCII transform makes of them. The yeh, kaf and
// heh of Persian and Urdu become the Arabic ones, and traditional Chinese characters simplified
// ones. Decimal digits of all scripts become ASCII.
void FoldAccents(std::string_view case_folded, std::string* out);

// What FoldAccents makes of what CaseFold makes of UTF-8 `text`, into `*out` (its old content is
// dropped). Faster than both, since most characters fold by themselves: each thread remembers the
// forms of those that it met last.
void FoldText(std::string_view text, std::string* out);

// Both forms of one word. The views are valid until the next call.
struct Forms {
  std::string_view exact;   // case folded, accents kept
  std::string_view folded;  // accents folded too
};

// Not thread-safe: remembers the forms of frequent words.
class WordForms {
 public:
  WordForms();
  ~WordForms();
  WordForms(const WordForms&) = delete;
  WordForms& operator=(const WordForms&) = delete;

  // Characters that belong to no word (after NFKC) are left out; both forms may thus be empty.
  Forms Of(std::string_view word);

 private:
  struct Slot;
  static constexpr size_t kSlots = 1 << 13;

  ZeroedArray<Slot> slots_;
  std::string exact_;
  std::string folded_;
};

}  // namespace broadsheet::text
