// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compiler.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/query/expansion.h"
#include "engine/query/match_all.h"
#include "engine/query/mistake.h"
#include "engine/query/posting_sources.h"
#include "engine/query/rarity.h"
#include "engine/schema/terms.h"
#include "engine/storage/token_run.h"
#include "engine/text/stop_words.h"

namespace broadsheet::query {
namespace {

using schema::FieldId;
using XQuery = Xapian::Query;

// Terms that one word* or word~ stands for at most.
constexpr size_t kMaxExpansion = 100;

// One position of a phrase, or a word by itself.
struct Word {
  std::vector<std::string> terms;  // without prefix
  std::optional<std::string> exact;
  uint32_t frequency = 0;  // of its terms, added up
};

// A part of the query. A part that has nothing to search for (punctuation) is absent instead.
struct Part {
  XQuery query;
  bool scored = false;
};
using MaybePart = absl::StatusOr<std::optional<Part>>;

XQuery Unscored(const XQuery& query) { return XQuery(XQuery::OP_SCALE_WEIGHT, query, 0.0); }

XQuery Join(XQuery::op op, const std::vector<XQuery>& queries) {
  if (queries.size() == 1) return queries.front();
  return XQuery(op, queries.begin(), queries.end());
}

class Compiler {
 public:
  explicit Compiler(const CompilerInput& input)
      : input_(input), database_(input.match.snapshot.both()) {}

  absl::StatusOr<CompiledQuery> Run(const Node& root);

 private:
  MaybePart Build(const Node& node);
  MaybePart BuildAnd(const Node& node);
  MaybePart BuildOr(const Node& node);
  MaybePart BuildNot(const Node& node);
  MaybePart BuildWord(const Node& node);
  MaybePart BuildPhrase(const Node& node);
  MaybePart BuildNear(const Node& node);
  MaybePart BuildValue(const Node& node);
  MaybePart BuildDate(const Node& node);
  // Words that stand side by side, as a query of their terms and a check of their places.
  MaybePart BuildSequence(const Node& node, std::vector<Word> words, uint32_t slop);

  // The words of a node's text; those of one written word are one group.
  absl::StatusOr<std::vector<std::vector<Word>>> WordsOf(const Node& node);
  absl::StatusOr<std::vector<Word>> WordsOfPhraseNode(const Node& node);
  absl::Status ExpandLast(const Node& node, Word* word);
  void NoteTruncated(const Node& node, const Expansion& expansion);
  // Both look the terms' frequencies up.
  absl::StatusOr<XQuery> TermsQuery(const Node& node, std::vector<Word>* words);
  absl::StatusOr<XQuery> TermQuery(const Node& node, Word* word);
  void Rank(const Node& node, const Word& word, RankedWord ranked);
  absl::Status TakeLeaves(size_t count, const Node& node);
  PhrasePattern PatternOf(const std::vector<Word>& words, uint32_t slop) const;
  void Highlight(TokenConstraint constraint, const XQuery& query);
  void NeedEachOther(const Node& node, size_t first_highlight);
  absl::Status NothingToSearch(const Node& node) const;

  std::string PrefixOf(const Node& node) const;
  FieldMask FieldsOf(const Node& node) const;

