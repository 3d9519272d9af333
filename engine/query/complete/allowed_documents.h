// SPDX-License-Identifier: GPL-3.0-or-later
// Whether any of the documents that a completion may be about has a term, or writes a word.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <string>
#include <vector>

#include "engine/query/aggregate/matched_documents.h"
#include "engine/query/match/match_context.h"

namespace broadsheet::query {

// A word, and the terms under which the index has it, those of a field where one is searched.
struct WordToFind {
  std::string written;  // but for case
  std::vector<std::string> terms;
  storage::Segment segment = storage::Segment::kBase;  // where it is looked for
  uint64_t articles = 0;                               // those of the segment that have the word
};

// Not thread-safe. What is passed outlives it.
class AllowedDocuments {
 public:
  AllowedDocuments(MatchContext& context, const MatchedDocuments& allowed);

  // Takes as long as the term has articles, or as long as there are allowed ones, whichever is
  // less. Throws what Xapian and the deadline throw.
  bool HaveTerm(const std::string& term);
  // The same of documents of live.
  bool HaveLiveTerm(const std::string& term);
  // How many have one of `terms`, counted up to `most`; one that has two may count twice.
  size_t CountWith(const std::vector<std::string>& terms, size_t most);
  // Whether one has the word exactly as it is written. Looks at some hundred articles in all, so
  // that a word may be missed, and at none for a word that is so rare beside its stem that it would
  // be.
  bool Write(const WordToFind& word);
  bool Has(storage::DocRef doc) const {
    return (doc.segment == storage::Segment::kBase ? allowed_.base : allowed_.live).Has(doc.docid);
  }

 private:
  // Calls `visit(doc)` for allowed documents with the term until it returns true; whether it did.
  template <typename Visit>
  bool AnyWithTerm(const std::string& term, Visit visit);
  template <typename Visit>
  bool AnyIn(storage::Segment segment, const std::string& term, Visit visit);

  MatchContext& context_;
  const MatchedDocuments& allowed_;
  int runs_left_;  // that Write() may still look at
};

}  // namespace broadsheet::query
