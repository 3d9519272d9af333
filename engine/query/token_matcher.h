// SPDX-License-Identifier: GPL-3.0-or-later
// Looks for words in their places: phrases, slop, NEAR, one field, exact forms. It reads a
// document's token run and nothing else, so it is pure, and the same for base, for live and for a
// text that is being highlighted.
//
// What matches
//   * A phrase's words stand in the order written, all in one field mark's stretch (one headline,
//     one caption), with at most `slop` further words between them altogether.
//   * NEAR/n and ADJ/n want one span of each operand, none overlapping, in a stretch that holds
//     fewer than n words besides theirs (NEAR/1 = side by side); ADJ in the order written.
// How
//   * A plain phrase is a scan for the codes of its first word; what follows is checked only there,
//     and the field only where the whole phrase stood. Everything else decodes one stretch at a
//     time into positions and lists spans.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/schema/field_table.h"
#include "engine/storage/token_run.h"

namespace broadsheet::query {

// A set of fields, a bit for each FieldId.
using FieldMask = uint32_t;
inline constexpr FieldMask MaskOf(schema::FieldId field) {
  return FieldMask{1} << static_cast<uint32_t>(field);
}

// What may stand at one position: any of these.
struct WordPattern {
  std::vector<uint32_t> terms;  // hashes of terms
  std::vector<uint32_t> exact;  // hashes of exact forms
};

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
};

// Positions [first, last] of a run, counted in words from 0 over the whole run.
struct Occurrence {
  uint32_t first = 0;
  uint32_t last = 0;
  auto operator<=>(const Occurrence&) const = default;
};

// Not thread-safe: keeps scratch memory. Copies are independent.
class TokenMatcher {
 public:
  explicit TokenMatcher(const TokenConstraint& constraint);

  bool Matches(storage::TokenRun run);

  // Every span that takes part in a match, in order, for highlights: phrases as a whole, the
  // operands of NEAR each by itself.
  std::vector<Occurrence> Find(storage::TokenRun run);

 private:
  // WordPattern as codes: sorted, word and alternative codes of each term.
  struct Word {
    std::vector<uint32_t> codes;
    std::vector<uint32_t> exact;
    bool AcceptsTerm(uint32_t code) const;
    bool AcceptsExact(uint32_t payload) const;
  };
  struct Phrase {
    std::vector<Word> words;
    uint32_t slop = 0;
  };
  using Operand = std::vector<Phrase>;
  // A place of an operand, and how many of its words are the operand's own (the rest is slop).
  struct Place {
    Occurrence span;
    uint32_t words = 0;
    auto operator<=>(const Place&) const = default;
  };
  // A stretch between field marks: the codes, and where each position's word code is.
  struct Stretch {
    storage::TokenRun codes;
    std::vector<uint32_t> words;
  };

  bool Accepts(const Word& word, storage::TokenRun codes, size_t at) const;
  bool MatchesPlainPhrase(storage::TokenRun run) const;
  bool PhraseStandsAt(storage::TokenRun run, size_t at) const;
  // Calls `visit(stretch, first position)` for each stretch of a wanted field until it is false.
  template <typename Visit>
  void ForEachStretch(storage::TokenRun run, Visit visit);
  void ListPlaces(const Phrase& phrase, std::vector<Place>* places) const;
  void ListOperandPlaces();
  bool FindNear(std::vector<Occurrence>* found);
  bool ChooseFrom(const Place& start, size_t start_operand);
  bool Extend(size_t depth, uint32_t last_end, uint32_t used);
  void ListCandidates(const Place& start, size_t skip);

  FieldMask fields_;
  std::vector<Operand> operands_;
  uint32_t distance_;
  bool ordered_;
  bool plain_phrase_ = false;
  // Words of the longest alternative of each operand, added up.
  uint32_t most_words_ = 0;
  Stretch stretch_;
  std::vector<std::vector<Place>> places_;
  // While NEAR is choosing: the operands left, fewest candidates first, and the choice so far.
  std::vector<std::vector<Place>> candidates_;
  std::vector<size_t> order_;
  std::vector<Occurrence> chosen_;
  uint32_t window_start_ = 0;
};

}  // namespace broadsheet::query