  const CompilerInput& input_;
  const Xapian::Database& database_;
  CompiledQuery compiled_;
  size_t leaves_ = 0;
  // Inside a negation nothing is highlighted.
  int negations_ = 0;
};

absl::StatusOr<CompiledQuery> Compiler::Run(const Node& root) {
  MaybePart part = Build(root);
  if (!part.ok()) return part.status();
  if (!part->has_value()) return NothingToSearch(root);
  compiled_.query = (*part)->query;
  compiled_.scored = (*part)->scored;
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
      return BuildOr(node);
    case NodeKind::kNot:
      return BuildNot(node);
  }
  return std::nullopt;
}

MaybePart Compiler::BuildAnd(const Node& node) {
  std::vector<XQuery> scored;
  std::vector<XQuery> filters;
  std::vector<XQuery> excluded;
  for (const Node& child : node.children) {
    const bool negated = child.kind == NodeKind::kNot;
    negations_ += negated ? 1 : 0;
    MaybePart part = Build(negated ? child.children.front() : child);
    negations_ -= negated ? 1 : 0;
    if (!part.ok()) return part;
    if (!part->has_value()) continue;
    std::vector<XQuery>& list = negated ? excluded : (*part)->scored ? scored : filters;
    list.push_back((*part)->query);
  }
  if (scored.empty() && filters.empty() && excluded.empty()) return std::nullopt;
  XQuery all = MatchAll();
  if (!scored.empty()) all = Join(XQuery::OP_AND, scored);
  if (!filters.empty()) {
    const XQuery filter = Join(XQuery::OP_AND, filters);
    all = scored.empty() ? filter : XQuery(XQuery::OP_FILTER, all, filter);
  }
  if (!excluded.empty()) all = XQuery(XQuery::OP_AND_NOT, all, Join(XQuery::OP_OR, excluded));
  return Part{.query = all, .scored = !scored.empty()};
}

MaybePart Compiler::BuildOr(const Node& node) {
  std::vector<XQuery> alternatives;
  bool scored = false;
  for (const Node& child : node.children) {
    const size_t first_highlight = compiled_.highlights.size();
    MaybePart part = Build(child);
    if (!part.ok()) return part;
    if (!part->has_value()) continue;
    NeedEachOther(child, first_highlight);
    scored = scored || (*part)->scored;
    alternatives.push_back((*part)->query);
  }
  if (alternatives.empty()) return std::nullopt;
  return Part{.query = Join(XQuery::OP_OR, alternatives), .scored = scored};
}

MaybePart Compiler::BuildNot(const Node& node) {
  ++negations_;
  MaybePart part = Build(node.children.front());
  --negations_;
  if (!part.ok() || !part->has_value()) return part;
  return Part{.query = XQuery(XQuery::OP_AND_NOT, MatchAll(), (*part)->query)};
}

MaybePart Compiler::BuildWord(const Node& node) {
  absl::StatusOr<std::vector<std::vector<Word>>> groups = WordsOf(node);
  if (!groups.ok()) return groups.status();
  if (groups->empty()) {
    if (node.field) return NothingToSearch(node);
    return std::nullopt;
  }
  std::vector<XQuery> queries;
  for (const std::vector<Word>& words : *groups) {
    MaybePart part = BuildSequence(node, words, 0);
    if (!part.ok()) return part;
    queries.push_back((*part)->query);
  }
  return Part{.query = Join(XQuery::OP_AND, queries), .scored = true};
}

MaybePart Compiler::BuildPhrase(const Node& node) {
  absl::StatusOr<std::vector<Word>> words = WordsOfPhraseNode(node);
  if (!words.ok()) return words.status();
  return BuildSequence(node, *words, static_cast<uint32_t>(node.distance));
}

MaybePart Compiler::BuildSequence(const Node& node, std::vector<Word> words, uint32_t slop) {
  absl::StatusOr<XQuery> terms = TermsQuery(node, &words);
  if (!terms.ok()) return terms.status();
  TokenConstraint constraint{.fields = FieldsOf(node), .operands = {{PatternOf(words, slop)}}};
  const bool exact = std::any_of(words.begin(), words.end(),
                                 [](const Word& word) { return word.exact.has_value(); });
  const bool check = words.size() > 1 || exact || node.field == FieldId::kBody;
  XQuery query = *std::move(terms);
  if (check && !query.empty()) {
    query = FilteredBy(query, new TokenSource(input_.match, constraint));
  }
  Highlight(std::move(constraint), query);
  return Part{.query = query, .scored = true};
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
      absl::StatusOr<std::vector<Word>> words = WordsOfPhraseNode(*choice);
      if (!words.ok()) return words.status();
      absl::StatusOr<XQuery> terms = TermsQuery(*choice, &*words);
      if (!terms.ok()) return terms.status();
      queries.push_back(*std::move(terms));
      const bool phrase = choice->kind == NodeKind::kPhrase;
      patterns.push_back(PatternOf(*words, phrase ? static_cast<uint32_t>(choice->distance) : 0));
    }
    operands.push_back(Join(XQuery::OP_OR, queries));
    constraint.operands.push_back(std::move(patterns));
  }
  XQuery query = Join(XQuery::OP_AND, operands);
  if (!query.empty()) query = FilteredBy(query, new TokenSource(input_.match, constraint));
  Highlight(std::move(constraint), query);
  return Part{.query = query, .scored = true};
}

