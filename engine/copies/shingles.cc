// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/copies/shingles.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/storage/base/run_code.h"
#include "engine/storage/base/token_code.h"

namespace broadsheet::copies {
namespace {

using storage::RunCode;

constexpr std::array<std::string_view, 10> kClosingWords = {
    "reporting", "editing", "writing",   "additional", "contact",
    "contacts",  "media",   "copyright", "source",     "follow"};

// At most so many paragraphs are left out at each end, and at most so long ones.
constexpr size_t kMostEdges = 3;
constexpr size_t kFewWords = 3;
constexpr size_t kBylineWords = 12;
constexpr size_t kFooterWords = 40;

// The numbers of words are put together as digits of this base, so that one can be pushed out at
// the front when the next comes in at the back.
constexpr uint64_t kDigit = 0x9e3779b97f4a7c15;
constexpr uint64_t kFirstDigit = kDigit * kDigit * kDigit;
static_assert(kShingleWords == 4);

// Spreads what differs in any bit over all bits (MurmurHash3's last step).
uint64_t Spread(uint64_t number) {
  number = (number ^ number >> 33) * 0xff51afd7ed558ccd;
  number = (number ^ number >> 33) * 0xc4ceb9fe1a85ec53;
  return number ^ number >> 33;
}

std::vector<uint32_t> HashClosingWords(uint64_t seed) {
  std::vector<uint32_t> hashes;
  for (const std::string_view word : kClosingWords) {
    hashes.push_back(storage::HashTerm(word, seed));
  }
  return hashes;
}

}  // namespace

ShingleReader::ShingleReader(uint64_t token_seed)
    : by_(storage::HashTerm("by", token_seed)), closing_(HashClosingWords(token_seed)) {}

void ShingleReader::ReadBody(const storage::TokenRun& run) {
  words_.clear();
  paragraphs_.clear();
  forms_.Enter(run);
  bool in_body = false;
  for (size_t at = 0; at < run.size(); ++at) {
    const RunCode code = run[at];
    if (storage::IsFieldMark(code)) {
      if (in_body) return;
      in_body = storage::FieldOfMark(code) == schema::FieldId::kBody;
      if (in_body) paragraphs_.push_back(0);
    } else if (in_body && storage::StartsWord(code)) {
      const storage::WordForms forms = forms_.At(at);
      words_.push_back(forms.empty() ? 0 : storage::WrittenForm(forms, 0));
    } else if (in_body && code == storage::kParagraphMark) {
      paragraphs_.push_back(words_.size());
    }
  }
}

bool ShingleReader::IsLeadIn(size_t begin, size_t end) const {
  const size_t words = end - begin;
  return words <= kFewWords || (words <= kBylineWords && words_[begin] == by_);
}

bool ShingleReader::IsFooter(size_t begin, size_t end) const {
  const size_t words = end - begin;
  if (words <= kFewWords) return true;
  return words <= kFooterWords &&
         std::find(closing_.begin(), closing_.end(), words_[begin]) != closing_.end();
}

ShingleReader::Part ShingleReader::WithoutEdges() const {
  size_t first = 0;
  size_t behind = paragraphs_.size();
  const auto begin = [&](size_t paragraph) {
    return paragraph < paragraphs_.size() ? paragraphs_[paragraph] : words_.size();
  };
  for (size_t cut = 0; cut < kMostEdges && behind - first > 1; ++cut) {
    if (!IsLeadIn(begin(first), begin(first + 1))) break;
    ++first;
  }
  for (size_t cut = 0; cut < kMostEdges && behind - first > 1; ++cut) {
    if (!IsFooter(begin(behind - 1), begin(behind))) break;
    --behind;
  }
  return {.begin = begin(first), .end = begin(behind)};
}

std::span<const uint64_t> ShingleReader::Read(const storage::TokenRun& run) {
  ReadBody(run);
  shingles_.clear();
  const Part part = WithoutEdges();
  uint64_t last_words = 0;
  for (size_t at = part.begin; at < part.end; ++at) {
    const size_t read = at - part.begin;
    if (read >= kShingleWords) last_words -= words_[at - kShingleWords] * kFirstDigit;
    last_words = last_words * kDigit + words_[at];
    if (read + 1 >= kShingleWords) shingles_.push_back(Spread(last_words));
  }
  return shingles_;
}

std::vector<uint64_t> ShingleReader::ReadSet(const storage::TokenRun& run) {
  const std::span<const uint64_t> all = Read(run);
  std::vector<uint64_t> set(all.begin(), all.end());
  std::sort(set.begin(), set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
  return set;
}

}  // namespace broadsheet::copies
