// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/search_request.h"

#include <gtest/gtest.h>

#include "tests/testing/status_matchers.h"

namespace broadsheet::client {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::StatusIs;

const absl::Time kNow = absl::FromCivil(absl::CivilDay(2024, 6, 19), absl::UTCTimeZone());

TEST(SearchRequestTest, AllTagsAndAuthorsMustHoldButOneSourceIsEnough) {
  SearchOptions options;
  options.tags = {"Kim Jong Un", "Victor Cha"};
  options.bylines = {"Ada Quill"};
  options.sources = {"AP", "AFP"};

  const auto prepared = PrepareSearch(options, "", kNow);

  ASSERT_OK(prepared);
  EXPECT_THAT(prepared->request.filter().tag().all_of(), ElementsAre("Kim Jong Un", "Victor Cha"));
  EXPECT_THAT(prepared->request.filter().byline().all_of(), ElementsAre("Ada Quill"));
  EXPECT_THAT(prepared->request.filter().source().any_of(), ElementsAre("AP", "AFP"));
}

TEST(SearchRequestTest, CaptionBecomesAPhraseBesideTheWords) {
  SearchOptions options;
  options.captions = {"signing ceremony"};

  EXPECT_EQ(PrepareSearch(options, "kim", kNow)->request.query(),
            "kim caption:\"signing ceremony\"");
  EXPECT_EQ(PrepareSearch(options, "", kNow)->request.query(), "caption:\"signing ceremony\"");
}

TEST(SearchRequestTest, CaptionHoldsForBothSidesOfAnOr) {
  SearchOptions options;
  options.captions = {"x"};

  const auto prepared = PrepareSearch(options, "a OR b", kNow);

  EXPECT_EQ(prepared->request.query(), "(a OR b) caption:\"x\"");
  EXPECT_EQ(prepared->sent.text.substr(prepared->sent.typed_begin,
                                       prepared->sent.typed_end - prepared->sent.typed_begin),
            "a OR b");
}

TEST(SearchRequestTest, HalfLifeIsInDaysAndACapOfZeroIsOne) {
  SearchOptions options;
  options.profile = "recent";
  EXPECT_FALSE(PrepareSearch(options, "kim", kNow)->request.has_recency_half_life());
  EXPECT_FALSE(PrepareSearch(options, "kim", kNow)->request.has_recency_cap());

  options.half_life_days = 1.5;
  options.recency_cap = 0;

  const auto prepared = PrepareSearch(options, "kim", kNow);
  EXPECT_EQ(prepared->request.ranking_profile(), "recent");
  EXPECT_EQ(prepared->request.recency_half_life().seconds(), 129600);
  EXPECT_TRUE(prepared->request.has_recency_cap());
}

TEST(SearchRequestTest, EveryHitIsCountedOnlyOnRequest) {
  SearchOptions options;
  EXPECT_FALSE(PrepareSearch(options, "kim", kNow)->request.exact_total());
  options.exact_total = true;
  EXPECT_TRUE(PrepareSearch(options, "kim", kNow)->request.exact_total());
}

TEST(SearchRequestTest, UntilIncludesTheDayNamed) {
  SearchOptions options;
  options.since = "2024-06-18";
  options.until = "2024-06-19";

  const auto prepared = PrepareSearch(options, "", kNow);

  ASSERT_OK(prepared);
  EXPECT_EQ(prepared->request.filter().published_from().seconds(), 1718668800);   // 18 June
  EXPECT_EQ(prepared->request.filter().published_until().seconds(), 1718841600);  // 20 June
}

TEST(SearchRequestTest, ABadDateSaysWhatIsAccepted) {
  SearchOptions options;
  options.since = "last tuesday";

  EXPECT_THAT(PrepareSearch(options, "", kNow),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("\"last tuesday\" is no date; write 2024, 2024-06")));
}

TEST(SearchRequestTest, PagesAreSkippedHits) {
  SearchOptions options;
  options.limit = 20;
  options.page = 3;

  EXPECT_EQ(PrepareSearch(options, "x", kNow)->request.skip(), 40);
}

}  // namespace
}  // namespace broadsheet::client
