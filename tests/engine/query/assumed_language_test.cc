// SPDX-License-Identifier: GPL-3.0-or-later
// Searching articles that state no language and are too short to tell it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/indexing/publish/rebuild.h"
#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

class AssumedLanguageTest : public SearchFixture {
 protected:
  // Rebuilds with what --language gives.
  void Give(const std::string& tag) {
    index_.Open();
    EXPECT_OK(indexing::Rebuild(
        storage::Layout(index_.path()), "a test",
        {.assumed_language = storage::AssumedLanguage{tag, true}, .memory_bytes = 16 << 20}));
  }
};

// `boats` did not find "boat" in an article without a language.
TEST_F(AssumedLanguageTest, WordsAreFoundByTheirFormsInBaseAndLive) {
  Add("stated", {.headline = "The harbour", .language = "en"});
  Add("base", {.headline = "The last boat", .captions = {{"Sailing home"}}, .language = ""});
  AddToLive("live", {.headline = "Last boats gone", .language = ""});
  for (const char* query : {"boats", "boat", "headline:boats", "\"last boat\"", "\"last boats\""}) {
    EXPECT_EQ(SearchNewest(query), "base live") << query;
  }
  EXPECT_EQ(SearchNewest("caption:sailed"), "base");
  EXPECT_EQ(SearchNewest("=boats"), "live") << "exact forms stay exact";
}

TEST_F(AssumedLanguageTest, HighlightsMarkTheForms) {
  Add("stated", {.headline = "The harbour", .language = "en"});
  Add("base", {.headline = "The last boat", .language = ""});
  AddToLive("live", {.headline = "All boats gone", .language = ""});
  v1::SearchArticlesRequest request = Request("boated");
  request.mutable_highlight()->set_max_fragments(1);
  request.set_sort(v1::SORT_ORDER_NEWEST);
  const auto response = Answer(request);
  ASSERT_EQ(response.hits_size(), 2);
  EXPECT_EQ(Lit(response.hits(0).fragments(0)), "The last [boat]");
  EXPECT_EQ(Lit(response.hits(1).fragments(0)), "All [boats] gone");
}

TEST_F(AssumedLanguageTest, NoLanguageIsClaimedForThem) {
  Add("stated", {.headline = "The boat", .language = "en"});
  Add("none", {.headline = "The last boat", .language = ""});
  EXPECT_EQ(SearchNewest("boats language:en"), "stated");
  EXPECT_EQ(SearchNewest("boats -language:en"), "none");
  v1::SearchArticlesRequest request = Request("boats");
  EXPECT_EQ(IdsOf(Answer(request)).size(), std::string("stated none").size());
  request.mutable_filter()->mutable_language()->add_any_of("en");
  EXPECT_EQ(IdsOf(Answer(request)), "stated");
  EXPECT_EQ(Answer("last boats").hits(0).article().language(), "");
}

TEST_F(AssumedLanguageTest, WhereNonePrevailsTheyAreFoundAsWritten) {
  Add("english", {.headline = "The harbour", .language = "en"});
  Add("german", {.headline = "Der Hafen", .language = "de"});
  Add("none", {.headline = "Boats gone", .language = ""});
  EXPECT_EQ(SearchNewest("boat"), "");
  EXPECT_EQ(SearchNewest("boats"), "none");
}

TEST_F(AssumedLanguageTest, WhatAnAdministratorGivesHoldsForBaseAndLive) {
  Add("base", {.headline = "Fährverbindungen", .language = ""});
  EXPECT_EQ(SearchNewest("fährverbindung"), "") << "nothing prevails where none has a language";
  Give("de");
  AddToLive("live", {.headline = "Neue Fährverbindungen", .language = ""});
  EXPECT_EQ(SearchNewest("fährverbindung"), "base live");
  EXPECT_THAT(Answer("fährverbindung").total().value(), 2);
}

// With live alone, base has no article of the language that was given.
TEST_F(AssumedLanguageTest, AGivenLanguageIsAskedInThoughNoArticleOfBaseIsInIt) {
  Add("english", {.headline = "The harbour", .language = "en"});
  Give("de");
  AddToLive("live", {.headline = "Neue Fährverbindungen", .language = ""});
  EXPECT_EQ(SearchNewest("fährverbindung"), "live");
}

// Feedback analysed the best hits in no language and so looked for words that no article has.
TEST_F(AssumedLanguageTest, FeedbackLearnsFromThem) {
  for (int i = 0; i < 30; ++i) {
    Add("filler-" + std::to_string(i), {.headline = "Nothing here", .language = "en"});
  }
  Add("best", {.headline = "Ferry ferry ferry", .body = "Lighthouses", .language = ""});
  Add("near", {.headline = "Ferry quay", .body = "One lighthouse", .language = ""});
  Add("far", {.headline = "Ferry quay", .body = "One warehouse", .language = ""});
  v1::SearchArticlesRequest request = Request("ferry storm");
  request.set_match(v1::MATCH_MODE_ANY);
  EXPECT_EQ(IdsOf(Answer(request)), "best near far");
}

}  // namespace
}  // namespace broadsheet::query
