// SPDX-License-Identifier: GPL-3.0-or-later
// Which articles are like a story, and what is said of why.
#include "engine/query/similar/similar_search.h"

#include <memory>
#include <string>
#include <vector>

#include "engine/query/compile/filters.h"
#include "engine/query/match/visibility.h"
#include "engine/storage/live/snapshot.h"
#include "engine/weights/word_rarity.h"
#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

class SimilarSearchTest : public SearchFixture {
 protected:
  void SetUp() override {
    Add("strike", {.headline = "Ferry crews strike over pay",
                   .body = "Ferry crews on the Arven crossing walked out over pay.",
                   .published = "2024-06-19"});
    Add("talks", {.headline = "Pay talks with ferry crews fail",
                  .body = "Talks about pay with the crews of the ferry collapsed.",
                  .published = "2024-06-20"});
    Add("fares", {.headline = "Ferry fares rise",
                  .body = "Passengers pay more on the crossing from Monday.",
                  .section = "Travel",
                  .published = "2024-06-21"});
    Add("harvest", {.headline = "Apple harvest early",
                    .body = "Growers blame a warm spring for small apples.",
                    .published = "2024-06-22"});
  }

  // The articles like one of the index, or like a text.
  SimilarArticles LikeArticle(const std::string& id, const Filter& filter = {}) {
    v1::GetArticleRequest request;
    request.set_id(id);
    return Like(*searcher().Get(request, call_), {id}, filter);
  }
  SimilarArticles LikeText(const std::string& text) {
    v1::Article article;
    article.set_body(text);
    article.set_language("en");
    return Like(article, {}, {});
  }

  std::string Ids(const SimilarArticles& found) {
    std::string ids;
    for (const SimilarArticle& article : found.articles) {
      ids += (ids.empty() ? "" : " ") + snapshot_->ReadArticle(article.doc)->id();
    }
    return ids;
  }

 private:
  SimilarArticles Like(const v1::Article& article, const std::vector<std::string>& left_out,
                       const Filter& conditions) {
    const auto generation = index_.Open();
    snapshot_ = *storage::Snapshot::Open(generation);
    const uint64_t seed = generation->manifest().token_seed;
    const std::vector<SeedText> seeds = {CountSeedWords(article, "en", seed, analyzer_)};
    weights::KnownWords known(weights::HashStopWords(analyzer_, {"en"}, seed));
    base::Deadline deadline(call_);
    MatchContext context{*snapshot_, deadline};
    const Xapian::Query filter =
        Released(*snapshot_, CompileFilter(context, conditions), call_.now);
    return FindSimilar(context, {.seeds = seeds,
                                 .left_out = left_out,
                                 .filter = filter,
                                 .known_words = known,
                                 .count = 10});
  }

  text::Analyzer analyzer_;
  std::unique_ptr<storage::Snapshot> snapshot_;
};

TEST_F(SimilarSearchTest, TheMostAlikeIsFirstAndTheSeedIsLeftOut) {
  const SimilarArticles found = LikeArticle("strike");
  EXPECT_EQ(Ids(found), "talks fares");
  EXPECT_GT(found.articles[0].likeness, found.articles[1].likeness);
  EXPECT_LT(found.articles[0].likeness, 1);
  EXPECT_GT(found.articles[1].likeness, 0);
}

TEST_F(SimilarSearchTest, ATextIsLikeTheArticleThatItIs) {
  const SimilarArticles found = LikeText("Growers blame a warm spring for small apples");
  EXPECT_EQ(Ids(found), "harvest");
  EXPECT_GT(found.articles[0].likeness, 0.5);
  EXPECT_THAT(found.words, Contains("Growers"));
}

TEST_F(SimilarSearchTest, WordsAreAsTheSeedWritesThemAndAreSharedWithAnAnswer) {
  const SimilarArticles found = LikeArticle("strike");
  EXPECT_THAT(found.words, Contains("Ferry"));
  EXPECT_THAT(found.words, Contains("crews"));
  EXPECT_THAT(found.words, Not(Contains("Arven")));
  EXPECT_THAT(found.words, Not(Contains("the")));
}

TEST_F(SimilarSearchTest, AFilterNarrows) {
  EXPECT_EQ(
      Ids(LikeArticle("strike",
                      {.values = {{.field = schema::FieldId::kSection, .any_of = {"Travel"}}}})),
      "fares");
}

TEST_F(SimilarSearchTest, ATextOfStopWordsIsLikeNothing) {
  EXPECT_THAT(LikeText("the of and").articles, IsEmpty());
  EXPECT_THAT(LikeText("").articles, IsEmpty());
  EXPECT_THAT(LikeText("zeppelin").articles, IsEmpty());
}

TEST_F(SimilarSearchTest, LiveIsSearchedToo) {
  AddToLive("talks", {.headline = "Apples sold", .published = "2024-06-20"});
  AddToLive("vote", {.headline = "Ferry crews vote on pay", .published = "2024-06-23"});
  EXPECT_EQ(Ids(LikeArticle("strike")), "vote fares");
}

// What may not be shown tells nothing, not even by a word that nobody else has.
TEST_F(SimilarSearchTest, WhatIsWithheldDoesNotShineThrough) {
  Add("secret", {.headline = "Arven ferry crews sold",
                 .body = "Arven Arven Arven.",
                 .published = "2024-06-19",
                 .status = v1::Article::STATUS_WITHHELD});
  const SimilarArticles found = LikeArticle("strike");
  EXPECT_EQ(Ids(found), "talks fares");
  EXPECT_THAT(found.words, Not(Contains("Arven")));
}

}  // namespace
}  // namespace broadsheet::query
