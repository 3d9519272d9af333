// SPDX-License-Identifier: GPL-3.0-or-later
// Token runs: the words of each document, in order, as 16-bit codes. Phrases, NEAR, `body:` and
// exact words inside phrases are checked in token runs, not in Xapian's position lists
// (docs/index_format.md).
//
//   0 .. 31             a field starts, or its next value (a caption, a tag): its FieldId
//   32, 33              a sentence, a paragraph starts
//   34                  nothing: fills a run up to a whole number of 32-bit units
//   64 .. 1087          the second half of a word that takes two codes
//   1088 .. 60415       a frequent word: the code is its place in the generation's WordTable
//   60416 .. 62463      a rare word: the code is its place among the article's own rare words
//   62464 .. 65535      the first half of a rare word behind those; the next code is the second
//
// A run starts with a field mark, and a phrase never crosses one. Each position is one word, and a
// word begins with a code of 1088 or more, so that a scan tells positions from the rest by one
// comparison. Nearly all words of an archive are a few ten thousand forms, so that a position takes
// two bytes, and a vector register holds many of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/storage/base/token_code.h"

namespace broadsheet::storage {

class WordTable;

using RunCode = uint16_t;

inline constexpr RunCode kPastFieldMarks = 32;
inline constexpr RunCode kSentenceMark = 32;
inline constexpr RunCode kParagraphMark = 33;
inline constexpr RunCode kFiller = 34;
inline constexpr RunCode kFirstTrail = 64;
inline constexpr uint32_t kTrails = 1024;
inline constexpr RunCode kFirstWord = kFirstTrail + kTrails;
inline constexpr RunCode kFirstRare = 0xec00;
inline constexpr RunCode kFirstLead = 0xf400;

inline constexpr size_t kMostFrequentWords = kFirstRare - kFirstWord;
inline constexpr uint32_t kShortRare = kFirstLead - kFirstRare;  // those that take one code
inline constexpr uint32_t kMostRareWords = kShortRare + (0x10000 - kFirstLead) * kTrails;

inline constexpr bool IsFieldMark(RunCode code) { return code < kPastFieldMarks; }
inline constexpr bool StartsWord(RunCode code) { return code >= kFirstWord; }
// Of a field mark.
inline constexpr schema::FieldId FieldOfMark(RunCode mark) {
  return static_cast<schema::FieldId>(mark);
}

// A document's run. Points into a file mapping or a value that somebody else owns. Reading a
// damaged one is safe. Immutable; safe from any thread.
struct TokenRun {
  std::span<const RunCode> codes;
  // The forms of the article's rare words, in the order of their places.
  std::span<const uint32_t> rare;
  const WordTable* table = nullptr;  // never null where there are codes

  bool empty() const { return codes.empty(); }
  size_t size() const { return codes.size(); }
  RunCode operator[](size_t at) const { return codes[at]; }

  // The forms of the word that starts at codes[at]; empty in a damaged run. Takes a walk over
  // `rare` for a rare word.
  WordForms FormsAt(size_t at) const;
  // The place of the rare word that starts at codes[at] among the article's; kMostRareWords where
  // another word starts, or none.
  uint32_t RarePlaceAt(size_t at) const;
};

// The code of a rare word by its place, below kMostRareWords; the second is 0 for a word that takes
// one code.
struct RareCode {
  RunCode first = 0;
  RunCode second = 0;
  bool operator==(const RareCode&) const = default;
};
inline constexpr RareCode CodeOfRare(uint32_t place) {
  if (place < kShortRare) return {.first = static_cast<RunCode>(kFirstRare + place)};
  place -= kShortRare;
  return {.first = static_cast<RunCode>(kFirstLead + place / kTrails),
          .second = static_cast<RunCode>(kFirstTrail + place % kTrails)};
}

// A run as it is stored: 32-bit units, the number of codes of rare words, these codes, then two
// 16-bit codes in each unit. Empty for units that are none.
TokenRun ReadRun(std::span<const uint32_t> units, const WordTable& table);

}  // namespace broadsheet::storage
