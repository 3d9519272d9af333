// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/copies/shingles.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "engine/text/ascii_word.h"

namespace broadsheet::copies {
namespace {

using text::CharClass;

constexpr std::array<std::string_view, 10> kClosingWords = {
    "reporting", "editing", "writing",   "additional", "contact",
    "contacts",  "media",   "copyright", "source",     "follow"};

// At most so many lines are left out at each end, and at most so long ones.
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

// A word's number is made of its folded form, eight bytes after the other.
uint64_t AddBytes(uint64_t hash, uint64_t bytes) {
  hash = (hash ^ bytes) * kDigit;
  return hash ^ hash >> 32;
}

uint64_t HashWord(std::string_view folded) {
  uint64_t hash = 0;
  for (; !folded.empty(); folded.remove_prefix(std::min(folded.size(), sizeof(uint64_t)))) {
    uint64_t bytes = 0;
    std::memcpy(&bytes, folded.data(), std::min(folded.size(), sizeof(bytes)));
    hash = AddBytes(hash, bytes);
  }
  return hash;
}

std::vector<uint64_t> HashClosingWords() {
  std::vector<uint64_t> hashes;
  for (const std::string_view word : kClosingWords) hashes.push_back(HashWord(word));
  return hashes;
}

}  // namespace

ShingleReader::ShingleReader()
    : classes_(text::CharClasses::Get()), by_(HashWord("by")), closing_(HashClosingWords()) {}

size_t ShingleReader::EndOfWord(std::string_view body, size_t at, bool begins) const {
  bool alone = false;
  while (at < body.size()) {
    const text::Character character = text::CharacterAt(body, at);
    const CharClass kind = classes_.Of(character.code_point);
    if (begins && (kind == CharClass::kBigram || kind == CharClass::kFraction)) {
      alone = true;
    } else if (kind == CharClass::kWord || kind == CharClass::kIgnorable) {
      if (alone) break;
    } else if (kind != CharClass::kMark) {
      break;
    }
    begins = false;
    at = character.end;
  }
  return at;
}

size_t ShingleReader::TakeWord(std::string_view body, size_t begin) {
  uint64_t hash = 0;
  size_t at = begin;
  for (text::AsciiRun run{.count = sizeof(run.lower)};
       run.count == sizeof(run.lower) && at < body.size(); at += run.count) {
    run = text::ReadAsciiRun(body, at);
    if (run.count > 0) hash = AddBytes(hash, run.lower);
  }
  size_t end = at;
  if (at < body.size() && !text::IsAscii(body[at])) end = EndOfWord(body, at, at == begin);
  if (end > at) hash = HashWord(forms_.Of(body.substr(begin, end - begin)).folded);
  words_.push_back(hash);
  return end;
}

void ShingleReader::ReadWords(std::string_view body) {
  words_.clear();
  lines_.clear();
  bool starts_line = true;
  for (size_t at = 0; at < body.size();) {
    if (classes_.StartsWord(body, at)) {
      if (starts_line) lines_.push_back(words_.size());
      starts_line = false;
      at = TakeWord(body, at);
    } else {
      starts_line = starts_line || body[at] == '\n';
      at = text::CharacterAt(body, at).end;
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
  size_t behind = lines_.size();
  const auto begin = [&](size_t line) {
    return line < lines_.size() ? lines_[line] : words_.size();
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

std::span<const uint64_t> ShingleReader::Read(std::string_view body) {
  ReadWords(body);
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

std::vector<uint64_t> ShingleReader::ReadSet(std::string_view body) {
  const std::span<const uint64_t> all = Read(body);
  std::vector<uint64_t> set(all.begin(), all.end());
  std::sort(set.begin(), set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
  return set;
}

}  // namespace broadsheet::copies
