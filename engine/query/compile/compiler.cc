// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/compiler.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "engine/query/compile/compound_spellings.h"
#include "engine/query/compile/rarity.h"
#include "engine/query/compile/word_terms.h"
#include "engine/query/match/checked_words.h"
#include "engine/query/match/polled_query.h"
#include "engine/query/match/posting_sources.h"
#include "engine/query/syntax/tree_text.h"
#include "engine/schema/terms.h"
#include "engine/xapian/every_document.h"

namespace broadsheet::query {
namespace {

using schema::FieldId;
using XQuery = Xapian::Query;

constexpr int kMostUnpolledDates = 4;

// A part of the query. A part that has nothing to search for (punctuation) is absent instead.
struct Part {
  XQuery candidates;
  // What must hold for a candidate besides. An AND hands these up, so that the whole query's can be
  // checked late.
  std::vector<TokenConstraint> checks = {};
  bool scored = false;
};
using MaybePart = absl::StatusOr<std::optional<Part>>;

bool IsCheckedWord(const Part& part) {
  return part.candidates.get_type() == XQuery::LEAF_TERM && part.checks.size() == 1;
}

CheckedWord CheckedWordOf(const Part& part) {
  return {.term = *part.candidates.get_unique_terms_begin(), .constraint = part.checks.front()};
}

XQuery Unscored(const XQuery& query) { return {XQuery::OP_SCALE_WEIGHT, query, 0.0}; }

class Compiler {
 public:
  explicit Compiler(const CompilerInput& input) : input_(input), words_(input) {}

  absl::StatusOr<CompiledQuery> Run(const Node& root);

 private:
  MaybePart Build(const Node& node);
  MaybePart BuildAnd(const Node& node);
  MaybePart BuildOr(const Node& node);
  MaybePart BuildSynonyms(const Node& node);
  MaybePart BuildNot(const Node& node);
  MaybePart BuildWord(const Node& node);
  MaybePart BuildPhrase(const Node& node);
  MaybePart BuildNear(const Node& node);
  MaybePart BuildValue(const Node& node);
  MaybePart BuildDate(const Node& node);
  // Words that stand side by side, as a query of their terms and a check of their places.
  absl::StatusOr<Part> BuildSequence(const Node& node, const std::vector<Word>& words,
                                     uint32_t slop);

  // The query of the terms of words side by side, however compounds among them are written; adds
  // what to look for in token runs to `patterns`.
  absl::StatusOr<XQuery> BuildSpellings(const Node& node, const std::vector<Word>& words,
                                        uint32_t slop, std::vector<PhrasePattern>* patterns);

  // The part with its checks in the query.
  XQuery Whole(const Part& part) const;
  XQuery AnyOfWords(const std::vector<CheckedWord>& words) const;
  // Notes a part that scores, unless it stands in a negation.
  Part Scored(const Node& node, Part part);
  // Where the words of a part that scores are noted; null in a negation, and for synonyms.
  std::vector<RankedWord>* Ranked() {
    return negations_ == 0 && synonyms_ == 0 ? &compiled_.ranked_words : nullptr;
  }
  void Highlight(TokenConstraint constraint, const XQuery& query);
  void RequireTogether(const Node& node, size_t first_highlight);
  static FieldMask FieldsOf(const Node& node);

