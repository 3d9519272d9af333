// SPDX-License-Identifier: GPL-3.0-or-later
// Answers that are kept: they are found again, and never once they are wrong.
#include "engine/query/answer_cache.h"

#include <memory>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/index/takedowns.h"
#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

const absl::Time kNoon = absl::FromCivil(absl::CivilHour(2024, 6, 19, 12), absl::UTCTimeZone());
const ValidTime kToday{.begin = kNoon, .end = kNoon + absl::Hours(12)};

EncodedResponse AnswerOf(std::string_view bytes) {
  return {.bytes = std::make_shared<const std::string>(bytes)};
}

std::string Found(AnswerCache& cache, const std::string& key, absl::Time now = kNoon) {
  const EncodedResponse found = cache.Find(key, now);
  return found.bytes == nullptr ? "none" : *found.bytes;
}

TEST(AnswerCacheTest, GivesBackWhatItKeeps) {
  AnswerCache cache(1000);
  EXPECT_EQ(Found(cache, "ferry"), "none");
  cache.Keep("ferry", AnswerOf("two hits"), kToday);
  EXPECT_EQ(Found(cache, "ferry"), "two hits");
  EXPECT_EQ(Found(cache, "harbour"), "none");
  cache.Keep("ferry", AnswerOf("three hits"), kToday);
  EXPECT_EQ(Found(cache, "ferry"), "three hits");
  const AnswerCache::Figures figures = cache.figures();
  EXPECT_EQ(figures.found, 2U);
  EXPECT_EQ(figures.missed, 2U);
  EXPECT_EQ(figures.answers, 1U);
  EXPECT_EQ(figures.bytes, std::string("ferrythree hits").size());
}

TEST(AnswerCacheTest, AnAnswerIsOfItsTimeOnly) {
  AnswerCache cache(1000);
  cache.Keep("ferry", AnswerOf("two hits"), kToday);
  EXPECT_EQ(Found(cache, "ferry", kToday.end - absl::Seconds(1)), "two hits");
  EXPECT_EQ(Found(cache, "ferry", kToday.end), "none");
  EXPECT_EQ(Found(cache, "ferry"), "none") << "it was not removed";
  cache.Keep("ferry", AnswerOf("two hits"), kToday);
  EXPECT_EQ(Found(cache, "ferry", kNoon - absl::Seconds(1)), "none") << "the clock was set back";
  cache.Keep("ferry", AnswerOf("two hits"), {.begin = kNoon, .end = kNoon});
  EXPECT_EQ(cache.figures().answers, 0U);
}

TEST(AnswerCacheTest, TheLeastRecentlyAskedForMakesRoom) {
  AnswerCache cache(1000);
  const std::string answer(99, 'a');
  for (const char* key : {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}) {
    cache.Keep(key, AnswerOf(answer), kToday);
  }
  EXPECT_EQ(cache.figures().bytes, 1000U);
  EXPECT_EQ(Found(cache, "0"), answer);
  cache.Keep("x", AnswerOf(answer), kToday);
  EXPECT_EQ(Found(cache, "0"), answer);
  EXPECT_EQ(Found(cache, "1"), "none");
  EXPECT_EQ(cache.figures().bytes, 1000U);
}

TEST(AnswerCacheTest, OneLargeAnswerPushesNoneOut) {
  AnswerCache cache(1000);
  cache.Keep("ferry", AnswerOf("two hits"), kToday);
  cache.Keep("everything", AnswerOf(std::string(500, 'a')), kToday);
  EXPECT_EQ(Found(cache, "everything"), "none");
  EXPECT_EQ(Found(cache, "ferry"), "two hits");
}

TEST(AnswerCacheTest, WithoutRoomNothingIsKept) {
  AnswerCache cache(0);
  EXPECT_FALSE(cache.keeps());
  cache.Keep("", AnswerOf(""), kToday);
  EXPECT_EQ(Found(cache, ""), "none");
}

class KeptAnswersTest : public SearchFixture {
 protected:
  void SetUp() override {
    answers_ = std::make_shared<AnswerCache>(1 << 20);
    call_.now = kNoon;
    Add("strike", {.headline = "Ferry strike", .published = "2024-06-19"});
    Add("fares", {.headline = "Ferry fares rise", .published = "2024-06-18"});
  }
  uint64_t found() const { return answers_->figures().found; }
};