MaybePart Compiler::BuildValue(const Node& node) {
  if (const absl::Status status = TakeLeaves(1, node); !status.ok()) return status;
  const bool is_id = node.field == FieldId::kId;
  if (negations_ == 0) compiled_.values.push_back({.field = *node.field, .value = node.text});
  const XQuery term(is_id ? schema::IdTerm(node.text) : schema::ValueTerm(*node.field, node.text));
  return Part{.query = Unscored(term)};
}

MaybePart Compiler::BuildDate(const Node& node) {
  absl::StatusOr<XQuery> date = CompileDate(node, input_.dates);
  if (!date.ok()) return date.status();
  return Part{.query = Unscored(*date)};
}

absl::StatusOr<std::vector<std::vector<Word>>> Compiler::WordsOf(const Node& node) {
  std::vector<std::vector<Word>> groups;
  const bool stemmed = !node.field || schema::FieldOf(*node.field).stemmed;
  const auto languages = stemmed ? input_.languages : std::vector<std::string>();
  for (text::QueryWord& found : text::AnalyzeQuery(input_.analyzer, node.text, languages)) {
    Word word{.terms = std::move(found.terms), .exact = std::nullopt};
    if (node.form == WordForm::kExact) word.exact = std::move(found.exact);
    if (groups.empty() || !found.continues_word) groups.emplace_back();
    groups.back().push_back(std::move(word));
  }
  if (groups.empty()) return groups;
  if (node.form == WordForm::kPrefix || node.form == WordForm::kFuzzy) {
    if (const absl::Status status = ExpandLast(node, &groups.back().back()); !status.ok()) {
      return status;
    }
  }
  return groups;
}

// Of a phrase, or of a word that takes part in NEAR: all its words in a row.
absl::StatusOr<std::vector<Word>> Compiler::WordsOfPhraseNode(const Node& node) {
  std::vector<Word> words;
  const bool phrase = node.kind == NodeKind::kPhrase;
  const Node* first = phrase ? node.children.data() : &node;
  for (const Node* at = first; at != first + (phrase ? node.children.size() : 1); ++at) {
    absl::StatusOr<std::vector<std::vector<Word>>> groups = WordsOf(*at);
    if (!groups.ok()) return groups.status();
    for (std::vector<Word>& group : *groups) {
      std::move(group.begin(), group.end(), std::back_inserter(words));
    }
  }
  if (words.empty()) return NothingToSearch(node);
  return words;
}

absl::Status Compiler::ExpandLast(const Node& node, Word* word) {
  const auto leaves_left = static_cast<size_t>(input_.limits.max_expanded_leaves) - leaves_;
  const size_t most = std::min(kMaxExpansion, leaves_left);
  const std::string prefix = PrefixOf(node);
  Expansion expansion;
  if (node.form == WordForm::kPrefix) {
    expansion = ExpandPrefix(database_, prefix, word->terms.front(), most, input_.match.deadline);
  } else {
    // Short words have too many neighbours two letters away.
    const int edits = node.distance > 0 ? node.distance : node.text.size() < 6 ? 1 : 2;
    expansion = ExpandFuzzy(database_, prefix, word->terms, edits, most, input_.match.deadline);
  }
  if (expansion.found > expansion.terms.size()) NoteTruncated(node, expansion);
  word->terms = std::move(expansion.terms);
  return absl::OkStatus();
}

void Compiler::NoteTruncated(const Node& node, const Expansion& expansion) {
  v1::Notice notice;
  notice.set_reason("WILDCARD_TRUNCATED");
  const std::string used = std::to_string(expansion.terms.size());
  const std::string found = std::to_string(expansion.found);
  const std::string word = ToString(node);
  notice.set_message(word + " stands for " + found + " words; the " + used +
                     " most frequent were searched for");
  (*notice.mutable_metadata())["word"] = word;
  (*notice.mutable_metadata())["used"] = used;
  (*notice.mutable_metadata())["found"] = found;
  compiled_.notices.push_back(std::move(notice));
}

