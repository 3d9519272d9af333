// SPDX-License-Identifier: GPL-3.0-or-later
// Looks for words in their places: phrases, slop, NEAR, one field, exact forms. It reads a
// document's token run and nothing else, so it is the same for base, for live and for a text that
// is being highlighted. Any codes are safe to read, also those of a damaged run.
//
// What matches
//   * A phrase's words stand in the order written, all in one field mark's stretch (one headline,
//     one caption), with at most `slop` further words between them altogether.
//   * NEAR/n and ADJ/n want one span of each operand, none overlapping, in one such stretch, with
//     fewer than n words in all between the spans (NEAR/1 = side by side); ADJ in the order
//     written.
//   * NEAR/s and NEAR/p want them in one sentence or paragraph, each operand as a whole: a phrase
//     that runs over a full stop is in no sentence.
// How
//   * A plain phrase is a scan for the codes of its rarest word; what stands around it is checked
//     only there, and the field only where the whole phrase stood.
//   * For everything else such scans show whether all words occur; only then the run is cut into
//     stretches and positions, and the places of each operand are listed. NEAR is near_sweep.h.
//   * The work is linear in the run times the pattern, and polls the deadline as it goes.
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

// A set of fields, a bit for each FieldId. A number that is no field's is in no set.
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

// Not thread-safe: keeps scratch memory. Copies are independent but for the deadline.
class TokenMatcher {
 public:
  // `deadline` outlives the matcher; without one a call runs to its end.
  explicit TokenMatcher(const TokenConstraint& constraint, base::Deadline* deadline = nullptr);

  // Throws what the deadline throws, as Find does.
  bool Matches(storage::TokenRun run);

  // Every span that takes part in a match, in order, for highlights: phrases as a whole, the
  // operands of NEAR each by itself.
  std::vector<Occurrence> Find(storage::TokenRun run);

 private:
  struct Phrase {
    std::vector<WordCodes> words;
    uint32_t slop = 0;
    // The word to look for first.
    size_t rarest = 0;
    // Where the first word stands in the run that is being read, ascending.
    std::vector<uint32_t> starts = {};
  };
  using Operand = std::vector<Phrase>;
  // Positions [begin, end) of one stretch, sentence or paragraph of a wanted field.
  struct Stretch {
    uint32_t begin = 0;
    uint32_t end = 0;
  };

  bool MatchesPlainPhrase(storage::TokenRun run);
  bool StandsAround(const Phrase& phrase, storage::TokenRun run, size_t rarest) const;
  bool IsInField(storage::TokenRun run, size_t at);

  // Whether each operand has an alternative all of whose words occur.
  bool WordsOccur(storage::TokenRun run);
  void ReadPositions(storage::TokenRun run);
  bool EndsStretch(uint32_t mark) const;
  void ListStarts(storage::TokenRun run, Phrase* phrase);
  // Fills places_ for one stretch; false when an operand has none.
  bool ListPlaces(storage::TokenRun run, const Stretch& stretch);
  void ListPhrase(storage::TokenRun run, const Stretch& stretch, const Phrase& phrase,
                  uint32_t operand);
  std::optional<uint32_t> EndOfPhrase(storage::TokenRun run, const Phrase& phrase, uint32_t first,
                                      uint32_t end);
  // Calls `visit()` with places_ filled, for each stretch that has all operands, until it is false.
  template <typename Visit>
  void ForEachCandidate(storage::TokenRun run, Visit visit);

  // Counts work, and looks at the clock now and then.
  void Spend(size_t steps);

  FieldMask fields_;
  std::vector<Operand> operands_;
  NearUnit unit_;
  std::optional<NearSweep> near_;
  bool plain_phrase_ = false;
  base::Deadline* deadline_;
  size_t steps_ = 0;

  std::vector<uint32_t> positions_;  // of the run: where each position's word code is
  std::vector<Stretch> stretches_;
  std::vector<Place> places_;
};

}  // namespace broadsheet::query
