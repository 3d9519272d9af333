// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/notices.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/query/compile/make_notice.h"
#include "engine/query/match/matches.h"
#include "engine/query/match/polled_query.h"
#include "engine/query/match/visibility.h"
#include "engine/query/missing_values.h"
#include "engine/query/slips.h"
#include "engine/query/syntax/chain.h"
#include "engine/query/syntax/edit.h"
#include "engine/query/syntax/tree_text.h"
#include "engine/schema/terms.h"

namespace broadsheet::query {
namespace {

using schema::FieldId;
using XQuery = Xapian::Query;

// Parts that are told apart in the mantissa of a weight, see MarkedWith.
constexpr size_t kMaxParts = 20;
// Articles in which sets of parts are looked for, and how many of these sets are counted.
constexpr Xapian::doccount kArticlesLookedAt = 200;
constexpr size_t kMaxCounted = 8;

std::string CountText(const v1::Total& total) {
  const bool exact = total.relation() == v1::Total::RELATION_EXACT;
  return (exact ? "" : "at least ") + std::to_string(total.value());
}

// `tag:kim jong un`.
v1::Notice UnquotedNotice(const UnquotedValue& value) {
  const std::string field(schema::FieldOf(value.field).name);
  return MakeNotice("UNQUOTED_VALUE",
                    "only \"" + value.value + "\" was taken as the " + field + "; for a " + field +
                        " of several words write " + value.quoted,
                    {{"field", field}, {"value", value.value}, {"suggestion", value.quoted}});
}

v1::Notice RemarkNotice(const Remark& remark) {
  const bool as_text = remark.kind == RemarkKind::kReadAsText;
  std::map<std::string, std::string> metadata = {{"word", remark.word}};
  if (!remark.suggestion.empty()) metadata["suggestion"] = remark.suggestion;
  return MakeNotice(as_text ? "READ_AS_TEXT" : "READ_AS_OPERATOR", remark.message, metadata);
}

v1::Notice MendedNotice(const MendedQuery& mended) {
  return MakeNotice("DID_YOU_MEAN",
                    "did you mean " + mended.query + "? " + CountText(mended.total) +
                        (mended.total.value() == 1 ? " article matches it" : " articles match it"),
                    {{"suggestion", mended.query},
                     {"slips", mended.slips},
                     {"count", std::to_string(mended.total.value())}});
}

// `root` with its date clauses (those that narrow the whole query) replaced by date:none; nullopt
// when there are none to replace.
std::optional<Node> AskingForUndated(const Node& root) {
  Node copy = root;
  bool replaced = false;
  const auto replace = [&](Node* node) {
    if (node->kind != NodeKind::kDate || AsksForUndated(*node)) return;
    node->relation = DateRelation::kWithin;
    node->text = "none";
    replaced = true;
  };
  replace(&copy);
  if (copy.kind == NodeKind::kAnd) {
    for (Node& child : copy.children) replace(&child);
  }
  return replaced ? std::optional<Node>(std::move(copy)) : std::nullopt;
}

// Counts what matches when every date condition of query and filter is replaced by "undated". None
// when no condition hides undated articles, or none matches. Errors as Compile().
absl::StatusOr<std::optional<v1::Notice>> UndatedNotice(const MatchedSearch& search) {
  MatchContext& match = search.input.match;
  std::optional<Node> root;
  if (search.root != nullptr) root = AskingForUndated(*search.root);
  Filter filter = search.plan.filter;
  const bool hidden_by_filter = FiltersByDate(filter) && !filter.include_undated;
  if (!root && !hidden_by_filter) return std::nullopt;
  XQuery undated = search.query.query;
  if (root) {
    absl::StatusOr<CompiledQuery> compiled = Compile(*root, search.input);
    if (!compiled.ok()) return compiled.status();
    undated = compiled->query;
  }
  filter.published_from.reset();
  filter.published_until.reset();
  const XQuery rest = CompileFilter(match, filter);
  undated = Filtered(undated, Released(match.snapshot, rest, search.input.dates.now));
  undated = Filtered(undated, XQuery(std::string(schema::kUndatedTerm)));
  const v1::Total total = CountMatches(match, undated, search.input.limits.total_check_limit);
  if (total.value() == 0) return std::nullopt;
  return MakeNotice("UNDATED_EXCLUDED",
                    CountText(total) + " undated article" + (total.value() == 1 ? "" : "s") +
                        " would match but for the date; date:none finds them",
                    {{"count", std::to_string(total.value())}});
}

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

// Leaves out as few parts of the AND that the query is as it takes, and of the ways to leave out as
// many the one that finds the most articles. What narrows (negations, dates) stays. One search
// finds, over all articles, the sets of parts that stand together in one; some of them are counted.
class PartialMatchSearch {
 public:
  explicit PartialMatchSearch(const MatchedSearch& search)
      : plan_(search.plan),
        root_(search.plan.parsed->root),
        searched_(*search.root),
        input_(search.input),
        filter_(search.filter) {}

  // Nothing when the query is no AND, has over kMaxParts parts, or nothing of it matches.
  void Run(v1::SearchArticlesResponse* response);

