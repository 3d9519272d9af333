// SPDX-License-Identifier: GPL-3.0-or-later
// Matches the positions of words: phrases, slop, NEAR, one field, exact forms. Reads only a
// document's token run, so the same matcher serves base, live and highlights. Reading a damaged run
// is safe.
//
// What matches
//   * A phrase: its words in the order written, all in one stretch (one headline, one caption),
//     with at most `slop` further words between them in total.
//   * NEAR/n and ADJ/n: one span of each operand, without overlaps, in one stretch, with fewer than
//     n words in total between the spans (NEAR/1 = side by side); for ADJ in the order written.
//   * NEAR/s and NEAR/p: all operands in one sentence or paragraph, each operand as a whole: a
//     phrase across a full stop is in no sentence.
// How
//   * For plain phrases, one of which has to match, a scan finds the codes of the rarest word; only
//     there the other words are checked, and only where the whole phrase matches, the field.
//   * For everything else such scans first show whether all words occur. Only then the run is cut
//     into stretches and positions, and the places of each operand are listed (near_sweep.h).
//   * The time is linear in the run times the pattern; the matcher polls the deadline.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/call_control.h"
#include "engine/query/positions/near_sweep.h"
#include "engine/query/positions/word_codes.h"
#include "engine/query/syntax/ast.h"
#include "engine/schema/field_table.h"
#include "engine/storage/base/token_run.h"

namespace broadsheet::query {

// A set of fields, a bit for each FieldId. An invalid FieldId is in no set.
using FieldMask = uint32_t;
inline constexpr FieldMask MaskOf(schema::FieldId field) {
  const auto bit = static_cast<uint32_t>(field);
  return bit < 32 ? FieldMask{1} << bit : 0;
}

struct PhrasePattern {
  std::vector<WordPattern> words;
  uint32_t slop = 0;
};

struct TokenConstraint {
  FieldMask fields = 0;
  // One operand is a phrase (or a word in a field); more are NEAR. Each is a list of alternatives.
  std::vector<std::vector<PhrasePattern>> operands = {};
  uint32_t distance = 0;
  bool ordered = false;
  NearUnit unit = NearUnit::kWords;
};

// Not thread-safe: keeps scratch memory. Copies share only the deadline.
class TokenMatcher {
 public:
  // `deadline` must outlive the matcher; without one a call runs to its end.
  explicit TokenMatcher(const TokenConstraint& constraint, base::Deadline* deadline = nullptr);

  // Both throw DeadlineError.
  bool Matches(const storage::TokenRun& run);

  // Every span that takes part in a match, in order, for highlights: a whole phrase is one span,
  // each operand of NEAR is one.
  std::vector<Occurrence> Find(const storage::TokenRun& run);

 private:
  struct Phrase {
    std::vector<WordCodes> words;
    uint32_t slop = 0;
    // The word to look for first.
    size_t rarest = 0;
    // The positions of the first word in the current run, ascending.
    std::vector<uint32_t> starts = {};
  };
  using Operand = std::vector<Phrase>;
  // Positions [begin, end) of one stretch, sentence or paragraph in a field of `fields_`.
  struct Stretch {
    uint32_t begin = 0;
    uint32_t end = 0;
  };

  bool MatchesPlainPhrase(Phrase* phrase, const storage::TokenRun& run);
  bool StandsAround(const Phrase& phrase, Codes codes, size_t rarest) const;
  bool IsInField(Codes codes, size_t at);

  // Whether each operand has an alternative all of whose words occur.
  bool WordsOccur(const storage::TokenRun& run);
  void ReadPositions(Codes codes);
  bool EndsStretch(storage::RunCode code) const;
  void ListStarts(Codes codes, Phrase* phrase);
  // Fills places_ for one stretch; false when an operand has none.
  bool ListPlaces(Codes codes, const Stretch& stretch);
  void ListPhrase(Codes codes, const Stretch& stretch, const Phrase& phrase, uint32_t operand);
  std::optional<uint32_t> EndOfPhrase(Codes codes, const Phrase& phrase, uint32_t first,
                                      uint32_t end);
  // Calls `visit()`, with places_ filled, for each stretch that has all operands, until it returns
  // false.
  template <typename Visit>
  void ForEachCandidate(const storage::TokenRun& run, Visit visit);

  // Counts steps, and now and then polls the deadline.
  void Spend(size_t steps);

  FieldMask fields_;
  std::vector<Operand> operands_;
  NearUnit unit_;
  std::optional<NearSweep> near_;
  bool plain_phrases_ = false;
  base::Deadline* deadline_;
  size_t steps_ = 0;

  std::vector<uint32_t> positions_;  // of the run: where each position's word code is
  std::vector<Stretch> stretches_;
  std::vector<Place> places_;
};

}  // namespace broadsheet::query
