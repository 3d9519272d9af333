// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/partial_match.h"

#include <bit>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "engine/query/match/matches.h"
#include "engine/query/match/polled_query.h"
#include "engine/query/match/visibility.h"
#include "engine/query/syntax/chain.h"
#include "engine/query/syntax/parser.h"
#include "engine/query/syntax/tree_text.h"

namespace broadsheet::query {
namespace {

using XQuery = Xapian::Query;

// Parts that are told apart in the mantissa of a weight, see MarkedWith.
constexpr size_t kMaxParts = 20;
// Articles in which sets of parts are looked for, and sets that are counted.
constexpr Xapian::doccount kArticlesLookedAt = 200;
constexpr size_t kMaxCounted = 8;

// Bit i is part i of those that may go.
using PartSet = uint32_t;

bool Narrows(const Node& node) {
  return node.kind == NodeKind::kNot || node.kind == NodeKind::kDate;
}

// A part that may go, and what finds it.
struct DroppablePart {
  size_t child;  // of the root
  XQuery query;
};

// Weighs 2^kMaxParts for each part that a document has, and 2^i for part i: the best documents are
// those with the most parts, and their weight says which.
double WeightOfPart(size_t i) { return static_cast<double>((1U << kMaxParts) + (1U << i)); }
PartSet SetOfWeight(double weight) {
  return static_cast<PartSet>(static_cast<uint64_t>(weight) & ((1U << kMaxParts) - 1));
}

XQuery MarkedWith(double weight, const XQuery& query) {
  auto* source = new Xapian::FixedWeightPostingSource(weight);
  return {XQuery::OP_FILTER, XQuery(source->release()), query};
}

class PartialMatchSearch {
 public:
  PartialMatchSearch(const Node& root, std::string_view typed, const CompilerInput& input,
                     const XQuery& filter)
      : root_(root), typed_(typed), input_(input), filter_(filter) {}

  std::optional<PartialMatch> Run();

 private:
  // False when a part cannot be searched for by itself.
  bool Prepare();
  // The largest sets of parts that are found together, at most kMaxCounted.
  std::set<PartSet> LargestSets();
  Node Rest(PartSet kept) const;
  v1::Total Count(PartSet kept);
  std::string Spelling(const Node& rest) const;
  std::string LeftOut(PartSet kept) const;
  std::string TypedOf(const Node& node) const {
    return std::string(typed_.substr(node.span.begin, node.span.end - node.span.begin));
  }