 private:
  // False when there are no parts to choose from.
  bool Prepare();
  // Child i of `root_` as it is searched for.
  Node SearchedFor(size_t i) const;
  // The largest sets of parts that are found together, at most kMaxCounted.
  std::set<PartSet> LargestSets();
  Node Rest(PartSet kept) const;
  v1::Total Count(PartSet kept);
  std::vector<XQuery> QueriesOf(PartSet kept) const;
  std::string Spelling(const Node& rest) const;
  std::string LeftOut(PartSet kept) const;

  const SearchPlan& plan_;
  const Node& root_;
  const Node& searched_;  // `root_` as it was searched for
  const CompilerInput& input_;
  const XQuery& filter_;
  std::vector<DroppablePart> parts_;
  std::vector<XQuery> narrowing_;
};

Node PartialMatchSearch::SearchedFor(size_t i) const {
  // Rows of words with synonyms are one child of `searched_`; where any word is enough, the words
  // of an AND are no row.
  if (plan_.match == MatchMode::kAny) return searched_.children[i];
  return TreeToSearchFor(plan_, root_.children[i], input_);
}

bool PartialMatchSearch::Prepare() {
  for (size_t i = 0; i < root_.children.size(); ++i) {
    const Node& child = root_.children[i];
    const absl::StatusOr<CompiledQuery> compiled = Compile(SearchedFor(i), input_);
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
  enquire.set_query(NotBarred(input_.match, AllOf(input_.match, all)));
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
  std::vector<XQuery> all = QueriesOf(kept);
  all.push_back(filter_);
  return CountMatches(input_.match, AllOf(input_.match, all), input_.limits.total_check_limit);
}

// What the search that is offered looks for, all of it.
std::vector<XQuery> PartialMatchSearch::QueriesOf(PartSet kept) const {
  if (plan_.match == MatchMode::kAny || input_.synonyms != nullptr) {
    // A word that is left alone may match by any of its parts, words side by side by synonyms.
    const Node rest = TreeToSearchFor(plan_, Rest(kept), input_);
    const absl::StatusOr<CompiledQuery> compiled = Compile(rest, input_);
    return {compiled.ok() ? compiled->query : XQuery::MatchNothing};
  }
  std::vector<XQuery> all = narrowing_;
  for (size_t i = 0; i < parts_.size(); ++i) {
    if ((kept >> i & 1U) != 0) all.push_back(parts_[i].query);
  }
  return all;
}

// As it was typed where that means the same, since that is what its author knows; "" when nothing
// that can be typed means it.
std::string PartialMatchSearch::Spelling(const Node& rest) const {
  const std::string tree = ToString(rest);
  std::string words;
  for (const Node& part : rest.kind == NodeKind::kAnd ? rest.children : std::vector<Node>{rest}) {
    words += (words.empty() ? "" : " ") + std::string(TextOf(plan_.query, part.span));
  }
  const auto reads = [&](const std::string& query) {
    const absl::StatusOr<ParsedQuery> again = Parse(query, input_.limits, plan_.match);
    return again.ok() && ToString(again->root) == tree;
  };
  if (reads(words)) return words;
  return reads(tree) ? tree : "";
}

std::string PartialMatchSearch::LeftOut(PartSet kept) const {
  std::string names;
  for (size_t i = 0; i < parts_.size(); ++i) {
    if ((kept >> i & 1U) != 0) continue;
    names += (names.empty() ? "" : " ") + ToString(root_.children[parts_[i].child]);
  }
  return names;
}

void PartialMatchSearch::Run(v1::SearchArticlesResponse* response) {
  if (root_.kind != NodeKind::kAnd || !Prepare()) return;
  PartSet best = 0;
  v1::Total most;
  for (const PartSet set : LargestSets()) {
    const v1::Total count = Count(set);
    if (count.value() <= most.value()) continue;
    most = count;
    best = set;
  }
  if (most.value() == 0) return;
  response->set_suggested_query(Spelling(Rest(best)));
  const std::string without = LeftOut(best);
  *response->add_notices() = MakeNotice(
      "PARTIAL_MATCH",
      "no article has all of this; without " + without + " " + CountText(most) + " would match",
      {{"without", without}, {"count", std::to_string(most.value())}});
}

}  // namespace

absl::Status AddNotices(const MatchedSearch& search, VisibleVocabulary& vocabulary,
                        v1::SearchArticlesResponse* response) {
  const auto add = [response](const v1::Notice& notice) { *response->add_notices() = notice; };
  for (const v1::Notice& notice : search.query.notices) add(notice);
  const std::optional<ParsedQuery>& parsed = search.plan.parsed;
  if (parsed) {
    for (const UnquotedValue& value : parsed->unquoted_values) add(UnquotedNotice(value));
    for (const Remark& remark : parsed->remarks) add(RemarkNotice(remark));
  }
  const absl::StatusOr<std::optional<v1::Notice>> undated = UndatedNotice(search);
  if (!undated.ok()) return undated.status();
  if (*undated) add(**undated);
  if (response->total().value() == 0) {
    const auto missing =
        FindMissingValues(search.query, search.plan.filter, search.input, vocabulary);
    if (!missing.ok()) return missing.status();
    for (const v1::Notice& notice : *missing) add(notice);
  }
  if (const auto mended = MendSlips(search, response->total(), vocabulary)) {
    response->set_suggested_query(mended->query);
    add(MendedNotice(*mended));
  } else if (response->total().value() == 0 && parsed) {
    PartialMatchSearch(search).Run(response);
  }
  return absl::OkStatus();
}

}  // namespace broadsheet::query
