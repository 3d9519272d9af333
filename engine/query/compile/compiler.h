// SPDX-License-Identifier: GPL-3.0-or-later
// Turns a tree into a Xapian query for one index, with the token constraints that Xapian cannot
// check by itself as posting sources, and the patterns that highlights light up.
//
// A word of the default search is one synonym group of its terms: the folded form and its stem in
// each language of the index. In a field with terms of its own (headline:, caption:, ...) it is the
// same under the field's prefix; body: has none, so it is the default term and a check of the token
// run. Phrases, NEAR and exact words are the AND of their words' terms and such a check. Values,
// dates and negations never score.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/compile/compiler_input.h"
#include "engine/query/compile/ranked_word.h"
#include "engine/query/match/match_context.h"
#include "engine/query/positions/token_matcher.h"
#include "engine/query/syntax/ast.h"
#include "engine/query/syntax/limits.h"
#include "engine/text/analyzer.h"

namespace broadsheet::query {

// An exact value that the query asks for, such as tag:"Kim Jong Un".
struct AskedValue {
  schema::FieldId field;
  std::string value;
};

// Something to light up.
struct HighlightPattern {
  TokenConstraint constraint;
  double weight = 0;  // what it tells about an article: see rarity.h
  // Other highlights, by index, that an article must have too for this one to have counted: `b`
  // needs `c` in `a OR (b c)`.
  std::vector<size_t> needs = {};
};

// A word, phrase or NEAR that scores, by itself.
struct ScoredPart {
  std::string name;  // as the tree is written
  // Matches the articles in whose score the part counts. In an AND branch of an OR it counts only
  // if the whole branch matches.
  Xapian::Query query;
};

struct CompiledQuery {
  Xapian::Query query;
  // `query` in two halves, for a match that checks late (late_checks.h): it finds what `candidates`
  // finds and all of `checks` hold for.
  Xapian::Query candidates;
  std::vector<TokenConstraint> checks;
  // Whether any part of it scores; else relevance has nothing to order by.
  bool scored = false;
  // The words that score and that the index has, in the order of the query.
  std::vector<RankedWord> ranked_words;
  std::vector<HighlightPattern> highlights;
  // Whose weights add up to a document's score.
  std::vector<ScoredPart> parts;
  // What each word stands for; only with CompilerInput::explain.
  std::vector<v1::WordMeaning> meanings;
  std::vector<AskedValue> values;
  std::vector<v1::Notice> notices;
};

// INVALID_ARGUMENT with a QueryError payload: QUERY_BAD_DATE, QUERY_TOO_COMPLEX (over
// limits.max_expanded_leaves), QUERY_SYNTAX when nothing in the query can be searched for. Throws
// what Xapian and the deadline throw. The query holds pointers to input.match.
absl::StatusOr<CompiledQuery> Compile(const Node& root, const CompilerInput& input);

// The fields of the default search.
FieldMask DefaultFields();

}  // namespace broadsheet::query