TEST_F(KeptAnswersTest, TheSameQuestionHasTheSameAnswer) {
  const std::string first = Answer("ferry").SerializeAsString();
  EXPECT_EQ(found(), 0U);
  EXPECT_EQ(Answer("ferry").SerializeAsString(), first);
  EXPECT_EQ(found(), 1U);
}

TEST_F(KeptAnswersTest, AnotherQuestionHasItsOwn) {
  EXPECT_EQ(Search("ferry"), "strike fares");
  v1::SearchArticlesRequest request = Request("ferry");
  request.set_page_size(1);
  EXPECT_EQ(Answer(request).hits_size(), 1);
  request.set_sort(v1::SORT_ORDER_OLDEST);
  EXPECT_EQ(IdsOf(Answer(request)), "fares");
  request.mutable_filter()->mutable_language()->add_any_of("de");
  EXPECT_EQ(IdsOf(Answer(request)), "");
  EXPECT_EQ(found(), 0U);
}

TEST_F(KeptAnswersTest, AMistakeIsOneAgain) {
  for (int i = 0; i < 2; ++i) EXPECT_EQ(ReasonFor(Request("ferry AND")), "QUERY_SYNTAX");
}

TEST_F(KeptAnswersTest, AWriteIsSeenAtOnce) {
  EXPECT_EQ(SearchNewest("ferry"), "strike fares");
  AddToLive("pier", {.headline = "Ferry pier closed", .published = "2024-06-20"});
  EXPECT_EQ(SearchNewest("ferry"), "pier strike fares");
  AddToLive("pier", {.headline = "Pier closed", .published = "2024-06-20"});
  EXPECT_EQ(SearchNewest("ferry"), "strike fares");
}

TEST_F(KeptAnswersTest, ATakedownIsSeenAtOnce) {
  EXPECT_EQ(SearchNewest("ferry"), "strike fares");
  ASSERT_OK(storage::AddTakedowns(storage::Layout(index_.path()), {"strike"}, call_.now));
  EXPECT_EQ(SearchNewest("ferry"), "fares");
}

TEST_F(KeptAnswersTest, AnEmbargoEndsInTime) {
  const absl::Time end = kNoon + absl::Minutes(10);
  Add("secret", {.headline = "Ferry sold",
                 .published = "2024-06-19",
                 .embargo_seconds = absl::ToUnixSeconds(end)});
  Add("later", {.headline = "Ferry sold again",
                .published = "2024-06-19",
                .embargo_seconds = absl::ToUnixSeconds(end + absl::Hours(1))});
  EXPECT_EQ(SearchNewest("sold"), "");
  call_.now = end - absl::Milliseconds(1);
  EXPECT_EQ(SearchNewest("sold"), "");
  EXPECT_EQ(found(), 1U);
  call_.now = end;
  EXPECT_EQ(SearchNewest("sold"), "secret");
  call_.now = end + absl::Minutes(59);
  EXPECT_EQ(SearchNewest("sold"), "secret");
  EXPECT_EQ(found(), 2U);
  call_.now = end + absl::Hours(1);
  EXPECT_EQ(Answer("sold").hits_size(), 2);
}

TEST_F(KeptAnswersTest, TodayEndsAtMidnightOfItsZone) {
  v1::SearchArticlesRequest request = Request("ferry date:today");
  request.set_time_zone("America/New_York");
  EXPECT_EQ(IdsOf(Answer(request)), "strike");
  call_.now = absl::FromCivil(absl::CivilHour(2024, 6, 20, 3), absl::UTCTimeZone());
  EXPECT_EQ(IdsOf(Answer(request)), "strike");
  EXPECT_EQ(found(), 1U);
  call_.now += absl::Hours(1);
  EXPECT_EQ(IdsOf(Answer(request)), "");
}

TEST_F(KeptAnswersTest, WhatIsRankedByItsAgeIsNotKept) {
  v1::SearchArticlesRequest request = Request("ferry");
  request.set_ranking_profile("recent");
  Answer(request);
  Answer(request);
  EXPECT_EQ(found(), 0U);
}

}  // namespace
}  // namespace broadsheet::query
