// SPDX-License-Identifier: GPL-3.0-or-later
// The frequent words of a generation. Token runs name them by 16-bit codes (run_code.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/storage/base/run_code.h"
#include "engine/storage/base/token_code.h"

namespace broadsheet::storage {

// Immutable; safe from any thread. Takes some 20 bytes for each word.
class WordTable {
 public:
  WordTable() = default;  // no words
  // `forms` are the forms of all words, one after the other; the first has the code kFirstWord.
  // Words beyond kMostFrequentWords, and what is not a word, are ignored.
  explicit WordTable(std::vector<uint32_t> forms);
  WordTable(WordTable&&) noexcept = default;
  WordTable& operator=(WordTable&&) noexcept = default;

  size_t size() const { return begins_.empty() ? 0 : begins_.size() - 1; }
  // What was given to the constructor.
  std::span<const uint32_t> forms() const { return forms_; }

  bool Has(RunCode code) const { return static_cast<size_t>(code) - kFirstWord < size(); }
  // Empty for a code that stands for no frequent word.
  WordForms FormsOf(RunCode code) const {
    const size_t place = static_cast<size_t>(code) - kFirstWord;
    if (place >= size()) return {};
    return WordForms(forms_).subspan(begins_[place], begins_[place + 1] - begins_[place]);
  }

  // The terms of the words are numbered from 0 on: words of one stem have one term.
  static constexpr uint32_t kNoTerm = UINT32_MAX;
  size_t term_count() const { return term_hashes_.size(); }
  // `code` is that of a frequent word (below size()).
  uint32_t TermOf(RunCode code) const { return terms_[static_cast<size_t>(code) - kFirstWord]; }
  uint32_t HashOfTerm(uint32_t term) const { return term_hashes_[term]; }
  // The codes of the words that have this term, which is below term_count().
  std::span<const RunCode> CodesOfTerm(uint32_t term) const {
    return std::span(codes_of_terms_)
        .subspan(code_begins_[term], code_begins_[term + 1] - code_begins_[term]);
  }
  // kNoTerm when no frequent word has it.
  uint32_t TermWith(uint32_t hash) const;

  // (hash, code) pairs of the words that have a form with this hash: a term, an alternative, or the
  // exact form of one.
  std::span<const std::pair<uint32_t, RunCode>> CodesWith(uint32_t hash) const;

 private:
  // The slot of the term, or the free one where it belongs.
  size_t SlotOf(uint32_t hash) const;
  void NumberTerms();
  void GroupCodes();

  std::vector<uint32_t> forms_;
  std::vector<uint32_t> begins_;  // of the words in forms_, and the end of the last
  std::vector<std::pair<uint32_t, RunCode>> by_hash_;  // sorted
  std::vector<uint16_t> terms_;                        // by place
  std::vector<uint32_t> term_hashes_;                  // by term
  std::vector<RunCode> codes_of_terms_;                // term by term
  std::vector<uint32_t> code_begins_;  // of the terms in it, and the end of the last
  std::vector<uint32_t> term_slots_;   // terms; a hash table of a size that is a power of two
};

}  // namespace broadsheet::storage
