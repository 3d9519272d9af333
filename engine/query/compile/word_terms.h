// SPDX-License-Identifier: GPL-3.0-or-later
// What the words of a query stand for in one index, and the Xapian queries of their terms.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/compile/compiler_input.h"
#include "engine/query/compile/expansion.h"
#include "engine/query/compile/ranked_word.h"
#include "engine/query/match/visibility.h"
#include "engine/query/positions/token_matcher.h"
#include "engine/query/syntax/ast.h"

namespace broadsheet::query {

// One position of a phrase, or a word by itself.
struct Word {
  std::vector<std::string> terms;  // without prefix
  std::optional<std::string> exact;
  std::string typed;           // its exact form; "" for a word that stands for others
  std::string beginning = {};  // as in text::QueryWord: of a long word, what * and ~ compare
  // The whole of the compound that starts here, as in text::QueryWord, if the index has it; it
  // stands for this word and those behind, `whole_words` in all.
  std::vector<std::string> whole_terms = {};
  size_t whole_words = 0;
  std::string number = {};  // as in text::QueryWord
  uint32_t frequency = 0;   // of its terms, added up; known once QueryOf() has looked them up
};

// Made for one query, whose terms it counts. Everything throws what Xapian and the deadline throw.
// Not thread-safe; `input` must outlive it.
class WordTerms {
 public:
  explicit WordTerms(const CompilerInput& input)
      : input_(input),
        database_(input.match.snapshot.both()),
        visible_(input.match, input.dates.now) {}

  // The words of a kWord node's text; those of one written word (COVID-19) are one group.
  absl::StatusOr<std::vector<std::vector<Word>>> GroupsOf(const Node& node);

  // The words of a phrase, or of a word that takes part in NEAR, all in a row; none when there is
  // nothing in it that can be searched for.
  absl::StatusOr<std::vector<Word>> RowOf(const Node& node);

  // The AND of the words' terms: one synonym group a word. Terms that no article has are left out:
  // they cost set-up time and match nothing. Fills in the words' frequencies. Words that the index
  // has are added to `ranked`, unless it is null.
  absl::StatusOr<Xapian::Query> QueryOf(const Node& node, std::vector<Word>* words,
                                        std::vector<RankedWord>* ranked);

  // Notes that `us` by itself is the pronoun, where the index has the country.
  void NotePronoun(const Node& node);

  // Counts terms towards limits.max_expanded_leaves; QUERY_TOO_COMPLEX when there are too many.
  absl::Status TakeLeaves(size_t count, const Node& node);

  // What the token matcher looks for.
  PhrasePattern PatternOf(const std::vector<Word>& words, uint32_t slop) const;

  // WILDCARD_TRUNCATED, LONG_WORD and CASE_MATTERS, and with input.explain what each word stands
  // for; emptied by the call.
  std::vector<v1::Notice> TakeNotices() { return std::move(notices_); }
  std::vector<v1::WordMeaning> TakeMeanings() { return std::move(meanings_); }

 private:
  // Puts what the index has in the place of a word with * or ~.
  void Expand(const Node& node, Word* word);
  // Adds to `word` how else it may be written; it is `words[at]` of those of `node`.
  void AddSpellings(const Node& node, const std::vector<text::QueryWord>& words, size_t at,
                    Word* word);
  void NoteTruncated(const Node& node, const Expansion& expansion);
  void NoteLongWord(const Node& node);
  // Describes the words that were added to `groups` by a node.
  void Explain(const Node& node, const std::vector<std::vector<Word>>& groups, size_t reached);
  absl::StatusOr<Xapian::Query> QueryOfWord(const Node& node, Word* word,
                                            std::vector<RankedWord>* ranked);
  bool IsStopWord(const Word& word) const;

  const CompilerInput& input_;
  const Xapian::Database& database_;
  VisibleTerms visible_;
  size_t leaves_ = 0;
  // Terms that the last expansion found in all.
  size_t reached_ = 0;
  std::vector<v1::Notice> notices_;
  std::vector<v1::WordMeaning> meanings_;
};

// The Mistake of a part of a query that has nothing to search for, as Status.
absl::Status NothingToSearch(const Node& node);

}  // namespace broadsheet::query
