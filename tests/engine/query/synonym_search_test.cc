// SPDX-License-Identifier: GPL-3.0-or-later
// What readers get where the admin keeps a file of synonyms.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "engine/query/searcher.h"
#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SynonymSearchTest : public SearchFixture {
 protected:
  void SetUp() override {
    answers_ = std::make_shared<AnswerCache>(1 << 20);
    Use("tv, television\nusa, united states\n");
    Add("typed", {.headline = "Tax on tv sets", .body = "Every tv counts."});
    Add("synonym", {.headline = "Tax on television sets", .body = "Every television counts."});
    Add("both", {.headline = "Tax on tv sets", .body = "Television pays."});
    Add("row", {.headline = "The United States imports ferries"});
    Add("short", {.headline = "The USA imports ferries"});
    Add("apart", {.headline = "States united imports of ferries"});
  }
  void Use(const std::string& file) {
    text::Analyzer analyzer;
    synonyms_->Replace(Synonyms::Parse(file, analyzer).value());
  }
};

TEST_F(SynonymSearchTest, AWordFindsItsSynonymsBehindItself) {
  EXPECT_EQ(Search("tv"), "typed both synonym");
  EXPECT_EQ(Search("television"), "synonym both typed");
}

TEST_F(SynonymSearchTest, RowsOfWordsFindTheirSynonymsAndAreFound) {
  EXPECT_EQ(SearchNewest("usa ferries"), "row short");
  EXPECT_EQ(SearchNewest("united states ferries"), "apart row short");
  EXPECT_EQ(SearchNewest("\"united states\" ferries"), "row");
}

TEST_F(SynonymSearchTest, SynonymsAreMarked) {
  const v1::SearchArticlesResponse response = Answer("usa ferries");
  std::string lit;
  for (const v1::Hit& hit : response.hits()) {
    if (hit.article().id() == "row") lit = Lit(hit.fragments(0));
  }
  EXPECT_EQ(lit, "The [United States] imports [ferries]");
}

TEST_F(SynonymSearchTest, ARequestMayDoWithout) {
  v1::SearchArticlesRequest request = Request("tv");
  request.set_without_synonyms(true);
  EXPECT_EQ(IdsOf(Answer(request)), "typed both");
}

TEST_F(SynonymSearchTest, ExplainTellsWhichWereUsed) {
  v1::SearchArticlesRequest request = Request("united states tv -tax");
  request.set_explain(true);
  const v1::SearchArticlesResponse response = Answer(request);
  EXPECT_EQ(response.parsed_query(), "united AND states AND tv AND NOT tax");
  const v1::Explanation& explanation = response.explanation();
  ASSERT_EQ(explanation.synonyms_size(), 2);
  EXPECT_EQ(explanation.synonyms(0).typed(), "united AND states");
  EXPECT_THAT(explanation.synonyms(0).alternatives(), ElementsAre("usa"));
  EXPECT_EQ(explanation.synonyms(1).typed(), "tv");
  EXPECT_THAT(explanation.synonyms(1).alternatives(), ElementsAre("television"));
}

TEST_F(SynonymSearchTest, TheScoreOfAHitIsTheSumOfItsParts) {
  v1::SearchArticlesRequest request = Request("tv tax");
  request.set_explain(true);
  request.set_ranking_profile("plain");
  const v1::SearchArticlesResponse response = Answer(request);
  EXPECT_EQ(response.hits_size(), 3);
  for (const v1::Hit& hit : response.hits()) {
    double sum = 0;
    for (const v1::ScoreContribution& part : hit.contributions()) sum += part.weight();
    EXPECT_NEAR(sum, hit.score(), 1e-6) << hit.article().id();
  }
}

TEST_F(SynonymSearchTest, NewSynonymsHoldFromTheNextSearchOnAndNoOldAnswerIsKept) {
  EXPECT_EQ(Search("tv"), "typed both synonym");
  Use("");
  EXPECT_EQ(Search("tv"), "typed both");
  Use("tv, ferries");
  EXPECT_EQ(SearchNewest("tv"), "apart both row short typed");
}

TEST_F(SynonymSearchTest, ExactProfileTakesWordsAsTyped) {
  v1::SearchArticlesRequest request = Request("tv");
  request.set_ranking_profile("exact");
  EXPECT_EQ(IdsOf(Answer(request)), "typed both");
}

TEST_F(SynonymSearchTest, CountsExportsAndFacetsHaveThemToo) {
  v1::CountQueriesRequest count;
  count.set_query("tv");
  EXPECT_EQ(searcher().Count(count, call_)->total.value(), 3);
  count.set_without_synonyms(true);
  EXPECT_EQ(searcher().Count(count, call_)->total.value(), 2);
  v1::AggregateArticlesRequest facets;
  facets.set_query("usa");
  EXPECT_EQ(searcher().Aggregate(facets, call_)->total().value(), 2);
  facets.set_without_synonyms(true);
  EXPECT_EQ(searcher().Aggregate(facets, call_)->total().value(), 1);
}

TEST_F(SynonymSearchTest, AQueryThatFindsNothingIsToldWhatWouldWithSynonyms) {
  const v1::SearchArticlesResponse response = Answer("united states tv");
  EXPECT_THAT(response.hits(), IsEmpty());
  ASSERT_EQ(response.notices_size(), 1);
  EXPECT_EQ(response.notices(0).reason(), "PARTIAL_MATCH");
  EXPECT_EQ(IdsOf(Answer(response.suggested_query())).empty(), false);
}

TEST_F(SynonymSearchTest, AnyWordScoresASynonymAsTheWord) {
  v1::SearchArticlesRequest request = Request("united states tv");
  request.set_match(v1::MATCH_MODE_ANY);
  request.set_sort(v1::SORT_ORDER_NEWEST);
  EXPECT_EQ(IdsOf(Answer(request)), "apart both row short synonym typed");
}

}  // namespace
}  // namespace broadsheet::query
