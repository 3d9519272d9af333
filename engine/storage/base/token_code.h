// SPDX-License-Identifier: GPL-3.0-or-later
// Token codes: what an article's words are, as 32-bit numbers. Analysis makes them
// (engine/indexing/document), and token runs refer to them (token_run.h).
//
// A code's two top bits say what it is; the other 30 are its payload:
//   00 word         hash of the term; starts the next position
//   01 exact        hash of the exact form of the word before it, only where it differs from
//                   the term
//   10 alternative  hash of a further term at the position of the word before it
//   11 mark         the start of a field (or of its next value, such as a caption or tag),
//                   sentence or paragraph; bits 0-7 the FieldId of a field mark, bits 8-9 the
//                   MarkKind
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/schema/field_table.h"

namespace broadsheet::storage {

enum class CodeKind : uint8_t { kWord = 0, kExact = 1, kAlternative = 2, kMark = 3 };
enum class MarkKind : uint8_t { kField = 0, kSentence = 1, kParagraph = 2 };

// The codes of one position: a word, perhaps its exact form, then alternatives, each perhaps with
// its exact form. Whoever hands them out owns them.
using WordForms = std::span<const uint32_t>;

inline constexpr uint32_t kPayloadMask = (1U << 30) - 1;
inline constexpr CodeKind KindOf(uint32_t code) { return static_cast<CodeKind>(code >> 30); }
inline constexpr uint32_t MakeCode(CodeKind kind, uint32_t payload) {
  return (static_cast<uint32_t>(kind) << 30) | (payload & kPayloadMask);
}
inline constexpr uint32_t FieldMark(schema::FieldId field) {
  return MakeCode(CodeKind::kMark, static_cast<uint32_t>(field));
}
inline constexpr uint32_t BreakMark(MarkKind kind) {
  return MakeCode(CodeKind::kMark, static_cast<uint32_t>(kind) << 8);
}
inline constexpr MarkKind MarkKindOf(uint32_t code) {
  return static_cast<MarkKind>((code >> 8) & 3);
}
inline constexpr schema::FieldId FieldOfMark(uint32_t code) {
  return static_cast<schema::FieldId>(code & 0xff);
}

// The payload of the form in which the word or alternative forms[at] is written: that of the exact
// code behind it, or its own where the form does not differ from the term.
inline uint32_t WrittenForm(WordForms forms, size_t at) {
  const bool differs = at + 1 < forms.size() && KindOf(forms[at + 1]) == CodeKind::kExact;
  return forms[differs ? at + 1 : at] & kPayloadMask;
}

// The end of the forms that begin at codes[at]: where the next word or mark is.
inline size_t EndOfForms(std::span<const uint32_t> codes, size_t at) {
  size_t end = at + 1;
  while (end < codes.size() && KindOf(codes[end]) != CodeKind::kWord &&
         KindOf(codes[end]) != CodeKind::kMark) {
    ++end;
  }
  return end;
}

// 30 bits of XXH3 under the generation's seed (MANIFEST). If two terms have the same hash, a phrase
// can match wrongly, but only in a document that has all its real terms.
uint32_t HashTerm(std::string_view term, uint64_t seed);
// The same of the term's XXH3 with that seed.
inline constexpr uint32_t TermHashOf(uint64_t hash) {
  return static_cast<uint32_t>(hash) & kPayloadMask;
}

}  // namespace broadsheet::storage
