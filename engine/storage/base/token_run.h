// SPDX-License-Identifier: GPL-3.0-or-later
// Token runs: the words of each document, in order. Phrases, NEAR, `body:` and exact words inside
// phrases are checked in token runs, not in Xapian's position lists (docs/index_format.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/storage/base/run_code.h"
#include "engine/storage/base/token_code.h"
#include "engine/storage/base/word_table.h"

namespace broadsheet::storage {

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

  // The place of the rare word that starts at codes[at] among the article's; kMostRareWords where
  // another word starts, or none.
  uint32_t RarePlaceAt(size_t at) const;
};

// Finds the forms of one run's words. The rare ones are found by one walk over all of them, however
// many are asked for. Not thread-safe; reused from run to run.
class RunForms {
 public:
  // The run's owner must outlive the calls of At up to the next Enter.
  void Enter(const TokenRun& run);
  // The forms of the word that starts at codes[at]; empty in a damaged run.
  WordForms At(size_t at);

 private:
  TokenRun run_;
  std::vector<uint32_t> begins_;  // of the rare words; empty until one is asked for
};

// A run as it is stored: units of 32 bits. The first is HeaderOf(); then come the codes of the rare
// words, then the run's codes, two in each unit. The header tells whether the last unit holds one
// only, so that a run can be found without touching its end.
inline constexpr uint32_t HeaderOf(size_t rare_codes, size_t codes) {
  return static_cast<uint32_t>(rare_codes << 1 | (codes & 1));
}

// Empty for units that are no run.
TokenRun ReadRun(std::span<const uint32_t> units, const WordTable& table);

}  // namespace broadsheet::storage
