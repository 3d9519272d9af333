// SPDX-License-Identifier: GPL-3.0-or-later
// One word of a pattern, found in token runs. The pattern names hashes of terms and exact forms;
// a run has codes that stand for words with several forms. So the codes that the pattern accepts
// are collected once for the frequent words of the generation, and for each run among its own rare
// words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/query/positions/code_scan.h"
#include "engine/storage/base/token_run.h"
#include "engine/storage/base/word_table.h"

namespace broadsheet::query {

// A position matches if it has any of these.
struct WordPattern {
  std::vector<uint32_t> terms;  // hashes of terms
  std::vector<uint32_t> exact;  // hashes of exact forms
  // Roughly the number of documents that have the word; the rarest word of a phrase is looked for
  // first.
  uint32_t frequency = 0;
};

inline constexpr size_t kNoCode = static_cast<size_t>(-1);

// The code with which the next or previous word starts; kNoCode at the end or start of the field.
size_t NextWord(Codes codes, size_t at);
size_t PreviousWord(Codes codes, size_t at);

// Not thread-safe: it is about one run at a time.
class WordCodes {
 public:
  explicit WordCodes(const WordPattern& pattern);

  // Collects the codes of `run`, which all calls below are about, up to the next Enter.
  void Enter(const storage::TokenRun& run);

  // Whether the word that starts at codes[at] of the run is accepted.
  bool StandsAt(Codes codes, size_t at) const;

  // The first accepted word from codes[from] on; kNoCode when there is none.
  size_t Find(Codes codes, size_t from) const;

  // Whether to look for this word before `other`.
  bool RarerThan(const WordCodes& other) const;

 private:
  bool Accepts(storage::WordForms forms) const;
  bool MayBeIn(std::span<const uint32_t> rare) const;
  void CollectFrequent(const storage::WordTable& table);
  void CollectRare(std::span<const uint32_t> rare);

  std::vector<uint32_t> terms_;   // sorted
  std::vector<uint32_t> exact_;   // sorted
  std::vector<uint32_t> hashes_;  // both; sorted, each once
  uint32_t frequency_;
  const storage::WordTable* table_ = nullptr;  // that of the frequent codes
  size_t frequent_ = 0;                        // how many of codes_ are frequent
  CodeSet codes_;
  // The accepted words that take two codes; the first of each is in codes_.
  std::vector<storage::RareCode> long_codes_;
};

}  // namespace broadsheet::query