// The AND of the words' terms.
absl::StatusOr<XQuery> Compiler::TermsQuery(const Node& node, std::vector<Word>* words) {
  std::vector<XQuery> queries;
  for (Word& word : *words) {
    absl::StatusOr<XQuery> query = TermQuery(node, &word);
    if (!query.ok()) return query;
    queries.push_back(*std::move(query));
  }
  return Join(XQuery::OP_AND, queries);
}

// Terms that no article has are left out: they cost set-up time and match nothing.
absl::StatusOr<XQuery> Compiler::TermQuery(const Node& node, Word* word) {
  std::vector<XQuery> terms;
  RankedWord ranked;
  const std::string prefix = PrefixOf(node);
  for (const std::string& term : word->terms) {
    input_.match.deadline.Poll();
    std::string full = prefix.empty() ? term : schema::FieldTerm(*node.field, term);
    const Xapian::doccount articles_with = database_.get_termfreq(full);
    if (articles_with == 0) continue;
    terms.emplace_back(full);
    word->frequency += articles_with;
    ranked.articles_with += articles_with;
    ranked.terms.push_back(std::move(full));
  }
  if (const absl::Status status = TakeLeaves(std::max<size_t>(terms.size(), 1), node);
      !status.ok()) {
    return status;
  }
  if (terms.empty()) return XQuery::MatchNothing;
  Rank(node, *word, std::move(ranked));
  return Join(XQuery::OP_SYNONYM, terms);
}

void Compiler::Rank(const Node& node, const Word& word, RankedWord ranked) {
  if (negations_ > 0) return;
  ranked.default_search = PrefixOf(node).empty();
  ranked.stop_word = std::any_of(input_.languages.begin(), input_.languages.end(),
                                 [&word](const std::string& language) {
                                   return text::IsStopWord(language, word.terms.front());
                                 });
  compiled_.ranked_words.push_back(std::move(ranked));
}

absl::Status Compiler::TakeLeaves(size_t count, const Node& node) {
  leaves_ += count;
  const auto most = static_cast<size_t>(input_.limits.max_expanded_leaves);
  if (leaves_ <= most) return absl::OkStatus();
  return ToStatus(
      {.reason = kTooComplex,
       .span = node.span,
       .message = "the query stands for more than " + std::to_string(most) + " terms of the index",
       .hint = "use fewer words, or longer ones before a *"});
}

PhrasePattern Compiler::PatternOf(const std::vector<Word>& words, uint32_t slop) const {
  const uint64_t seed = input_.match.snapshot.generation().manifest().token_seed;
  PhrasePattern pattern{.words = {}, .slop = slop};
  for (const Word& word : words) {
    WordPattern position{.terms = {}, .exact = {}, .frequency = word.frequency};
    if (word.exact) {
      position.exact.push_back(storage::HashTerm(*word.exact, seed));
    } else {
      for (const std::string& term : word.terms) {
        position.terms.push_back(storage::HashTerm(term, seed));
      }
    }
    pattern.words.push_back(std::move(position));
  }
  return pattern;
}

void Compiler::Highlight(TokenConstraint constraint, const XQuery& query) {
  if (negations_ > 0) return;
  const double weight = RarityOf(input_.match.snapshot.both(), query);
  compiled_.highlights.push_back({.constraint = std::move(constraint), .weight = weight});
}

// Of an alternative that is an AND, what it highlights (from `first_highlight` on) counts only when
// all of its words and phrases match. A group within it may match by any of its own alternatives.
void Compiler::NeedEachOther(const Node& node, size_t first_highlight) {
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

absl::Status Compiler::NothingToSearch(const Node& node) const {
  return ToStatus({.span = node.span,
                   .message = "there is no word here that can be searched for",
                   .hint = "only letters and digits are searched, punctuation is not"});
}

std::string Compiler::PrefixOf(const Node& node) const {
  return node.field ? std::string(schema::FieldOf(*node.field).prefix) : "";
}

FieldMask Compiler::FieldsOf(const Node& node) const {
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
