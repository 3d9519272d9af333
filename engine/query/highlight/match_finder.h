// SPDX-License-Identifier: GPL-3.0-or-later
// Finds every place of a token run that the patterns of a query match. One scan of the run finds
// all patterns that are a single word (nearly all are); phrases and NEAR use the same TokenMatcher
// that decided the match.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/call_control.h"
#include "engine/query/positions/run_layout.h"
#include "engine/query/positions/token_matcher.h"
#include "engine/query/positions/word_codes.h"
#include "engine/weights/hashed_words.h"

namespace broadsheet::query {

// A form at a word's position: 0 is the word itself, k its k-th alternative ("covid19" of
// "COVID-19"), in the order of the run.
using FormNumber = uint16_t;

// A set of constraints, a bit each. Constraints from the 64th on share bits, which affects only the
// order of fragments.
using PatternSet = uint64_t;
inline constexpr size_t kPatternBits = 64;
inline constexpr PatternSet SetOf(size_t pattern) {
  return PatternSet{1} << (pattern % kPatternBits);
}

// Words [first, last] of a run that matched, with the forms that matched at the first and the last.
struct MatchedSpan {
  uint32_t first = 0;
  uint32_t last = 0;
  FormNumber first_form = 0;
  FormNumber last_form = 0;
  PatternSet patterns = 0;  // that matched exactly these words
  auto operator<=>(const MatchedSpan&) const = default;
};

// Not thread-safe: keeps scratch memory.
class MatchFinder {
 public:
  // `deadline` outlives the finder.
  MatchFinder(const std::vector<const TokenConstraint*>& constraints, base::Deadline& deadline);

  // Fills `found`, in order, and keeps its memory for the next run. Scans the run once for all
  // single words and once for each phrase. Finds at most a few spans for each word of the run,
  // however many constraints there are. Throws DeadlineError.
  void Find(const RunLayout& layout, std::vector<MatchedSpan>* found);

 private:
  struct Sequence {
    uint32_t pattern;
    TokenMatcher matcher;
    std::vector<uint32_t> terms;  // of all its words; sorted
    std::vector<uint32_t> exact;
  };

  void FindWords(const RunLayout& layout);
  void LookAtWord(storage::WordForms forms, uint32_t word, FieldMask field);
  void FindSequence(Sequence& sequence, const RunLayout& layout);
  // Sorts the spans found and merges equal ones.
  void SortFound();
  static FormNumber AcceptedForm(const Sequence& sequence, storage::WordForms forms);

  base::Deadline& deadline_;
  std::vector<FieldMask> fields_;  // by pattern
  weights::HashedWords terms_;     // to patterns
  weights::HashedWords exact_;
  WordCodes words_;  // those with a hash in either table
  storage::RunForms forms_;
  std::vector<Sequence> sequences_;
  std::vector<MatchedSpan> found_;
};

}  // namespace broadsheet::query
