// SPDX-License-Identifier: GPL-3.0-or-later
// Exact words and words of the body, below an OR: that their places are looked at only where a
// document may make the page changes no page.
#include <algorithm>
#include <string>

#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

class CheckedWordTest : public SearchFixture, public ::testing::WithParamInterface<bool> {
 protected:
  static constexpr int kDocuments = 300;

  void SetUp() override {
    limits_.total_check_limit = 20;
    const auto goes_live = [](int i) { return GetParam() && i % 5 == 0; };
    for (int i = 0; i < kDocuments; ++i) {
      if (!goes_live(i)) Add("id" + std::to_string(i), Make(i));
    }
    for (int i = 0; i < kDocuments; ++i) {
      if (goes_live(i)) AddToLive("id" + std::to_string(i), Make(i));
    }
  }

  // More and more of each word, in forms and fields of which a third is asked for.
  static Article Make(int i) {
    Article article{.headline = i % 3 == 0 ? "warning" : "news", .body = "once"};
    for (int j = 0; j < i % 11; ++j) article.body += i % 3 == 1 ? " floods" : " flooded";
    for (int j = 0; j < i % 7; ++j) article.body += " and a warning";
    article.published = "2024-06-" + std::to_string(10 + i % 10);
    if (i % 2 == 0) article.tags = {"even"};
    if (i % 3 == 1) article.section = "world";
    if (i % 3 == 0 || i % 20 == 2) article.headline += " flash";
    if (i % 9 == 2) article.body += " sirens";
    return article;
  }
};

INSTANTIATE_TEST_SUITE_P(WithAndWithoutLive, CheckedWordTest, ::testing::Bool(),
                         [](const auto& live) { return live.param ? "BaseAndLive" : "Base"; });

TEST_P(CheckedWordTest, TheFirstPageIsTheBestOfAll) {
  for (const std::string query : {"=floods OR body:warning", "=floods OR once OR =flooded",
                                  "(=floods -news) OR (=warning (=floods OR news))"}) {
    v1::SearchArticlesRequest request = Request(query);
    request.set_ranking_profile("plain");
    request.set_page_size(1000);
    const v1::SearchArticlesResponse all = Answer(request);
    ASSERT_GT(all.hits_size(), 20) << query;
    for (const int page_size : {1, 10, 50}) {
      request.set_page_size(page_size);
      const v1::SearchArticlesResponse page = Answer(request);
      for (int i = 0; i < std::min(page_size, all.hits_size()); ++i) {
        ASSERT_EQ(page.hits(i).article().id(), all.hits(i).article().id()) << query << " " << i;
        ASSERT_EQ(page.hits(i).score(), all.hits(i).score()) << query << " " << i;
      }
    }
    request.set_sort(v1::SORT_ORDER_OLDEST);
    request.set_page_size(1000);
    EXPECT_EQ(Answer(request).hits_size(), all.hits_size()) << query;
  }
}

// Bug: in an OR within another one, beside a condition, a hit also had the score of an exact word
// that another article has and this one has not.
TEST_P(CheckedWordTest, AHitHasNoScoreOfAnotherArticle) {
  v1::SearchArticlesRequest request =
      Request("tag:even (section:world OR =sirens OR headline:flash)");
  request.set_page_size(1000);
  request.set_ranking_profile("plain");
  request.set_explain(true);
  const v1::SearchArticlesResponse response = Answer(request);
  EXPECT_GT(response.hits_size(), 50);
  for (const v1::Hit& hit : response.hits()) {
    double sum = 0;
    for (const v1::ScoreContribution& part : hit.contributions()) sum += part.weight();
    EXPECT_NEAR(hit.score(), sum, 1e-9) << hit.article().id();
  }
}

TEST_P(CheckedWordTest, ScoresAreThoseOfTheStem) {
  v1::SearchArticlesRequest request = Request("=floods OR zeppelin");
  request.set_ranking_profile("plain");
  const v1::SearchArticlesResponse checked = Answer(request);
  request.set_query("floods OR zeppelin");
  request.set_page_size(1000);
  const v1::SearchArticlesResponse stem = Answer(request);
  ASSERT_EQ(checked.hits_size(), 10);
  for (const v1::Hit& hit : checked.hits()) {
    const auto same = std::find_if(
        stem.hits().begin(), stem.hits().end(),
        [&hit](const v1::Hit& other) { return other.article().id() == hit.article().id(); });
    ASSERT_NE(same, stem.hits().end());
    EXPECT_NEAR(hit.score(), same->score(), 1e-9);
  }
}

}  // namespace
}  // namespace broadsheet::query
