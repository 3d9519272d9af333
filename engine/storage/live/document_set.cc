// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live/document_set.h"

#include <algorithm>
#include <numeric>

namespace broadsheet::storage {

void DocumentSet::AddUpTo(uint32_t last) {
  std::fill_n(words_.begin(), last / kBits, ~uint64_t{0});
  for (uint32_t docid = last / kBits * kBits; docid <= last; ++docid) Add(docid);
  Remove(0);
}

uint32_t DocumentSet::FirstFrom(uint32_t docid) const {
  size_t word = docid / kBits;
  if (word >= words_.size()) return 0;
  uint64_t rest = words_[word] >> docid % kBits << docid % kBits;
  while (rest == 0) {
    if (++word == words_.size()) return 0;
    rest = words_[word];
  }
  return static_cast<uint32_t>(word * kBits) + static_cast<uint32_t>(std::countr_zero(rest));
}

uint64_t DocumentSet::Count() const {
  return std::accumulate(
      words_.begin(), words_.end(), uint64_t{0},
      [](uint64_t sum, uint64_t word) { return sum + static_cast<uint64_t>(std::popcount(word)); });
}

}  // namespace broadsheet::storage
