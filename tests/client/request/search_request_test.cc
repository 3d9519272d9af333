// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/request/search_request.h"

#include <gtest/gtest.h>

#include "tests/testing/status_matchers.h"

namespace broadsheet::client {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::StatusIs;

TEST(SearchRequestTest, AllTagsAndAuthorsMustHoldButOneSourceIsEnough) {
  SearchOptions options;
  options.tags = {"Kim Jong Un", "Victor Cha"};
  options.bylines = {"\"Ada Quill\""};
  options.sources = {"AP", "AFP"};

  const auto prepared = PrepareSearch(options, "");

  ASSERT_OK(prepared);
  EXPECT_THAT(prepared->request.filter().tag().all_of(), ElementsAre("Kim Jong Un", "Victor Cha"));
  EXPECT_THAT(prepared->request.filter().byline().all_of(), ElementsAre("Ada Quill"));
  EXPECT_THAT(prepared->request.filter().source().any_of(), ElementsAre("AP", "AFP"));
}

TEST(SearchRequestTest, CaptionBecomesAPhraseBesideTheWords) {
  SearchOptions options;
  options.captions = {"signing ceremony"};

  EXPECT_EQ(PrepareSearch(options, "kim")->request.query(), "kim caption:\"signing ceremony\"");
  EXPECT_EQ(PrepareSearch(options, "")->request.query(), "caption:\"signing ceremony\"");
}

TEST(SearchRequestTest, CaptionHoldsForBothSidesOfAnOr) {
  SearchOptions options;
  options.captions = {"x"};

  const auto prepared = PrepareSearch(options, "a OR b");

  EXPECT_EQ(prepared->request.query(), "(a OR b) caption:\"x\"");
  EXPECT_EQ(prepared->sent.text.substr(prepared->sent.typed_begin,
                                       prepared->sent.typed_end - prepared->sent.typed_begin),
            "a OR b");
}

// Bug: `--byline kerrigan` found nothing, since whole names were compared.
TEST(SearchRequestTest, AnAuthorIsFoundByWordsOfTheNameUnlessItIsInQuotes) {
  SearchOptions options;
  options.bylines = {"kerrigan"};
  EXPECT_EQ(PrepareSearch(options, "strike")->request.query(), "strike byline:kerrigan");
  EXPECT_EQ(PrepareSearch(options, "")->request.query(), "byline:kerrigan");
  EXPECT_FALSE(PrepareSearch(options, "strike")->request.has_filter());
  options.bylines = {"Zofia Kerrigan", "\"Mara Tolland\"", "O'Brien"};
  const auto prepared = PrepareSearch(options, "a OR b");
  EXPECT_EQ(prepared->request.query(), "(a OR b) byline:\"Zofia Kerrigan\" byline:\"O'Brien\"");
  EXPECT_THAT(prepared->request.filter().byline().all_of(), ElementsAre("Mara Tolland"));
}

TEST(SearchRequestTest, AnAuthorIsNotOneOfTheWordsOfWhichAnyIsEnough) {
  SearchOptions options;
  options.bylines = {"kerrigan"};
  options.match = "any";
  EXPECT_EQ(PrepareSearch(options, "ferry strike")->request.query(),
            "(ferry strike) AND byline:kerrigan");
  EXPECT_EQ(PrepareSearch(options, "")->request.query(), "byline:kerrigan");
}

TEST(SearchRequestTest, HalfLifeIsInDaysAndACapOfZeroIsOne) {
  SearchOptions options;
  options.profile = "recent";
  EXPECT_FALSE(PrepareSearch(options, "kim")->request.has_recency_half_life());
  EXPECT_FALSE(PrepareSearch(options, "kim")->request.has_recency_cap());

  options.half_life_days = 1.5;
  options.recency_cap = 0;

  const auto prepared = PrepareSearch(options, "kim");
  EXPECT_EQ(prepared->request.ranking_profile(), "recent");
  EXPECT_EQ(prepared->request.recency_half_life().seconds(), 129600);
  EXPECT_TRUE(prepared->request.has_recency_cap());
}

TEST(SearchRequestTest, EveryHitIsCountedOnlyOnRequest) {
  SearchOptions options;
  EXPECT_FALSE(PrepareSearch(options, "kim")->request.exact_total());
  options.exact_total = true;
  EXPECT_TRUE(PrepareSearch(options, "kim")->request.exact_total());
}

// Bug: dates of options were read in UTC whatever --time-zone said, and otherwise than in a query.
TEST(SearchRequestTest, DatesBecomeClausesThatTheServerReads) {
  SearchOptions options;
  options.since = "2024-06-18";
  options.until = "lastweek";
  options.time_zone = "America/New_York";
  const auto query = [&](const std::string& words) {
    return PrepareSearch(options, words)->request.query();
  };
  EXPECT_EQ(query(""), "since:\"2024-06-18\" until:\"lastweek\"");
  EXPECT_EQ(query("kim"), "since:\"2024-06-18\" until:\"lastweek\" kim");
  EXPECT_EQ(query("kim OR pact"), "since:\"2024-06-18\" until:\"lastweek\" (kim OR pact)");
  options.captions = {"a boat"};
  EXPECT_EQ(query(""), "since:\"2024-06-18\" until:\"lastweek\" caption:\"a boat\"");
}

TEST(SearchRequestTest, PagesAreSkippedHits) {
  SearchOptions options;
  options.limit = 20;
  options.page = 3;

  EXPECT_EQ(PrepareSearch(options, "x")->request.skip(), 40);
}

}  // namespace
}  // namespace broadsheet::client
