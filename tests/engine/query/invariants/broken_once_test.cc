// SPDX-License-Identifier: GPL-3.0-or-later
// Questions that broke an invariant once, with the edition that they were put to.
#include <gtest/gtest.h>

#include <string>

#include "tests/engine/query/invariants/edition.h"
#include "tests/engine/query/invariants/invariants.h"

namespace broadsheet::query::invariants {
namespace {

// The first page of each size that is not the start of the one page: "" when there is none.
std::string FirstWrongPage(uint64_t seed, const Question& question) {
  Edition edition(seed);
  Reader reader(edition);
  const v1::SearchArticlesResponse& all = reader.All(question);
  for (int size = 1; size < 40; ++size) {
    v1::SearchArticlesRequest request = RequestOf(question);
    request.set_page_size(size);
    const v1::SearchArticlesResponse& page = reader.Ask(request);
    for (int i = 0; i < page.hits_size(); ++i) {
      const v1::Hit& hit = page.hits(i);
      const v1::Hit& wanted = all.hits(i);
      if (hit.article().id() == wanted.article().id() && hit.score() == wanted.score()) continue;
      return "hit " + std::to_string(i + 1) + " of " + std::to_string(size) + " is " +
             hit.article().id() + " (" + std::to_string(hit.score()) + "), of all " +
             wanted.article().id() + " (" + std::to_string(wanted.score()) + ")";
    }
  }
  return "";
}

// Bug: below an OR, a hit had the score that an exact word has in another article.
TEST(BrokenOnceTest, NoHitOfAPageHasTheScoreOfAnother) {
  Question question;
  question.typed = "which AND (서울 OR Ferry OR NOT body:judges)";
  question.profile = "exact";
  EXPECT_EQ(FirstWrongPage(4, question), "");
}

// Bug: beside a filter that is rarer than an OR, here that of withheld articles, the OR of live
// lost its parts that begin with an OR, and a short page the best of live (match/started_query.h).
TEST(BrokenOnceTest, AShortPageHasTheBestOfLive) {
  Question question;
  question.typed = "st* st* fe* st* fe* st* st* fe* st* fe* st*";
  question.profile = "plain";
  question.match = v1::MATCH_MODE_ANY;
  EXPECT_EQ(FirstWrongPage(20240619, question), "");
}

}  // namespace
}  // namespace broadsheet::query::invariants
