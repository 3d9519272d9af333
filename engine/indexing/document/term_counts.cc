// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/document/term_counts.h"

#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace broadsheet::indexing {
namespace {

// An article of average length has some 250 terms; clearing 8 KB for each costs next to nothing.
constexpr size_t kInitialSlots = 2048;

// The first eight bytes as a number that orders like them.
uint64_t PrefixOf(std::string_view term) {
  unsigned char bytes[sizeof(uint64_t)] = {};
  std::memcpy(bytes, term.data(), std::min(term.size(), sizeof(bytes)));
  uint64_t prefix = 0;
  for (const unsigned char byte : bytes) prefix = prefix << 8 | byte;
  return prefix;
}

}  // namespace

TermCounts::TermCounts(uint64_t seed) : seed_(seed), table_(kInitialSlots) {}

TermCounts::Entry& TermCounts::Add(std::string_view term, uint32_t tf) {
  const uint64_t hash = XXH3_64bits_withSeed(term.data(), term.size(), seed_);
  const size_t mask = table_.size() - 1;
  size_t slot = hash & mask;
  while (table_[slot] != 0) {
    Entry& entry = entries_[table_[slot] - 1];
    if (entry.hash == hash && TermOf(entry) == term) {
      entry.tf += tf;
      return entry;
    }
    slot = (slot + 1) & mask;
  }
  entries_.push_back(
      {hash, static_cast<uint32_t>(arena_.size()), static_cast<uint32_t>(term.size()), tf});
  arena_.append(term);
  table_[slot] = static_cast<uint32_t>(entries_.size());
  if (entries_.size() * 2 > table_.size()) Grow();
  return entries_.back();
}

void TermCounts::Grow() {
  table_.assign(table_.size() * 2, 0);
  const size_t mask = table_.size() - 1;
  for (size_t i = 0; i < entries_.size(); ++i) {
    size_t slot = entries_[i].hash & mask;
    while (table_[slot] != 0) slot = (slot + 1) & mask;
    table_[slot] = static_cast<uint32_t>(i + 1);
  }
}

const std::vector<const TermCounts::Entry*>& TermCounts::Sorted() {
  by_prefix_.clear();
  for (const Entry& entry : entries_) by_prefix_.emplace_back(PrefixOf(TermOf(entry)), &entry);
  std::sort(by_prefix_.begin(), by_prefix_.end(), [this](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : TermOf(*a.second) < TermOf(*b.second);
  });
  sorted_.clear();
  for (const auto& [prefix, entry] : by_prefix_) sorted_.push_back(entry);
  return sorted_;
}

void TermCounts::Clear() {
  // An article of unusual length must not make every later one clear its table.
  table_.resize(kInitialSlots);
  std::fill(table_.begin(), table_.end(), 0);
  entries_.clear();
  arena_.clear();
}

}  // namespace broadsheet::indexing
