// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/document_frequencies.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>
#include <utility>

#include "engine/storage/base/token_run.h"

namespace broadsheet::storage {
namespace {

// The first byte after the capitals, which begin the prefix of a term.
constexpr const char* kAfterPrefixes = "[";

uint8_t LevelOfCount(Xapian::doccount count) {
  return static_cast<uint8_t>(1 + std::lround(8 * std::log2(static_cast<double>(count))));
}

bool HasPrefix(const std::string& term) {
  return !term.empty() && term[0] >= 'A' && term[0] <= 'Z';
}

}  // namespace

double DocumentFrequencies::CountOfLevel(size_t level) {
  return level == 0 ? 1 : std::exp2(static_cast<double>(level - 1) / 8);
}

DocumentFrequencies::DocumentFrequencies(const Xapian::Database& database, uint64_t token_seed) {
  std::vector<std::pair<uint32_t, uint8_t>> words;
  Xapian::TermIterator term = database.allterms_begin();
  while (term != database.allterms_end()) {
    const std::string name = *term;
    if (HasPrefix(name)) {
      term.skip_to(kAfterPrefixes);
      continue;
    }
    const Xapian::doccount count = term.get_termfreq();
    if (count > 1) words.emplace_back(HashTerm(name, token_seed), LevelOfCount(count));
    ++term;
  }
  if (words.empty()) return;
  hashes_.resize(std::bit_ceil(2 * words.size()));
  levels_.resize(hashes_.size());
  for (const auto& [hash, level] : words) {
    const size_t slot = SlotOf(hash);
    hashes_[slot] = hash;
    levels_[slot] = std::max(levels_[slot], level);
  }
}

}  // namespace broadsheet::storage
