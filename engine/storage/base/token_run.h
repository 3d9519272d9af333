// SPDX-License-Identifier: GPL-3.0-or-later
// Token runs: the words of each document, in order, as 32-bit codes. Phrases, NEAR, `body:` and
// exact words inside phrases are checked in token runs, not in Xapian's position lists
// (docs/index_format.md).
//
// A code's two top bits say what it is; the other 30 are its payload:
//   00 word         hash of the term; starts the next position
//   01 exact        hash of the exact form of the word before it, only where it differs from
//                   the term
//   10 alternative  hash of a further term at the position of the word before it
//   11 mark         the start of a field (or of its next value, such as a caption or tag),
//                   sentence or paragraph; bits 0-7 the FieldId of a field mark, bits 8-9 the
//                   MarkKind
// A run starts with a field mark. A phrase never crosses a field mark.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/schema/field_table.h"

namespace broadsheet::storage {

enum class CodeKind : uint8_t { kWord = 0, kExact = 1, kAlternative = 2, kMark = 3 };
enum class MarkKind : uint8_t { kField = 0, kSentence = 1, kParagraph = 2 };

// A document's run; points into a file mapping or a value that somebody else owns.
using TokenRun = std::span<const uint32_t>;

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
inline constexpr bool IsFieldMark(uint32_t code) {
  return KindOf(code) == CodeKind::kMark && MarkKindOf(code) == MarkKind::kField;
}
inline constexpr schema::FieldId FieldOfMark(uint32_t code) {
  return static_cast<schema::FieldId>(code & 0xff);
}

// The payload of the form in which the word or alternative run[at] is written: that of the exact
// code behind it, or its own where the form does not differ from the term.
inline uint32_t WrittenForm(TokenRun run, size_t at) {
  const bool differs = at + 1 < run.size() && KindOf(run[at + 1]) == CodeKind::kExact;
  return run[differs ? at + 1 : at] & kPayloadMask;
}

// 30 bits of XXH3 under the generation's seed (MANIFEST). If two terms have the same hash, a phrase
// can match wrongly, but only in a document that has all its real terms.
uint32_t HashTerm(std::string_view term, uint64_t seed);

}  // namespace broadsheet::storage
