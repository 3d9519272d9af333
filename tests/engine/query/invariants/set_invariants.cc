// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string>
#include <utility>

#include "tests/engine/query/invariants/chance.h"
#include "tests/engine/query/invariants/invariants.h"
#include "tests/engine/query/invariants/loosening.h"

namespace broadsheet::query::invariants {
namespace {

// How many of the ways to loosen a query are tried.
constexpr size_t kMostLoosened = 3;

// "": the two queries find the same.
std::string FindTheSame(Reader& reader, const Question& question, const Node& a, const Node& b) {
  const std::string difference =
      Difference(reader.Found(question.With(a)), reader.Found(question.With(b)));
  if (difference.empty()) return "";
  return difference + "; the first is " + TextOf(question.With(a)) + ", the second " +
         TextOf(question.With(b));
}

// `"a b"` within `"a b"~3` within `a NEAR/5 b` within `a b` within `a`; `=a` within `a` within
// `a OR b`; `headline:a` within `a`.
Verdict LooserQueriesFindMore(Reader& reader, const Question& question) {
  if (!question.all_words()) return std::nullopt;
  std::vector<Loosened> forms = LoosenedForms(question.query);
  Chance chance(question.seed);
  for (size_t i = 0; i < kMostLoosened && !forms.empty(); ++i) {
    const size_t chosen = chance.Below(forms.size());
    const Loosened form = std::move(forms[chosen]);
    forms.erase(forms.begin() + static_cast<std::ptrdiff_t>(chosen));
    const IdSet tight = reader.Found(question);
    const IdSet loose = reader.Found(question.With(form.query));
    const std::string lost = form.finds_more ? Missing(tight, loose) : Missing(loose, tight);
    if (lost.empty()) continue;
    return form.how + ": " + TextOf(question.With(form.query)) +
           (form.finds_more ? " loses " : " finds besides ") + lost;
  }
  return Holds();
}

Verdict NothingIsAndIsNot(Reader& reader, const Question& question) {
  if (!question.all_words()) return std::nullopt;
  const Question both = question.With(And(question.query, Not(question.query)));
  const std::string found = Missing(reader.Found(both), {});
  return found.empty() ? Holds() : TextOf(both) + " finds " + found;
}

Verdict EverythingIsOrIsNot(Reader& reader, const Question& question) {
  if (!question.all_words() || question.filter.ByteSizeLong() > 0) return std::nullopt;
  const Question either = question.With(Or(question.query, Not(question.query)));
  IdSet visible;
  for (const auto& [id, article] : reader.visible()) visible.insert(id);
  const std::string difference = Difference(reader.Found(either), visible);
  return difference.empty() ? Holds() : TextOf(either) + " and all that is visible: " + difference;
}

// The laws of De Morgan, distribution, absorption and idempotence, one of them by turns.
Verdict LogicHolds(Reader& reader, const Question& question) {
  if (!question.all_words()) return std::nullopt;
  const Node& a = question.query;
  const Node& b = question.other;
  const Node c = Word("summit");
  switch (Chance(question.seed).Below(6)) {
    case 0:
      return FindTheSame(reader, question, Not(And(a, b)), Or(Not(a), Not(b)));
    case 1:
      return FindTheSame(reader, question, Not(Or(a, b)), And(Not(a), Not(b)));
    case 2:
      return FindTheSame(reader, question, And(c, Or(a, b)), Or(And(c, a), And(c, b)));
    case 3:
      return FindTheSame(reader, question, Or(c, And(a, b)), And(Or(c, a), Or(c, b)));
    case 4:
      return FindTheSame(reader, question, a, Or(a, And(a, b)));
    default:
      return FindTheSame(reader, question, a, And(a, a));
  }
}

// Every dated article is before a day, or of that day or later.
Verdict ADayPartsTheArchive(Reader& reader, const Question& question) {
  if (!question.all_words()) return std::nullopt;
  Node before{.kind = NodeKind::kDate,
              .field = schema::FieldId::kDate,
              .text = "2024-06-20",
              .relation = DateRelation::kBefore};
  Node from = before;
  from.relation = DateRelation::kFrom;
  Node undated = before;
  undated.relation = DateRelation::kWithin;
  undated.text = "none";
  const Node& query = question.query;
  std::string wrong =
      FindTheSame(reader, question, And(query, Or(Or(before, from), undated)), query);
  if (!wrong.empty()) return wrong;
  const std::string both = Missing(reader.Found(question.With(And(query, And(before, from)))), {});
  return both.empty() ? Holds() : "before a day and from it on: " + both;
}

// What has all the words has one of them.
Verdict AllWordsAreAnyWords(Reader& reader, const Question& question) {
  const Node& query = question.query;
  // Where any word is enough, one without a meaning is not.
  if (AnyNode(query, IsOr) && HasStopWord(query)) return std::nullopt;
  // A negation of words that may be read as OR excludes more.
  if (AnyNode(query, IsNegation)) return std::nullopt;
  Question all = question;
  all.match = v1::MATCH_MODE_ALL;
  Question any = question;
  any.match = v1::MATCH_MODE_ANY;
  const std::string lost = Missing(reader.Found(all), reader.Found(any));
  return lost.empty() ? Holds() : "with any word is lost " + lost;
}

// What stands as it is typed stands in one of its forms.
Verdict TheExactProfileFindsLess(Reader& reader, const Question& question) {
  if (question.profile == "exact" || !question.all_words()) return std::nullopt;
  if (AnyNode(question.query, IsNegation)) return std::nullopt;
  Question exact = question;
  exact.profile = "exact";
  const std::string more = Missing(reader.Found(exact), reader.Found(question));
  return more.empty() ? Holds() : "only in exactly this form: " + more;
}

}  // namespace

const std::vector<Invariant>& SetInvariants() {
  static const std::vector<Invariant> invariants = {
      {"looser queries find more", LooserQueriesFindMore},
      {"a AND NOT a finds nothing", NothingIsAndIsNot},
      {"a OR NOT a finds everything", EverythingIsOrIsNot},
      {"the laws of logic hold", LogicHolds},
      {"a day parts the archive", ADayPartsTheArchive},
      {"all words are any words", AllWordsAreAnyWords},
      {"the exact profile finds less", TheExactProfileFindsLess},
  };
  return invariants;
}

}  // namespace broadsheet::query::invariants
