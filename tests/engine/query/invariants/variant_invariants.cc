// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "engine/text/fold.h"
#include "tests/engine/query/invariants/chance.h"
#include "tests/engine/query/invariants/gazette.h"
#include "tests/engine/query/invariants/invariants.h"
#include "tests/engine/query/invariants/respelling.h"

namespace broadsheet::query::invariants {
namespace {

// Sums of the same numbers in another order.
bool AreEqual(double a, double b) { return std::abs(a - b) <= 1e-9 * (1 + std::abs(a)); }

std::string ScoreText(const WordScores& scores) {
  std::string text;
  for (const auto& [part, score] : scores) text += " " + part + " " + std::to_string(score);
  return text;
}

// "": each article that both questions find has the same score for each word.
std::string WordsScoreTheSame(Reader& reader, const Question& a, const Question& b) {
  const std::map<std::string, WordScores> of_a = reader.WordScoresOf(a);
  for (const auto& [id, scores] : reader.WordScoresOf(b)) {
    const auto known = of_a.find(id);
    if (known == of_a.end()) continue;
    const bool same = std::equal(scores.begin(), scores.end(), known->second.begin(),
                                 known->second.end(), [](const auto& x, const auto& y) {
                                   return x.first == y.first && AreEqual(x.second, y.second);
                                 });
    if (!same) return id + " scores" + ScoreText(known->second) + ", then" + ScoreText(scores);
  }
  return "";
}

bool HasAny(const v1::Article& article,
            const google::protobuf::RepeatedPtrField<std::string>& tags) {
  return std::any_of(tags.begin(), tags.end(), [&](const std::string& wanted) {
    return std::any_of(article.tags().begin(), article.tags().end(), [&](const std::string& tag) {
      return text::FoldValue(tag) == text::FoldValue(wanted);
    });
  });
}

// A filter leaves the hits that meet it, with the scores that their words had.
Verdict AFilterOnlyLeavesOut(Reader& reader, const Question& question) {
  if (question.filter.ByteSizeLong() > 0) return std::nullopt;
  Chance chance(question.seed);
  Question filtered = question;
  filtered.filter.mutable_tag()->add_any_of(chance.Pick(Tags()));
  filtered.filter.mutable_tag()->add_any_of(chance.Pick(Tags()));
  IdSet expected;
  for (const v1::Hit& hit : reader.All(question).hits()) {
    if (HasAny(hit.article(), filtered.filter.tag().any_of())) expected.insert(hit.article().id());
  }
  std::string wrong = Difference(reader.Found(filtered), expected);
  if (wrong.empty() && chance.OneIn(2)) {
    filtered.filter.mutable_published_from()->set_seconds(1'717'200'000);
    wrong = Missing(reader.Found(filtered), expected);
  }
  if (wrong.empty()) wrong = WordsScoreTheSame(reader, question, filtered);
  return wrong.empty() ? Holds() : "with " + filtered.filter.ShortDebugString() + ": " + wrong;
}

// A filter on language narrows the forms of words, and so finds no more.
Verdict ALanguageOnlyNarrows(Reader& reader, const Question& question) {
  const Node& query = question.query;
  if (question.filter.ByteSizeLong() > 0 || HasStopWord(query)) return std::nullopt;
  if (AnyNode(query, IsNegation)) return std::nullopt;
  Question filtered = question;
  filtered.filter.mutable_language()->add_any_of(Chance(question.seed).Pick(Languages()));
  const std::string more = Missing(reader.Found(filtered), reader.Found(question));
  return more.empty()
             ? Holds()
             : "with " + filtered.filter.ShortDebugString() + " are found besides: " + more;
}

// A clause that does not score leaves the scores of words alone, and finds no more.
Verdict AClauseOnlyLeavesOut(Reader& reader, const Question& question) {
  // A word in parts, by itself, matches by any of them; in an AND it does not.
  if (!question.all_words() && HasWordInParts(question.query)) return std::nullopt;
  Chance chance(question.seed);
  Node clause{
      .kind = NodeKind::kValue, .field = schema::FieldId::kTag, .text = chance.Pick(Tags())};
  if (chance.OneIn(2)) {
    clause = {.kind = NodeKind::kDate,
              .field = schema::FieldId::kDate,
              .text = "2024-06",
              .relation = chance.OneIn(2) ? DateRelation::kWithin : DateRelation::kFrom};
  }
  Question narrowed = question.With(And(question.query, clause));
  narrowed.writes_and = true;
  Question plain = question;
  plain.writes_and = true;
  std::string wrong = Missing(reader.Found(narrowed), reader.Found(plain));
  if (wrong.empty()) wrong = WordsScoreTheSame(reader, plain, narrowed);
  return wrong.empty() ? Holds() : TextOf(narrowed) + ": " + wrong;
}

void Shuffle(Node* node, Chance& chance) {
  for (Node& child : node->children) {
    if (node->kind == NodeKind::kAnd || node->kind == NodeKind::kOr) Shuffle(&child, chance);
  }
  if (node->kind != NodeKind::kAnd && node->kind != NodeKind::kOr) return;
  for (size_t i = node->children.size(); i > 1; --i) {
    std::swap(node->children[i - 1], node->children[chance.Below(i)]);
  }
  // a AND (b AND c)
  if (node->children.size() > 2 && chance.OneIn(3)) {
    Node last = std::move(node->children.back());
    node->children.pop_back();
    Node& before = node->children.back();
    before = {.kind = node->kind, .children = {std::move(before), std::move(last)}};
  }
}

// The order of the parts of AND and OR, and parentheses that change nothing, change nothing but
// what is added for nearness.
Verdict OrderOfPartsIsNothing(Reader& reader, const Question& question) {
  if (question.query.kind != NodeKind::kAnd && question.query.kind != NodeKind::kOr) {
    return std::nullopt;
  }
  Chance chance(question.seed);
  Question plain = question;
  plain.writes_and = true;
  Question shuffled = plain;
  Shuffle(&shuffled.query, chance);
  std::string wrong = Difference(reader.Found(plain), reader.Found(shuffled));
  if (wrong.empty()) wrong = WordsScoreTheSame(reader, plain, shuffled);
  return wrong.empty() ? Holds() : TextOf(shuffled) + ": " + wrong;
}

// Where all words must match, another word finds no more; where any is enough, no less.
Verdict AnotherWordIsNoSurprise(Reader& reader, const Question& question) {
  Question longer = question;
  const Node& query = question.query;
  // "a OR b c" is a OR (b c).
  if (query.kind == NodeKind::kAnd && !question.writes_and) {
    longer.query.children.push_back(Word("storm"));
  } else {
    longer.query = And(query, Word("storm"));
    longer.writes_and = false;
  }
  if (question.all_words()) {
    const std::string more = Missing(reader.Found(longer), reader.Found(question));
    return more.empty() ? Holds() : TextOf(longer) + " finds besides " + more;
  }
  // Negations and dates narrow, and words without a meaning count only where there is no other.
  const bool wanted =
      query.kind == NodeKind::kAnd && !question.writes_and
          ? std::any_of(query.children.begin(), query.children.end(),
                        [](const Node& part) {
                          return part.kind == NodeKind::kWord && HasContentWord(part);
                        })
          : query.kind == NodeKind::kWord && HasContentWord(query);
  if (!wanted) return std::nullopt;
  const std::string lost = Missing(reader.Found(question), reader.Found(longer));
  return lost.empty() ? Holds() : TextOf(longer) + " loses " + lost;
}

// "": the answers have the same hits in the same order, with the same scores.
std::string AnswersAreTheSame(const v1::SearchArticlesResponse& a,
                              const v1::SearchArticlesResponse& b) {
  const std::string difference = Difference(SetOf(a), SetOf(b));
  if (!difference.empty()) return difference;
  for (int i = 0; i < a.hits_size(); ++i) {
    const bool same_place = a.hits(i).article().id() == b.hits(i).article().id();
    if (same_place && a.hits(i).score() == b.hits(i).score()) continue;
    return "hit " + std::to_string(i + 1) + " is " + a.hits(i).article().id() + " (" +
           std::to_string(a.hits(i).score()) + "), then " + b.hits(i).article().id() + " (" +
           std::to_string(b.hits(i).score()) + ")";
  }
  return "";
}

std::string AnswersAlike(Reader& reader, const Question& question, const std::string& text) {
  v1::SearchArticlesRequest request = RequestOf(question);
  request.set_query(text);
  const std::string difference = AnswersAreTheSame(reader.All(question), reader.Ask(request));
  return difference.empty() ? "" : text + ": " + difference;
}

Verdict SpellingIsNothing(Reader& reader, const Question& question) {
  Chance chance(question.seed);
  return AnswersAlike(reader, question, Respelt(question, chance));
}

// What `explain` says was understood is understood so when it is typed.
Verdict TheParsedQueryIsTheQuery(Reader& reader, const Question& question) {
  v1::SearchArticlesRequest request = RequestOf(question);
  request.set_explain(true);
  return AnswersAlike(reader, question, reader.Ask(request).parsed_query());
}

// The order of hits, and the profile but "exact", do not decide what is found.
Verdict RankingIsNotMatching(Reader& reader, const Question& question) {
  Question other = question;
  other.sort = question.is_ranked() ? v1::SORT_ORDER_OLDEST : v1::SORT_ORDER_RELEVANCE;
  if (question.profile != "exact") other.profile = question.profile == "plain" ? "recent" : "plain";
  const std::string difference = Difference(reader.Found(question), reader.Found(other));
  return difference.empty() ? Holds() : Described(other) + ": " + difference;
}

// A query that is suggested where nothing is found finds as many as the notice says.
Verdict ASuggestionFindsWhatItPromises(Reader& reader, const Question& question) {
  const v1::SearchArticlesResponse& answer = reader.All(question);
  if (answer.suggested_query().empty()) return std::nullopt;
  v1::SearchArticlesRequest request = RequestOf(question);
  request.set_query(answer.suggested_query());
  const int found = reader.Ask(request).hits_size();
  for (const v1::Notice& notice : answer.notices()) {
    if (notice.reason() != "PARTIAL_MATCH") continue;
    const int count = std::stoi(notice.metadata().at("count"));
    const bool at_least = notice.message().find("at least") != std::string::npos;
    if (at_least ? found >= count : found == count) continue;
    return answer.suggested_query() + " finds " + std::to_string(found) + ": " + notice.message();
  }
  return Holds();
}

}  // namespace

const std::vector<Invariant>& VariantInvariants() {
  static const std::vector<Invariant> invariants = {
      {"a filter only leaves out", AFilterOnlyLeavesOut},
      {"a language only narrows", ALanguageOnlyNarrows},
      {"a clause only leaves out", AClauseOnlyLeavesOut},
      {"the order of parts is nothing", OrderOfPartsIsNothing},
      {"another word is no surprise", AnotherWordIsNoSurprise},
      {"spelling is nothing", SpellingIsNothing},
      {"the parsed query is the query", TheParsedQueryIsTheQuery},
      {"ranking is not matching", RankingIsNotMatching},
      {"a suggestion finds what it promises", ASuggestionFindsWhatItPromises},
  };
  return invariants;
}

}  // namespace broadsheet::query::invariants
