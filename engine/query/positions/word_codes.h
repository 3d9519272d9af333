// SPDX-License-Identifier: GPL-3.0-or-later
// One word of a pattern, prepared for comparison with the codes of a token run. A position of a run
// is a word code and the exact forms and alternatives after it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/query/positions/code_scan.h"
#include "engine/storage/base/token_run.h"

namespace broadsheet::query {

// A position matches if it has any of these.
struct WordPattern {
  std::vector<uint32_t> terms;  // hashes of terms
  std::vector<uint32_t> exact;  // hashes of exact forms
  // Roughly the number of documents that have the word; the rarest word of a phrase is looked for
  // first.
  uint32_t frequency = 0;
};

inline constexpr size_t kNoCode = static_cast<size_t>(-1);

// The word code of the position that run[at] belongs to; kNoCode for a mark, or when a damaged run
// has no word code.
size_t WordAt(storage::TokenRun run, size_t at);
// The word code of the next or previous position; kNoCode at the end or start of the field.
size_t NextWord(storage::TokenRun run, size_t at);
size_t PreviousWord(storage::TokenRun run, size_t at);

// Immutable; safe from any thread.
class WordCodes {
 public:
  explicit WordCodes(const WordPattern& pattern);

  // Whether the position whose word code is run[at] has the word.
  bool StandsAt(storage::TokenRun run, size_t at) const;

  // The index of the word code of the first position, from run[from] on, that has the word; kNoCode
  // when there is none.
  size_t Find(storage::TokenRun run, size_t from) const;

  // Whether to look for this word before `other`.
  bool RarerThan(const WordCodes& other) const;

 private:
  std::vector<uint32_t> terms_;  // sorted
  std::vector<uint32_t> exact_;  // sorted
  CodeScan scan_;
  uint32_t frequency_;
};

}  // namespace broadsheet::query
