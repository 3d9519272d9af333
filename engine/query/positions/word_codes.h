// SPDX-License-Identifier: GPL-3.0-or-later
// One word of a pattern, made ready to be compared with the codes of a token run. A position of a
// run is a word code and the exact forms and alternatives behind it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/query/positions/code_scan.h"
#include "engine/storage/base/token_run.h"

namespace broadsheet::query {

// What may stand at one position: any of these.
struct WordPattern {
  std::vector<uint32_t> terms;  // hashes of terms
  std::vector<uint32_t> exact;  // hashes of exact forms
  // Documents that have it, roughly; the rarest word of a phrase is looked for first.
  uint32_t frequency = 0;
};

inline constexpr size_t kNoCode = static_cast<size_t>(-1);

// The word code of the position that run[at] belongs to; kNoCode for a mark, and where a damaged
// run has none.
size_t WordAt(storage::TokenRun run, size_t at);
// The word code of the position after or before the one at `at`; kNoCode where the field ends.
size_t NextWord(storage::TokenRun run, size_t at);
size_t PreviousWord(storage::TokenRun run, size_t at);

// Immutable; safe from any thread.
class WordCodes {
 public:
  explicit WordCodes(const WordPattern& pattern);

  // Whether the word may stand at the position whose word code is run[at].
  bool StandsAt(storage::TokenRun run, size_t at) const;

  // The first position from run[from] on where the word stands, as its word code; kNoCode when
  // there is none.
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
