// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/word_table.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace broadsheet::storage {

WordTable::WordTable(std::vector<uint32_t> forms) : forms_(std::move(forms)) {
  size_t at = 0;
  while (at < forms_.size() && begins_.size() < kMostFrequentWords &&
         KindOf(forms_[at]) == CodeKind::kWord) {
    const size_t end = EndOfForms(forms_, at);
    const auto code = static_cast<RunCode>(kFirstWord + begins_.size());
    for (size_t i = at; i < end; ++i) by_hash_.emplace_back(forms_[i] & kPayloadMask, code);
    begins_.push_back(static_cast<uint32_t>(at));
    at = end;
  }
  if (at > 0) begins_.push_back(static_cast<uint32_t>(at));
  std::sort(by_hash_.begin(), by_hash_.end());
  NumberTerms();
  GroupCodes();
}

void WordTable::NumberTerms() {
  if (size() == 0) return;
  term_slots_.assign(std::bit_ceil(2 * size()), kNoTerm);
  for (size_t place = 0; place < size(); ++place) {
    const uint32_t hash = forms_[begins_[place]] & kPayloadMask;
    uint32_t& term = term_slots_[SlotOf(hash)];
    if (term == kNoTerm) {
      term = static_cast<uint32_t>(term_hashes_.size());
      term_hashes_.push_back(hash);
    }
    terms_.push_back(static_cast<uint16_t>(term));
  }
}

// A counting sort.
void WordTable::GroupCodes() {
  code_begins_.assign(term_count() + 1, 0);
  for (const uint16_t term : terms_) ++code_begins_[term + size_t{1}];
  std::partial_sum(code_begins_.begin(), code_begins_.end(), code_begins_.begin());
  codes_of_terms_.resize(size());
  std::vector<uint32_t> next(code_begins_.begin(), code_begins_.end() - 1);
  for (size_t place = 0; place < size(); ++place) {
    codes_of_terms_[next[terms_[place]]++] = static_cast<RunCode>(kFirstWord + place);
  }
}

size_t WordTable::SlotOf(uint32_t hash) const {
  // Hashes are evenly spread, so that their low bits will do.
  size_t slot = hash & (term_slots_.size() - 1);
  while (term_slots_[slot] != kNoTerm && term_hashes_[term_slots_[slot]] != hash) {
    slot = (slot + 1) & (term_slots_.size() - 1);
  }
  return slot;
}

uint32_t WordTable::TermWith(uint32_t hash) const {
  return term_slots_.empty() ? kNoTerm : term_slots_[SlotOf(hash)];
}

std::span<const std::pair<uint32_t, RunCode>> WordTable::CodesWith(uint32_t hash) const {
  const auto first = std::lower_bound(by_hash_.begin(), by_hash_.end(),
                                      std::pair<uint32_t, RunCode>(hash, RunCode{0}));
  auto last = first;
  while (last != by_hash_.end() && last->first == hash) ++last;
  return {first, last};
}

}  // namespace broadsheet::storage