  const CompilerInput& input_;
  WordTerms words_;
  CompiledQuery compiled_;
  int dates_ = 0;
  // Inside a negation nothing is highlighted.
  int negations_ = 0;
  // Inside what nobody typed.
  int synonyms_ = 0;
};

absl::StatusOr<CompiledQuery> Compiler::Run(const Node& root) {
  MaybePart part = Build(root);
  if (!part.ok()) return part.status();
  if (!part->has_value()) return NothingToSearch(root);
  (*part)->candidates = Polled(input_.match, (*part)->candidates);
  compiled_.query = Whole(**part);
  compiled_.candidates = (*part)->candidates;
  compiled_.checks = std::move((*part)->checks);
  compiled_.scored = (*part)->scored;
  compiled_.notices = words_.TakeNotices();
  compiled_.meanings = words_.TakeMeanings();
  return std::move(compiled_);
}

MaybePart Compiler::Build(const Node& node) {
  switch (node.kind) {
    case NodeKind::kWord:
      return BuildWord(node);
    case NodeKind::kPhrase:
      return BuildPhrase(node);
    case NodeKind::kNear:
      return BuildNear(node);
    case NodeKind::kValue:
      return BuildValue(node);
    case NodeKind::kDate:
      return BuildDate(node);
    case NodeKind::kAnd:
      return BuildAnd(node);
    case NodeKind::kOr:
      return node.same_meaning ? BuildSynonyms(node) : BuildOr(node);
    case NodeKind::kNot:
      return BuildNot(node);
  }
  return std::nullopt;
}

MaybePart Compiler::BuildAnd(const Node& node) {
  std::vector<XQuery> scored;
  std::vector<XQuery> filters;
  std::vector<XQuery> excluded;
  std::vector<TokenConstraint> checks;
  for (const Node& child : node.children) {
    const bool negated = child.kind == NodeKind::kNot;
    negations_ += negated ? 1 : 0;
    MaybePart part = Build(negated ? child.children.front() : child);
    negations_ -= negated ? 1 : 0;
    if (!part.ok()) return part;
    if (!part->has_value()) continue;
    if (negated) {
      excluded.push_back(Whole(**part));
      continue;
    }
    ((*part)->scored ? scored : filters).push_back((*part)->candidates);
    std::move((*part)->checks.begin(), (*part)->checks.end(), std::back_inserter(checks));
  }
  if (scored.empty() && filters.empty() && excluded.empty()) return std::nullopt;
  XQuery all = xapian::EveryDocument();
  if (!scored.empty()) all = AllOf(input_.match, scored);
  if (!filters.empty()) {
    const XQuery filter = AllOf(input_.match, filters);
    all = scored.empty() ? filter : XQuery(XQuery::OP_FILTER, all, filter);
  }
  if (!excluded.empty()) all = XQuery(XQuery::OP_AND_NOT, all, AnyOf(input_.match, excluded));
  return Part{.candidates = all, .checks = std::move(checks), .scored = !scored.empty()};
}

MaybePart Compiler::BuildOr(const Node& node) {
  std::vector<XQuery> alternatives;
  std::vector<CheckedWord> words;
  bool scored = false;
  for (const Node& child : node.children) {
    const size_t first_highlight = compiled_.highlights.size();
    const size_t first_part = compiled_.parts.size();
    MaybePart part = Build(child);
    if (!part.ok()) return part;
    if (!part->has_value()) continue;
    RequireTogether(child, first_highlight);
    scored = scored || (*part)->scored;
    if (child.kind == NodeKind::kWord && IsCheckedWord(**part)) {
      words.push_back(CheckedWordOf(**part));
      continue;
    }
    const XQuery alternative = Whole(**part);
    // If an AND branch of an OR does not match, none of its words add to the score.
    for (size_t i = first_part; child.kind == NodeKind::kAnd && i < compiled_.parts.size(); ++i) {
      XQuery& counted = compiled_.parts[i].query;
      counted = XQuery(XQuery::OP_FILTER, counted, alternative);
    }
    alternatives.push_back(alternative);
  }
  if (!words.empty()) alternatives.push_back(AnyOfWords(words));
  if (alternatives.empty()) return std::nullopt;
  return Part{.candidates = AnyOf(input_.match, alternatives), .scored = scored};
}

// Synonyms match and are marked as what was typed; only that itself is evidence for re-scoring.
MaybePart Compiler::BuildSynonyms(const Node& node) {
  const size_t first_part = compiled_.parts.size();
  std::vector<XQuery> alternatives;
  for (const Node& child : node.children) {
    const size_t first_highlight = compiled_.highlights.size();
    const bool typed = &child == node.children.data();
    synonyms_ += typed ? 0 : 1;
    MaybePart part = Build(child);
    synonyms_ -= typed ? 0 : 1;
    if (!part.ok()) return part;
    if (!part->has_value()) continue;
    RequireTogether(child, first_highlight);
    alternatives.push_back(Whole(**part));
  }
  if (alternatives.empty()) return std::nullopt;
  compiled_.parts.resize(first_part);
  return Scored(node,
                {.candidates = XQuery(XQuery::OP_MAX, alternatives.begin(), alternatives.end())});
}

MaybePart Compiler::BuildNot(const Node& node) {
  ++negations_;
  MaybePart part = Build(node.children.front());
  --negations_;
  if (!part.ok() || !part->has_value()) return part;
  return Part{.candidates = XQuery(XQuery::OP_AND_NOT, xapian::EveryDocument(), Whole(**part))};
}

MaybePart Compiler::BuildWord(const Node& node) {
  absl::StatusOr<std::vector<std::vector<Word>>> groups = words_.GroupsOf(node);
  if (!groups.ok()) return groups.status();
  words_.NotePronoun(node);
  if (groups->empty()) {
    if (node.field) return NothingToSearch(node);
    return std::nullopt;
  }
  Part all;
  std::vector<XQuery> queries;
  for (const std::vector<Word>& words : *groups) {
    absl::StatusOr<Part> part = BuildSequence(node, words, 0);
    if (!part.ok()) return part.status();
    queries.push_back(part->candidates);
    std::move(part->checks.begin(), part->checks.end(), std::back_inserter(all.checks));
  }
  all.candidates = AllOf(input_.match, queries);
  if (!node.again.empty()) {
    const double weight = WeightOfRepeats(node.again.size() + 1);
    all.candidates = XQuery(XQuery::OP_SCALE_WEIGHT, all.candidates, weight);
  }
  return Scored(node, std::move(all));
}

MaybePart Compiler::BuildPhrase(const Node& node) {
  absl::StatusOr<std::vector<Word>> words = words_.RowOf(node);
  if (!words.ok()) return words.status();
  if (words->empty()) {
    if (node.field) return NothingToSearch(node);
    return std::nullopt;
  }
  absl::StatusOr<Part> part = BuildSequence(node, *words, static_cast<uint32_t>(node.distance));
  if (!part.ok()) return part.status();
  return Scored(node, *std::move(part));
}

absl::StatusOr<Part> Compiler::BuildSequence(const Node& node, const std::vector<Word>& words,
                                             uint32_t slop) {
  TokenConstraint constraint{.fields = FieldsOf(node), .operands = {{}}};
  absl::StatusOr<XQuery> candidates =
      BuildSpellings(node, words, slop, &constraint.operands.front());
  if (!candidates.ok()) return candidates.status();
  const bool exact = std::any_of(words.begin(), words.end(),
                                 [](const Word& word) { return word.exact.has_value(); });
  const bool check = words.size() > 1 || exact || node.field == FieldId::kBody;
  Part part{.candidates = *std::move(candidates)};
  if (check) part.checks.push_back(constraint);
  Highlight(std::move(constraint), part.candidates);
  return part;
}

// A word that scores counts as it is written.
absl::StatusOr<XQuery> Compiler::BuildSpellings(const Node& node, const std::vector<Word>& words,
                                                uint32_t slop,
                                                std::vector<PhrasePattern>* patterns) {
  std::vector<XQuery> queries;
  for (std::vector<Word>& spelling : SpellingsOf(words)) {
    absl::StatusOr<XQuery> terms =
        words_.QueryOf(node, &spelling, queries.empty() ? Ranked() : nullptr);
    if (!terms.ok()) return terms;
    queries.push_back(*std::move(terms));
    patterns->push_back(words_.PatternOf(spelling, slop));
  }
  return queries.size() == 1 ? queries.front() : AnyOf(input_.match, queries);
}

MaybePart Compiler::BuildNear(const Node& node) {
  TokenConstraint constraint{.fields = FieldsOf(node),
                             .distance = static_cast<uint32_t>(node.distance),
                             .ordered = node.ordered,
                             .unit = node.unit};
  std::vector<XQuery> operands;
  for (const Node& operand : node.children) {
    std::vector<PhrasePattern> patterns;
    std::vector<XQuery> queries;
    const bool group = operand.kind == NodeKind::kOr;
    const Node* first = group ? operand.children.data() : &operand;
    const size_t count = group ? operand.children.size() : 1;
    for (const Node* choice = first; choice != first + count; ++choice) {
      absl::StatusOr<std::vector<Word>> words = words_.RowOf(*choice);
      if (!words.ok()) return words.status();
      if (words->empty()) return NothingToSearch(*choice);
      const bool phrase = choice->kind == NodeKind::kPhrase;
      const uint32_t slop = phrase ? static_cast<uint32_t>(choice->distance) : 0;
      absl::StatusOr<XQuery> terms = BuildSpellings(*choice, *words, slop, &patterns);
      if (!terms.ok()) return terms.status();
      queries.push_back(*std::move(terms));
    }
    operands.push_back(AnyOf(input_.match, queries));
    constraint.operands.push_back(std::move(patterns));
  }
  Part part{.candidates = AllOf(input_.match, operands), .checks = {constraint}};
  Highlight(std::move(constraint), part.candidates);
  return Scored(node, std::move(part));
}

MaybePart Compiler::BuildValue(const Node& node) {
  if (absl::Status status = words_.TakeLeaves(1, node); !status.ok()) return status;
  const bool is_id = node.field == FieldId::kId;
  if (negations_ == 0) compiled_.values.push_back({.field = *node.field, .value = node.text});
  const XQuery term(is_id ? schema::IdTerm(node.text) : schema::ValueTerm(*node.field, node.text));
  return Part{.candidates = Unscored(term)};
}

MaybePart Compiler::BuildDate(const Node& node) {
  absl::StatusOr<XQuery> date = CompileDate(node, input_.dates);
  if (!date.ok()) return date.status();
  // A few conditions on dates are checked in no time; each of many adds a walk through the archive.
  const bool many = ++dates_ > kMostUnpolledDates;
  return Part{.candidates = Unscored(many ? PolledRange(input_.match, *date) : *date)};
}

XQuery Compiler::AnyOfWords(const std::vector<CheckedWord>& words) const {
  auto* source = new CheckedWordsSource(input_.match, words);
  return XQuery(source->release());
}

XQuery Compiler::Whole(const Part& part) const {
  XQuery query = part.candidates;
  if (query.empty()) return query;
  if (IsCheckedWord(part)) return AnyOfWords({CheckedWordOf(part)});
  for (const TokenConstraint& check : part.checks) {
    query = FilteredBy(query, new TokenSource(input_.match, check));
  }
  return query;
}

Part Compiler::Scored(const Node& node, Part part) {
  if (negations_ == 0) compiled_.parts.push_back({.name = ToString(node), .query = Whole(part)});
  part.scored = true;
  return part;
}

void Compiler::Highlight(TokenConstraint constraint, const XQuery& query) {
  if (negations_ > 0) return;
  const double weight = RarityOf(input_.match.snapshot.both(), query);
  compiled_.highlights.push_back({.constraint = std::move(constraint), .weight = weight});
}

// What an AND branch of an OR highlights (from `first_highlight` on) counts only when
// all of its words and phrases match. A group within it may match by any of its own alternatives.
void Compiler::RequireTogether(const Node& node, size_t first_highlight) {
  const bool plain =
      node.kind == NodeKind::kAnd &&
      std::none_of(node.children.begin(), node.children.end(), [](const Node& child) {
        return child.kind == NodeKind::kOr || child.kind == NodeKind::kAnd;
      });
  if (!plain) return;
  const size_t end = compiled_.highlights.size();
  for (size_t one = first_highlight; one < end; ++one) {
    for (size_t other = first_highlight; other < end; ++other) {
      if (other != one) compiled_.highlights[one].needs.push_back(other);
    }
  }
}

FieldMask Compiler::FieldsOf(const Node& node) {
  return node.field ? MaskOf(*node.field) : DefaultFields();
}

}  // namespace

FieldMask DefaultFields() {
  FieldMask mask = 0;
  for (const schema::Field& field : schema::Fields()) {
    if (field.weight > 0) mask |= MaskOf(field.id);
  }
  return mask;
}

absl::StatusOr<CompiledQuery> Compile(const Node& root, const CompilerInput& input) {
  return Compiler(input).Run(root);
}

}  // namespace broadsheet::query
