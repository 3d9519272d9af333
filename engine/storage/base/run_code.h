// SPDX-License-Identifier: GPL-3.0-or-later
// Run codes: the 16-bit numbers that token runs (token_run.h) consist of.
//
//   0 .. 31             a field starts, or its next value (a caption, a tag): its FieldId
//   32, 33              a sentence, a paragraph starts
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

#include "engine/schema/field_table.h"

namespace broadsheet::storage {

using RunCode = uint16_t;

inline constexpr RunCode kPastFieldMarks = 32;
inline constexpr RunCode kSentenceMark = 32;
inline constexpr RunCode kParagraphMark = 33;
inline constexpr RunCode kNothing = 34;  // in no run; for scans
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

}  // namespace broadsheet::storage
