// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>

#include "engine/query/rank/ranking_profile.h"
#include "tests/engine/query/invariants/chance.h"
#include "tests/engine/query/invariants/invariants.h"

namespace broadsheet::query::invariants {
namespace {

constexpr size_t kMostPages = 6;

std::string HitText(const v1::Hit& hit) {
  return hit.article().id() + " (" + std::to_string(hit.score()) + ")";
}

std::string CheckTotal(const v1::Total& total, size_t hits, bool must_be_exact) {
  const auto value = static_cast<size_t>(total.value());
  const bool exact = total.relation() == v1::Total::RELATION_EXACT;
  if ((exact || must_be_exact ? value == hits : value <= hits) && (exact || !must_be_exact)) {
    return "";
  }
  return "the total is " + total.ShortDebugString() + ", and there are " + std::to_string(hits) +
         " hits";
}

// An exact total is the number of hits, another one at most that.
Verdict TotalIsOfTheHits(Reader& reader, const Question& question) {
  const v1::SearchArticlesResponse& all = reader.All(question);
  const auto hits = static_cast<size_t>(all.hits_size());
  std::string wrong = CheckTotal(all.total(), hits, question.exact_total);
  if (!wrong.empty()) return wrong;
  v1::SearchArticlesRequest first = RequestOf(question);
  first.set_page_size(1);
  return CheckTotal(reader.Ask(first).total(), hits, question.exact_total);
}

// A query without words to rank by is answered in the order of dates.
bool HasWordsToRankBy(const Node& node) {
  switch (node.kind) {
    case NodeKind::kWord:
    case NodeKind::kPhrase:
    case NodeKind::kNear:
      return true;
    case NodeKind::kNot:
      return false;
    default:
      return std::any_of(node.children.begin(), node.children.end(), HasWordsToRankBy);
  }
}

// Ids, scores and order of the pages are those of one big page, and each page has its total.
Verdict PagesAreTheOnePage(Reader& reader, const Question& question) {
  const v1::SearchArticlesResponse& all = reader.All(question);
  const auto hits = static_cast<size_t>(all.hits_size());
  if (hits < 2) return std::nullopt;
  Chance chance(question.seed);
  v1::SearchArticlesRequest request = RequestOf(question);
  int at = chance.OneIn(4) ? static_cast<int>(chance.Below(hits)) : 0;
  request.set_skip(at);
  while (true) {
    request.set_page_size(static_cast<int>(hits / kMostPages + 1 + chance.Below(hits)));
    const v1::SearchArticlesResponse& page = reader.Ask(request);
    const std::string wrong = CheckTotal(page.total(), hits, question.exact_total);
    if (!wrong.empty()) return "at hit " + std::to_string(at) + " " + wrong;
    for (const v1::Hit& hit : page.hits()) {
      if (at >= all.hits_size()) return "the pages have more hits than the one page";
      const v1::Hit& wanted = all.hits(at++);
      if (hit.article().id() == wanted.article().id() && hit.score() == wanted.score()) continue;
      return "hit " + std::to_string(at) + " of the pages is " + HitText(hit) +
             ", of the one page " + HitText(wanted);
    }
    if (page.next_page_token().empty()) break;
    request.set_page_token(page.next_page_token());
    request.set_skip(0);
  }
  if (at == all.hits_size()) return Holds();
  return "the pages end after " + std::to_string(at) + " of " + std::to_string(hits) + " hits";
}

// Undated last both ways.
std::tuple<bool, int64_t, std::string> DateKeyOf(const v1::Article& article, bool newest) {
  const bool undated = !article.has_published_time();
  const int64_t seconds = article.published_time().seconds();
  return {undated, undated ? 0 : newest ? -seconds : seconds, article.id()};
}

bool AnyScore(const v1::SearchArticlesResponse& answer) {
  return answer.hits_size() > 0 && answer.hits(0).score() > 0;
}

Verdict HitsAreInOrder(Reader& reader, const Question& question) {
  const v1::SearchArticlesResponse& all = reader.All(question);
  if (all.hits_size() < 2) return std::nullopt;
  const bool ranked = question.is_ranked() && HasWordsToRankBy(question.query);
  const bool newest = question.sort != v1::SORT_ORDER_OLDEST;
  const bool rescored = FindRankingProfile(question.profile)->rescored;
  for (int i = 1; i < all.hits_size(); ++i) {
    const v1::Hit& before = all.hits(i - 1);
    const v1::Hit& hit = all.hits(i);
    bool in_order = before.score() >= hit.score();
    // Where scores are equal, base's are newest first and live's in the order of their writing.
    const bool tie = before.score() == hit.score();
    const bool both_of_base =
        before.article().version() == 0 && hit.article().version() == 0 && !rescored;
    if (!ranked || (tie && both_of_base)) {
      in_order = DateKeyOf(before.article(), newest) < DateKeyOf(hit.article(), newest);
    }
    if (!in_order) return HitText(hit) + " is behind " + HitText(before);
  }
  return Holds();
}

// What readers may not see is never a hit, and what they see is the newest version.
Verdict HitsAreVisible(Reader& reader, const Question& question) {
  for (const v1::Hit& hit : reader.All(question).hits()) {
    const v1::Article& article = hit.article();
    const auto visible = reader.visible().find(article.id());
    if (visible == reader.visible().end()) return article.id() + " may not be seen";
    if (article.version() != visible->second.version()) return article.id() + " is superseded";
  }
  return Holds();
}

// What the parts of a query add makes up the score, and no part takes away.
Verdict PartsAddUpToTheScore(Reader& reader, const Question& question) {
  v1::SearchArticlesRequest request = RequestOf(question);
  request.set_explain(true);
  const v1::SearchArticlesResponse& explained = reader.Ask(request);
  if (!AnyScore(explained)) return std::nullopt;
  for (const v1::Hit& hit : explained.hits()) {
    double sum = 0;
    for (const v1::ScoreContribution& part : hit.contributions()) {
      if (part.weight() < 0) return part.part() + " takes away from the score of " + HitText(hit);
      sum += part.weight();
    }
    if (std::abs(sum - hit.score()) > 1e-9 * (1 + hit.score())) {
      return "the parts of " + HitText(hit) + " add up to " + std::to_string(sum);
    }
  }
  return Holds();
}

bool MarksSomething(const v1::Hit& hit) {
  return std::any_of(hit.fragments().begin(), hit.fragments().end(), [](const auto& fragment) {
    return std::any_of(fragment.segments().begin(), fragment.segments().end(),
                       [](const auto& segment) { return segment.matched(); });
  });
}

// A part of the query that adds to a hit's score stands in the article, and so is marked in it.
Verdict FragmentsMarkWhatScores(Reader& reader, const Question& question) {
  v1::SearchArticlesRequest request = RequestOf(question);
  request.set_explain(true);
  request.set_page_size(20);
  request.clear_highlight();
  const v1::SearchArticlesResponse& shown = reader.Ask(request);
  if (!AnyScore(shown)) return std::nullopt;
  for (const v1::Hit& hit : shown.hits()) {
    const bool scores =
        std::any_of(hit.contributions().begin(), hit.contributions().end(),
                    [](const auto& part) { return !IsOfProfile(part) && part.weight() > 0; });
    if (scores && !MarksSomething(hit)) return "nothing is marked in " + HitText(hit);
  }
  return Holds();
}

}  // namespace

const std::vector<Invariant>& AnswerInvariants() {
  static const std::vector<Invariant> invariants = {
      {"the total is that of the hits", TotalIsOfTheHits},
      {"pages put together are one big page", PagesAreTheOnePage},
      {"hits are in order", HitsAreInOrder},
      {"hits are visible", HitsAreVisible},
      {"parts add up to the score", PartsAddUpToTheScore},
      {"fragments mark what scores", FragmentsMarkWhatScores},
  };
  return invariants;
}

std::string Missing(const IdSet& few, const IdSet& many) {
  std::string missing;
  for (const std::string& id : few) {
    if (!many.contains(id)) missing += (missing.empty() ? "" : " ") + id;
  }
  return missing;
}

std::string Difference(const IdSet& a, const IdSet& b) {
  const std::string of_a = Missing(a, b);
  const std::string of_b = Missing(b, a);
  if (of_a.empty() && of_b.empty()) return "";
  return "only in the first: " + of_a + "; only in the second: " + of_b;
}

}  // namespace broadsheet::query::invariants
