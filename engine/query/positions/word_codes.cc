// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/positions/word_codes.h"

#include <algorithm>

namespace broadsheet::query {
namespace {

using storage::CodeKind;
using storage::IsFieldMark;
using storage::KindOf;
using storage::TokenRun;

bool Contains(const std::vector<uint32_t>& sorted, uint32_t value) {
  // Nearly all words stand for one term or two.
  if (sorted.size() <= 8) return std::find(sorted.begin(), sorted.end(), value) != sorted.end();
  return std::binary_search(sorted.begin(), sorted.end(), value);
}

// Up to so many payloads, a scan makes one vector comparison for each; with more it looks up each
// code.
constexpr size_t kFewPayloads = 4;

}  // namespace

size_t WordAt(TokenRun run, size_t at) {
  while (KindOf(run[at]) != CodeKind::kWord) {
    if (at == 0 || KindOf(run[at]) == CodeKind::kMark) return kNoCode;
    --at;
  }
  return at;
}

size_t NextWord(TokenRun run, size_t at) {
  for (size_t i = at + 1; i < run.size(); ++i) {
    if (KindOf(run[i]) == CodeKind::kWord) return i;
    if (IsFieldMark(run[i])) return kNoCode;
  }
  return kNoCode;
}

size_t PreviousWord(TokenRun run, size_t at) {
  while (at > 0) {
    --at;
    if (KindOf(run[at]) == CodeKind::kWord) return at;
    if (IsFieldMark(run[at])) return kNoCode;
  }
  return kNoCode;
}

WordCodes::WordCodes(const WordPattern& pattern)
    : terms_(pattern.terms), exact_(pattern.exact), frequency_(pattern.frequency) {
  std::sort(terms_.begin(), terms_.end());
  std::sort(exact_.begin(), exact_.end());
  std::vector<uint32_t> payloads = terms_;
  payloads.insert(payloads.end(), exact_.begin(), exact_.end());
  scan_ = CodeScan(std::move(payloads));
}

bool WordCodes::StandsAt(TokenRun run, size_t at) const {
  for (size_t i = at; i < run.size(); ++i) {
    const CodeKind kind = KindOf(run[i]);
    const uint32_t payload = run[i] & storage::kPayloadMask;
    if (kind == CodeKind::kMark || (kind == CodeKind::kWord && i > at)) return false;
    if (kind == CodeKind::kExact) {
      if (Contains(exact_, payload)) return true;
      continue;
    }
    if (Contains(terms_, payload)) return true;
    if (exact_.empty()) continue;
    // A form without an exact code after it is its own exact form.
    const bool has_exact = i + 1 < run.size() && KindOf(run[i + 1]) == CodeKind::kExact;
    if (!has_exact && Contains(exact_, payload)) return true;
  }
  return false;
}

size_t WordCodes::Find(TokenRun run, size_t from) const {
  for (size_t at = scan_.Next(run, from); at < run.size(); at = scan_.Next(run, at + 1)) {
    const size_t word = WordAt(run, at);
    if (word != kNoCode && word >= from && StandsAt(run, word)) return word;
  }
  return kNoCode;
}

bool WordCodes::RarerThan(const WordCodes& other) const {
  const bool few = scan_.payload_count() <= kFewPayloads;
  const bool other_few = other.scan_.payload_count() <= kFewPayloads;
  if (few != other_few) return few;
  return frequency_ < other.frequency_;
}

}  // namespace broadsheet::query