  const Node& root_;
  std::string_view typed_;
  const CompilerInput& input_;
  const XQuery& filter_;
  std::vector<DroppablePart> parts_;
  std::vector<XQuery> narrowing_;
};

bool PartialMatchSearch::Prepare() {
  for (size_t i = 0; i < root_.children.size(); ++i) {
    const Node& child = root_.children[i];
    const absl::StatusOr<CompiledQuery> compiled = Compile(child, input_);
    // Punctuation by itself: the search passed over it too.
    if (!compiled.ok()) continue;
    if (Narrows(child)) {
      narrowing_.push_back(compiled->query);
    } else {
      parts_.push_back({.child = i, .query = compiled->query});
    }
  }
  return parts_.size() > 1 && parts_.size() <= kMaxParts;
}

std::set<PartSet> PartialMatchSearch::LargestSets() {
  std::vector<XQuery> marked;
  for (size_t i = 0; i < parts_.size(); ++i) {
    if (!parts_[i].query.empty()) marked.push_back(MarkedWith(WeightOfPart(i), parts_[i].query));
  }
  if (marked.empty()) return {};
  std::vector<XQuery> all = {AnyOf(input_.match, marked)};
  // Unscored, so that the weights are the marks alone.
  for (const XQuery& query : narrowing_) all.emplace_back(XQuery::OP_SCALE_WEIGHT, query, 0.0);
  all.emplace_back(XQuery::OP_SCALE_WEIGHT, filter_, 0.0);
  Xapian::Enquire enquire(input_.match.snapshot.both());
  enquire.set_query(NotSuperseded(input_.match, AllOf(input_.match, all)));
  DeadlineSpy spy(input_.match.deadline);
  enquire.add_matchspy(&spy);
  const Xapian::MSet mset = enquire.get_mset(0, kArticlesLookedAt);
  std::set<PartSet> sets;
  for (Xapian::MSetIterator hit = mset.begin(); hit != mset.end(); ++hit) {
    const PartSet set = SetOfWeight(hit.get_weight());
    const bool smaller = !sets.empty() && std::popcount(set) < std::popcount(*sets.begin());
    if (smaller || sets.size() == kMaxCounted) break;
    sets.insert(set);
  }
  return sets;
}

Node PartialMatchSearch::Rest(PartSet kept) const {
  std::set<size_t> dropped;
  for (size_t i = 0; i < parts_.size(); ++i) {
    if ((kept >> i & 1U) == 0) dropped.insert(parts_[i].child);
  }
  std::vector<Node> rest;
  for (size_t i = 0; i < root_.children.size(); ++i) {
    if (dropped.count(i) == 0) rest.push_back(root_.children[i]);
  }
  return Combine(NodeKind::kAnd, std::move(rest));
}

v1::Total PartialMatchSearch::Count(PartSet kept) {
  std::vector<XQuery> all = narrowing_;
  for (size_t i = 0; i < parts_.size(); ++i) {
    if ((kept >> i & 1U) != 0) all.push_back(parts_[i].query);
  }
  all.push_back(filter_);
  return CountMatches(input_.match, AllOf(input_.match, all), input_.limits.total_check_limit);
}

// As it was typed where that means the same, since that is what its author knows.
std::string PartialMatchSearch::Spelling(const Node& rest) const {
  const std::string tree = ToString(rest);
  std::string words;
  const bool several = rest.kind == NodeKind::kAnd;
  const Node* first = several ? rest.children.data() : &rest;
  for (const Node* at = first; at != first + (several ? rest.children.size() : 1); ++at) {
    words += (words.empty() ? "" : " ") + TypedOf(*at);
  }
  const absl::StatusOr<ParsedQuery> again = Parse(words, input_.limits, MatchMode::kAll);
  return again.ok() && ToString(again->root) == tree ? words : tree;
}

std::string PartialMatchSearch::LeftOut(PartSet kept) const {
  std::string names;
  for (size_t i = 0; i < parts_.size(); ++i) {
    if ((kept >> i & 1U) != 0) continue;
    names += (names.empty() ? "" : " ") + ToString(root_.children[parts_[i].child]);
  }
  return names;
}

std::optional<PartialMatch> PartialMatchSearch::Run() {
  if (root_.kind != NodeKind::kAnd || !Prepare()) return std::nullopt;
  PartSet best = 0;
  v1::Total most;
  for (const PartSet set : LargestSets()) {
    const v1::Total count = Count(set);
    if (count.value() <= most.value()) continue;
    most = count;
    best = set;
  }
  if (most.value() == 0) return std::nullopt;
  const bool exact = most.relation() == v1::Total::RELATION_EXACT;
  const std::string count = std::to_string(most.value());
  PartialMatch found{.notice = {}, .suggested_query = Spelling(Rest(best))};
  found.notice.set_reason("PARTIAL_MATCH");
  found.notice.set_message("no article has all of this; without " + LeftOut(best) + " " +
                           (exact ? "" : "at least ") + count + " would match");
  (*found.notice.mutable_metadata())["without"] = LeftOut(best);
  (*found.notice.mutable_metadata())["count"] = count;
  return found;
}

}  // namespace

std::optional<PartialMatch> FindPartialMatch(const Node& root, std::string_view typed,
                                             const CompilerInput& input, const XQuery& filter) {
  return PartialMatchSearch(root, typed, input, filter).Run();
}

}  // namespace broadsheet::query
