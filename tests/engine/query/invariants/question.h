// SPDX-License-Identifier: GPL-3.0-or-later
// What a reader asks: a query, and how it is to be answered.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/syntax/ast.h"

namespace broadsheet::query::invariants {

// A plain value.
struct Question {
  Node query;
  // A second query, which some invariants combine with the first.
  Node other;
  // Typed in the place of `query`, unless it is empty: text that need not be a query.
  std::string typed;
  // Whether AND is written between the parts of `query`; without it, they are words side by side.
  bool writes_and = true;
  v1::MatchMode match = v1::MATCH_MODE_ALL;
  v1::SortOrder sort = v1::SORT_ORDER_RELEVANCE;
  std::string profile = "default";
  v1::Filter filter;
  bool exact_total = false;
  // Decides what an invariant chooses: sizes of pages, what is changed in a query.
  uint64_t seed = 0;

  bool all_words() const { return match == v1::MATCH_MODE_ALL; }
  bool is_ranked() const { return sort == v1::SORT_ORDER_RELEVANCE; }
  // The same question with another query, or another way of answering.
  Question With(Node changed) const;
};

// The query as a reader would type it.
std::string TextOf(const Question& question);
// Everything on one page, without fragments.
v1::SearchArticlesRequest RequestOf(const Question& question);
// The query and its settings, on one line.
std::string Described(const Question& question);

Node Word(std::string text);
Node And(Node a, Node b);
Node Or(Node a, Node b);
// NOT `a`; of a negation, what it negates.
Node Not(Node a);
// True if `is` holds for a node of the tree.
bool AnyNode(const Node& node, bool (*is)(const Node&));
inline bool IsOr(const Node& node) { return node.kind == NodeKind::kOr; }
inline bool IsNegation(const Node& node) { return node.kind == NodeKind::kNot; }
// True if the query asks for a word of the default search that says something: such a word counts
// where any word is enough, and words of no meaning ("the") do not.
bool HasContentWord(const Node& node);
bool HasStopWord(const Node& node);
// True if a word is indexed in parts: COVID-19, 北京大学.
bool HasWordInParts(const Node& node);

}  // namespace broadsheet::query::invariants
