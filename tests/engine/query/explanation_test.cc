// SPDX-License-Identifier: GPL-3.0-or-later
// `explain`: how a query was understood, what its words stand for, and why a hit has its score.
#include <string>
#include <vector>

#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ExplanationTest : public SearchFixture {
 protected:
  void SetUp() override {
    Add("a", {.headline = "Floods", .body = "alpha beta flooding", .tags = {"Weather"}});
    Add("b", {.headline = "Two", .body = "alpha gamma governor"});
    Add("c", {.headline = "Three", .body = "gamma delta government governors"});
    AddToLive("d", {.headline = "Four", .body = "alpha beta gamma delta"});
  }

  v1::SearchArticlesResponse Explained(const std::string& query) {
    v1::SearchArticlesRequest request = Request(query);
    request.set_explain(true);
    return Answer(request);
  }

  // "alpha beta": the parts that count for a hit.
  static std::string Parts(const v1::Hit& hit) {
    std::string parts;
    for (const v1::ScoreContribution& added : hit.contributions()) {
      parts += (parts.empty() ? "" : " ") + added.part();
    }
    return parts;
  }

  static const v1::Hit& HitOf(const v1::SearchArticlesResponse& response, const std::string& id) {
    for (const v1::Hit& hit : response.hits()) {
      if (hit.article().id() == id) return hit;
    }
    ADD_FAILURE() << "no hit " << id;
    return response.hits(0);
  }

  // "governor:2 govern:1": terms and the articles of each.
  static std::string Terms(const v1::WordMeaning& meaning) {
    std::string terms;
    for (const v1::IndexTerm& term : meaning.terms()) {
      terms +=
          (terms.empty() ? "" : " ") + term.term() + ":" + std::to_string(term.article_count());
    }
    return terms;
  }
};

TEST_F(ExplanationTest, IsAbsentUnlessAskedFor) {
  const v1::SearchArticlesResponse response = Answer("alpha");
  EXPECT_FALSE(response.has_explanation());
  EXPECT_EQ(response.parsed_query(), "");
  EXPECT_THAT(response.hits(0).contributions(), IsEmpty());
}

TEST_F(ExplanationTest, ShowsTheTree) {
  EXPECT_EQ(Explained("alpha -headline:(x OR y)").parsed_query(),
            "alpha AND NOT (headline:x OR headline:y)");
}

TEST_F(ExplanationTest, WhatEachPartAddsAddsUpToTheScore) {
  const std::vector<std::string> queries = {"alpha",
                                            "alpha beta",
                                            "alpha OR gamma OR nothing",
                                            "alpha alpha",
                                            "\"alpha beta\"",
                                            "alpha NEAR/3 (gamma OR beta)",
                                            "govern*",
                                            "alphq~ headline:two",
                                            "headline:floods OR (alpha gamma)",
                                            "gamma -alpha",
                                            "alpha tag:weather",
                                            "(alpha zeppelin) OR gamma",
                                            "=governors OR body:alpha"};
  for (const std::string& query : queries) {
    const v1::SearchArticlesResponse response = Explained(query);
    EXPECT_GT(response.hits_size(), 0) << query;
    for (const v1::Hit& hit : response.hits()) {
      double sum = 0;
      for (const v1::ScoreContribution& added : hit.contributions()) sum += added.weight();
      EXPECT_NEAR(sum, hit.score(), 1e-9) << query << " in " << hit.article().id();
    }
  }
}

TEST_F(ExplanationTest, PartsAreNamedAsInTheTreeAndOnlyWhereTheyMatch) {
  const v1::SearchArticlesResponse response =
      Explained("headline:floods OR alpha OR \"beta gamma\"");
  EXPECT_EQ(Parts(HitOf(response, "a")), "headline:floods alpha exact form nearness");
  EXPECT_EQ(Parts(HitOf(response, "b")), "alpha exact form");
  EXPECT_EQ(Parts(HitOf(response, "d")), "alpha \"beta gamma\" exact form nearness");
  EXPECT_THAT(HitOf(response, "b").explanation(), HasSubstr("BM25"));
  EXPECT_THAT(HitOf(response, "b").explanation(), HasSubstr("= alpha"));
}

// An article with alpha alone gets nothing for `alpha AND beta`.
TEST_F(ExplanationTest, AnAlternativeThatFailsAddsNothing) {
  const v1::SearchArticlesResponse response = Explained("(alpha AND beta) OR gamma");
  EXPECT_EQ(Parts(HitOf(response, "b")), "gamma exact form");
  EXPECT_EQ(Parts(HitOf(response, "d")), "alpha beta gamma exact form nearness");
}

TEST_F(ExplanationTest, WordsStandForTermsOfTheIndexWithTheirArticles) {
  const v1::SearchArticlesResponse response = Explained("flooded OR gover* OR -zeppelin");
  ASSERT_EQ(response.explanation().words_size(), 3);
  const v1::WordMeaning& form = response.explanation().words(0);
  EXPECT_EQ(form.word(), "flooded");
  EXPECT_EQ(Terms(form), "flood:1");
  EXPECT_EQ(form.reached(), 0);
  const v1::WordMeaning& wildcard = response.explanation().words(1);
  EXPECT_EQ(wildcard.word(), "gover*");
  EXPECT_EQ(Terms(wildcard), "governor:2 govern:1");
  EXPECT_EQ(wildcard.reached(), 2);
  EXPECT_EQ(response.explanation().words(2).word(), "zeppelin");
  EXPECT_EQ(Terms(response.explanation().words(2)), "");
}

TEST_F(ExplanationTest, FiltersAndLanguagesAreThoseApplied) {
  v1::SearchArticlesRequest request = Request("alpha");
  request.set_explain(true);
  request.mutable_filter()->mutable_tag()->add_none_of("Politics");
  request.mutable_filter()->mutable_published_until()->set_seconds(1718755200);
  request.mutable_filter()->set_include_undated(true);
  const v1::SearchArticlesResponse response = Answer(request);
  std::vector<std::string> filters;
  for (const v1::AppliedFilter& filter : response.explanation().filters()) {
    filters.push_back(filter.field() + " " + filter.condition() +
                      (filter.values().empty() ? "" : " " + filter.values(0)));
  }
  EXPECT_THAT(filters,
              ElementsAre("tag none_of Politics", "published until 2024-06-19T00:00:00+00:00",
                          "published or_undated"));
  EXPECT_THAT(response.explanation().languages(), ElementsAre("en"));
}

TEST_F(ExplanationTest, DateOrderHasNoScoreToExplain) {
  v1::SearchArticlesRequest request = Request("alpha");
  request.set_explain(true);
  request.set_sort(v1::SORT_ORDER_NEWEST);
  const v1::SearchArticlesResponse response = Answer(request);
  EXPECT_EQ(response.hits(0).explanation(), "in date order, without a score");
  EXPECT_THAT(response.hits(0).contributions(), IsEmpty());
}

}  // namespace
}  // namespace broadsheet::query
