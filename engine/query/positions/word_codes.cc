// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/positions/word_codes.h"

#include <algorithm>

namespace broadsheet::query {
namespace {

using storage::CodeKind;
using storage::IsFieldMark;
using storage::KindOf;
using storage::RareCode;
using storage::RunCode;

bool Contains(const std::vector<uint32_t>& sorted, uint32_t value) {
  // Nearly all words stand for one term or two.
  if (sorted.size() <= 8) return std::find(sorted.begin(), sorted.end(), value) != sorted.end();
  return std::binary_search(sorted.begin(), sorted.end(), value);
}

// A word with more hashes is a wildcard's, of many codes: a scan for them takes longer.
constexpr size_t kFewHashes = 8;

}  // namespace

size_t NextWord(Codes codes, size_t at) {
  for (size_t i = at + 1; i < codes.size(); ++i) {
    if (storage::StartsWord(codes[i])) return i;
    if (IsFieldMark(codes[i])) return kNoCode;
  }
  return kNoCode;
}

size_t PreviousWord(Codes codes, size_t at) {
  while (at > 0) {
    --at;
    if (storage::StartsWord(codes[at])) return at;
    if (IsFieldMark(codes[at])) return kNoCode;
  }
  return kNoCode;
}

WordCodes::WordCodes(const WordPattern& pattern)
    : terms_(pattern.terms), exact_(pattern.exact), frequency_(pattern.frequency) {
  std::sort(terms_.begin(), terms_.end());
  std::sort(exact_.begin(), exact_.end());
  std::merge(terms_.begin(), terms_.end(), exact_.begin(), exact_.end(),
             std::back_inserter(hashes_));
  hashes_.erase(std::unique(hashes_.begin(), hashes_.end()), hashes_.end());
}

bool WordCodes::Accepts(storage::WordForms forms) const {
  for (size_t i = 0; i < forms.size(); ++i) {
    if (KindOf(forms[i]) == CodeKind::kExact) continue;
    if (Contains(terms_, forms[i] & storage::kPayloadMask)) return true;
    if (!exact_.empty() && Contains(exact_, storage::WrittenForm(forms, i))) return true;
  }
  return false;
}

void WordCodes::Enter(const storage::TokenRun& run) {
  if (run.table != nullptr && run.table != table_) CollectFrequent(*run.table);
  codes_.Shrink(frequent_);
  long_codes_.clear();
  if (MayBeIn(run.rare)) CollectRare(run.rare);
}

// False when no rare word has one of the hashes, which is so for nearly every run.
bool WordCodes::MayBeIn(std::span<const uint32_t> rare) const {
  if (hashes_.size() > kFewHashes) return !rare.empty();
  return std::any_of(hashes_.begin(), hashes_.end(),
                     [rare](uint32_t hash) { return AnyHasPayload(rare, hash); });
}

void WordCodes::CollectFrequent(const storage::WordTable& table) {
  table_ = &table;
  codes_.Clear();
  for (const uint32_t hash : hashes_) {
    for (const auto& [same_hash, code] : table.CodesWith(hash)) {
      if (Accepts(table.FormsOf(code))) codes_.Add(code);
    }
  }
  frequent_ = codes_.size();
}

void WordCodes::CollectRare(std::span<const uint32_t> rare) {
  uint32_t place = 0;
  for (size_t at = 0; at < rare.size() && place < storage::kMostRareWords; ++place) {
    const size_t end = storage::EndOfForms(rare, at);
    if (Accepts(rare.subspan(at, end - at))) {
      const RareCode code = storage::CodeOfRare(place);
      codes_.Add(code.first);
      if (code.second != 0) long_codes_.push_back(code);
    }
    at = end;
  }
}

bool WordCodes::StandsAt(Codes codes, size_t at) const {
  const RunCode code = codes[at];
  if (!codes_.Has(code)) return false;
  if (code < storage::kFirstLead) return true;
  const RareCode whole{.first = code, .second = at + 1 < codes.size() ? codes[at + 1] : RunCode{0}};
  return std::find(long_codes_.begin(), long_codes_.end(), whole) != long_codes_.end();
}

bool WordCodes::RarerThan(const WordCodes& other) const {
  const bool few = hashes_.size() <= kFewHashes;
  const bool other_few = other.hashes_.size() <= kFewHashes;
  if (few != other_few) return few;
  return frequency_ < other.frequency_;
}

size_t WordCodes::Find(Codes codes, size_t from) const {
  for (size_t at = codes_.Next(codes, from); at < codes.size(); at = codes_.Next(codes, at + 1)) {
    if (StandsAt(codes, at)) return at;
  }
  return kNoCode;
}

}  // namespace broadsheet::query
