// SPDX-License-Identifier: GPL-3.0-or-later
// What an answer says beside its hits, above all when it has none.
#include <string>

#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

using ::testing::IsEmpty;

class NoticesTest : public SearchFixture {
 protected:
  void SetUp() override {
    Add("a", {.headline = "One",
              .body = "alpha beta",
              .tags = {"Kim Jong Un"},
              .published = "2024-06-19"});
    Add("b", {.headline = "Two", .body = "alpha gamma", .tags = {"Kim Novak", "Kim Jong Un"}});
  }
};

TEST_F(NoticesTest, NamesTheNearestValueInItsOwnSpelling) {
  const v1::SearchArticlesResponse response = Answer("tag:kim");
  ASSERT_EQ(response.notices_size(), 1);
  EXPECT_EQ(response.notices(0).message(),
            "no article has the tag \"kim\"; there is \"Kim Jong Un\"");
  EXPECT_EQ(response.notices(0).metadata().at("suggestion"), "Kim Jong Un");
}

TEST_F(NoticesTest, TellsThatAValueOfSeveralWordsNeedsQuotes) {
  const v1::SearchArticlesResponse response = Answer("tag:kim jong un");
  ASSERT_GE(response.notices_size(), 1);
  EXPECT_EQ(response.notices(0).reason(), "UNQUOTED_VALUE");
  EXPECT_EQ(response.notices(0).metadata().at("suggestion"), "tag:\"kim jong un\"");
}

TEST_F(NoticesTest, CountsUndatedArticlesThatADateClauseHides) {
  const v1::SearchArticlesResponse response = Answer("alpha after:2020");
  EXPECT_EQ(IdsOf(response), "a");
  ASSERT_EQ(response.notices_size(), 1);
  EXPECT_EQ(response.notices(0).reason(), "UNDATED_EXCLUDED");
  EXPECT_EQ(response.notices(0).metadata().at("count"), "1");
}

// Bug: with a filter of many values, a wildcard stood for more words here than in the search
// itself.
TEST_F(NoticesTest, CountsUndatedArticlesByTheWordsThatWereSearchedFor) {
  limits_.max_expanded_leaves = 2;
  Add("c", {.headline = "Three", .body = "alpine"});
  v1::SearchArticlesRequest request = Request("alp* after:2020");
  request.mutable_filter()->mutable_tag()->add_none_of("x");
  const v1::SearchArticlesResponse response = Answer(request);
  const v1::Notice& notice = response.notices(response.notices_size() - 1);
  EXPECT_EQ(notice.reason(), "UNDATED_EXCLUDED");
  EXPECT_EQ(notice.metadata().at("count"), "1");
  request.set_query("alp* date:none");
  EXPECT_EQ(IdsOf(Answer(request)), "b");
}

class PartialMatchTest : public SearchFixture {
 protected:
  void SetUp() override {
    Add("one", {.headline = "One", .body = "alpha beta gamma", .tags = {"Greek"}});
    Add("two", {.headline = "Two", .body = "alpha beta delta"});
    Add("three", {.headline = "Three", .body = "alpha delta", .published = "2024-06-19"});
    Add("four", {.headline = "Four", .body = "alpha delta omega"});
  }

  // What is offered, after checking that it is said and that it is true.
  std::string Offer(const v1::SearchArticlesRequest& request) {
    const v1::SearchArticlesResponse response = Answer(request);
    EXPECT_EQ(response.hits_size(), 0);
    if (response.suggested_query().empty()) return "";
    const v1::Notice& notice = response.notices(response.notices_size() - 1);
    EXPECT_EQ(notice.reason(), "PARTIAL_MATCH");
    without_ = notice.metadata().at("without");
    v1::SearchArticlesRequest offered = request;
    offered.set_query(response.suggested_query());
    EXPECT_EQ(std::to_string(Answer(offered).total().value()), notice.metadata().at("count"));
    return response.suggested_query();
  }
  std::string Offer(const std::string& query) { return Offer(Request(query)); }

  std::string without_;
};

TEST_F(PartialMatchTest, LeavesOutTheOneWordThatNoArticleHas) {
  EXPECT_EQ(Offer("alpha zeppelin beta"), "alpha beta");
  EXPECT_EQ(without_, "zeppelin");
}

// Bug: with a filter of many values, a wildcard stood for more words here than in the search that
// was offered, which then found fewer articles than it said.
TEST_F(PartialMatchTest, AWildcardStandsForAsManyWordsAsInTheSearchThatIsOffered) {
  limits_.max_expanded_leaves = 3;
  Add("five", {.headline = "Five", .body = "alpine"});
  Add("six", {.headline = "Six", .body = "alpaca"});
  v1::SearchArticlesRequest request = Request("zeppelin alp*");
  request.mutable_filter()->mutable_tag()->add_none_of("x");
  EXPECT_EQ(Offer(request), "alp*");
}

TEST_F(PartialMatchTest, LeavesOutAsManyAsHaveToGo) {
  EXPECT_EQ(Offer("zeppelin alpha airship gamma balloon"), "alpha gamma");
  EXPECT_EQ(without_, "zeppelin airship balloon");
}

// Each word is found, but not all in one article.
TEST_F(PartialMatchTest, ChoosesTheLargestSetAndOfEqualOnesThatWithTheMostArticles) {
  EXPECT_EQ(Offer("gamma delta alpha"), "delta alpha");
  EXPECT_EQ(Offer("alpha beta gamma omega"), "alpha beta gamma");
}

TEST_F(PartialMatchTest, KeepsNegationsAndDates) {
  EXPECT_EQ(Offer("alpha zeppelin -gamma -omega"), "alpha -gamma -omega");
  EXPECT_EQ(Offer("alpha zeppelin date:2024"), "alpha date:2024");
}

TEST_F(PartialMatchTest, CountsWithinTheFilter) {
  v1::SearchArticlesRequest request = Request("delta gamma");
  request.mutable_filter()->mutable_tag()->add_any_of("greek");
  EXPECT_EQ(Offer(request), "gamma");
}

TEST_F(PartialMatchTest, PhrasesGroupsAndValuesGoAsAWhole) {
  EXPECT_EQ(Offer("\"beta alpha\" delta"), "delta");
  EXPECT_EQ(Offer("(zeppelin OR airship) omega"), "omega");
  EXPECT_EQ(Offer("alpha tag:latin beta"), "alpha beta");
}

TEST_F(PartialMatchTest, IsSpeltSoThatItMeansTheSame) {
  EXPECT_EQ(Offer("body:(alpha zeppelin delta)"), "body:alpha AND body:delta");
  EXPECT_EQ(Offer("alpha AND zeppelin AND beta"), "alpha beta");
}

// Bug: what was left of a written AND was offered without it, so that where any word is enough the
// offer found other articles, and more of them, than it said.
TEST_F(PartialMatchTest, KeepsTheWrittenAndWhereAnyWordIsEnough) {
  v1::SearchArticlesRequest request = Request("alpha AND beta AND zeppelin");
  request.set_match(v1::MATCH_MODE_ANY);
  EXPECT_EQ(Offer(request), "alpha AND beta");
  request.set_query("headline:one AND body:gamma AND tag:latin");
  EXPECT_EQ(Offer(request), "headline:one AND body:gamma");
  request.set_query("alpha AND zeppelin");
  EXPECT_EQ(Offer(request), "alpha");
}

// Bug: parts were counted as where all words must match, so that what was offered found fewer
// articles than it said, or more: "the" and its like count for nothing beside other words, and a
// word that is left alone may match by its parts.
TEST_F(PartialMatchTest, CountsAsWhereAnyWordIsEnough) {
  Add("five", {.headline = "Five", .body = "the beta-test"});
  v1::SearchArticlesRequest request = Request("(the OR zeppelin) AND gamma");
  request.set_match(v1::MATCH_MODE_ANY);
  EXPECT_EQ(Offer(request), "gamma");
  request.set_query("beta-test AND zeppelin");
  EXPECT_EQ(Offer(request), "beta-test");
}

TEST_F(PartialMatchTest, IsNotOfferedWhereThereIsNone) {
  EXPECT_EQ(Offer("zeppelin airship"), "");
  EXPECT_EQ(Offer("zeppelin"), "");
  EXPECT_EQ(Offer("zeppelin OR airship"), "");
}

TEST_F(PartialMatchTest, AnAnswerWithHitsOffersNothing) {
  const v1::SearchArticlesResponse response = Answer("alpha beta");
  EXPECT_EQ(response.suggested_query(), "");
  EXPECT_THAT(response.notices(), IsEmpty());
}

}  // namespace
}  // namespace broadsheet::query
