// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/aggregate/timeline.h"

#include <string>

#include "tests/engine/query/aggregate/aggregate_fixture.h"

namespace broadsheet::query {
namespace {

using ::testing::HasSubstr;

class TimelineTest : public AggregateFixture {
 protected:
  void SetUp() override {
    Add("evening", {.headline = "ferry late", .published = "2024-03-31T23:30:00Z"});
    Add("day", {.headline = "ferry early", .published = "2024-03-31"});
    Add("month", {.headline = "ferry monthly", .published = "2024-01"});
    Add("year", {.headline = "ferry yearly", .published = "2024"});
    Add("undated", {.headline = "ferry"});
    Add("other", {.headline = "bridge", .published = "2024-02-10T12:00:00Z"});
    Add("last", {.headline = "bridge", .published = "2024-05-01T12:00:00Z"});
  }
  static Request Between(Request request, int64_t from, int64_t until) {
    request.mutable_timeline()->mutable_from()->set_seconds(from);
    request.mutable_timeline()->mutable_until()->set_seconds(until);
    return request;
  }
};

TEST_F(TimelineTest, HasNoGapsAndSaysHowManyThereAreInAll) {
  EXPECT_EQ(TimelineOf(PeriodsOf(v1::INTERVAL_MONTH, "ferry")),
            "2024-01 1/1, 2024-02 0/1, 2024-03 2/2 | 2 undated");
  EXPECT_EQ(TimelineOf(PeriodsOf(v1::INTERVAL_MONTH)),
            "2024-01 1/1, 2024-02 1/1, 2024-03 2/2, 2024-04 0/0, 2024-05 1/1 | 2 undated");
}

TEST_F(TimelineTest, DatesThatAreCoarserAreCountedApart) {
  EXPECT_EQ(TimelineOf(PeriodsOf(v1::INTERVAL_YEAR, "ferry")), "2024 4/6 | 1 undated");
  EXPECT_EQ(TimelineOf(PeriodsOf(v1::INTERVAL_QUARTER, "ferry")), "2024-Q1 3/4 | 2 undated");
  EXPECT_EQ(TimelineOf(PeriodsOf(v1::INTERVAL_WEEK, "ferry")), "2024-W13 2/2 | 3 undated");
  EXPECT_EQ(TimelineOf(PeriodsOf(v1::INTERVAL_DAY, "ferry")), "2024-03-31 2/2 | 3 undated");
  EXPECT_EQ(TimelineOf(PeriodsOf(v1::INTERVAL_HOUR, "ferry")),
            "2024-03-31T23:00+00:00 1/1 | 4 undated");
}

TEST_F(TimelineTest, InstantsAreInTheZoneOfTheRequestAndDaysEverywhereTheSame) {
  EXPECT_EQ(TimelineOf(PeriodsOf(v1::INTERVAL_DAY, "ferry", "Europe/Berlin")),
            "2024-03-31 1/1, 2024-04-01 1/1 | 3 undated");
  const v1::AggregateArticlesResponse response =
      Counts(PeriodsOf(v1::INTERVAL_DAY, "ferry", "Europe/Berlin"));
  EXPECT_EQ(response.timeline(0).start().seconds(), 1'711'839'600);
  EXPECT_EQ(response.timeline(1).start().seconds(), 1'711'922'400) << "a day of 23 hours";
}

TEST_F(TimelineTest, SharesAreGivenWhenAskedFor) {
  Request request = PeriodsOf(v1::INTERVAL_YEAR, "ferry");
  EXPECT_EQ(Counts(request).timeline(0).share(), 0);
  request.mutable_timeline()->set_normalized(true);
  EXPECT_DOUBLE_EQ(Counts(request).timeline(0).share(), 4.0 / 6);
  request = Between(request, 1'760'000'000, 1'760'000'001);
  EXPECT_EQ(Counts(request).timeline(0).share(), 0);
}

TEST_F(TimelineTest, ShowsWholePeriodsFromOneInstantUntilAnother) {
  // From the middle of February until the first instant of April.
  EXPECT_EQ(
      TimelineOf(Between(PeriodsOf(v1::INTERVAL_MONTH, "bridge"), 1'708'000'000, 1'711'929'600)),
      "2024-02 1/1, 2024-03 0/2 | 0 undated");
  Request request = PeriodsOf(v1::INTERVAL_MONTH, "ferry");
  request.mutable_timeline()->mutable_from()->set_seconds(1'711'929'600);
  EXPECT_EQ(TimelineOf(request), " | 2 undated") << "nothing is so late";
  request.mutable_timeline()->mutable_until()->set_seconds(1'711'929'601);
  EXPECT_EQ(TimelineOf(request), "2024-04 0/0 | 2 undated");
}

TEST_F(TimelineTest, CountsBaseAndLiveAlike) {
  AddToLive("day", {.headline = "bridge", .published = "2024-02-11"});
  AddToLive("new", {.headline = "ferry", .published = "2024-04-02T00:00:00+02:00"});
  EXPECT_EQ(TimelineOf(PeriodsOf(v1::INTERVAL_MONTH, "ferry")),
            "2024-01 1/1, 2024-02 0/2, 2024-03 1/1, 2024-04 1/1 | 2 undated");
}

// How many there are in all is kept from request to request.
TEST_F(TimelineTest, KnowsWhatWasWrittenSinceTheLastRequest) {
  const Request request = PeriodsOf(v1::INTERVAL_MONTH, "bridge");
  EXPECT_EQ(TimelineOf(request), "2024-02 1/1, 2024-03 0/2, 2024-04 0/0, 2024-05 1/1 | 0 undated");
  AddToLive("new", {.headline = "ferry", .published = "2024-04-02"});
  EXPECT_EQ(TimelineOf(request), "2024-02 1/1, 2024-03 0/2, 2024-04 0/1, 2024-05 1/1 | 0 undated");
  AddToLive("evening", {.headline = "ferry late", .published = "2024-04-03"});
  EXPECT_EQ(TimelineOf(request), "2024-02 1/1, 2024-03 0/1, 2024-04 0/2, 2024-05 1/1 | 0 undated");
}

TEST_F(TimelineTest, TellsIntervalsAndZonesApartFromRequestToRequest) {
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(TimelineOf(PeriodsOf(v1::INTERVAL_DAY, "early")), "2024-03-31 1/2 | 0 undated");
    for (const std::string zone : {"Europe/Berlin", "Europe/Paris", "Asia/Tokyo", "Asia/Seoul"}) {
      EXPECT_EQ(TimelineOf(PeriodsOf(v1::INTERVAL_DAY, "early", zone)),
                "2024-03-31 1/1 | 0 undated");
    }
    EXPECT_EQ(TimelineOf(PeriodsOf(v1::INTERVAL_WEEK, "early")), "2024-W13 1/2 | 0 undated");
  }
}

TEST_F(TimelineTest, FindsNothingWithoutAGapToFill) {
  EXPECT_EQ(TimelineOf(PeriodsOf(v1::INTERVAL_MONTH, "unheard")), " | 0 undated");
}

TEST_F(TimelineTest, RefusesMorePeriodsThanAnybodyReads) {
  const Request request = Between(PeriodsOf(v1::INTERVAL_HOUR), 0, (kMostPeriods + 1) * 3600LL);
  EXPECT_THAT(AskCounts(request).status(),
              testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("40000 periods")));
  EXPECT_EQ(Counts(Between(PeriodsOf(v1::INTERVAL_HOUR), 0, kMostPeriods * 3600LL)).timeline_size(),
            kMostPeriods);
}

// Of what states an instant or a day, in zones on both sides of UTC.
TEST_F(TimelineTest, ADayHasWhatAFilterFromItsStartToTheNextFinds) {
  for (int i = 0; i < 60; ++i) {
    Add("hour-" + std::to_string(i),
        {.headline = "tide",
         .published =
             absl::StrCat("2024-03-", 29 + i / 24, "T", i % 24 < 10 ? "0" : "", i % 24, ":00:00",
                          i % 3 == 0 ? "Z" : (i % 3 == 1 ? "+05:30" : "-04:00"))});
  }
  Add("tide-day", {.headline = "tide", .published = "2024-03-30"});
  for (const std::string zone : {"UTC", "America/New_York", "Pacific/Auckland", "Europe/Berlin"}) {
    for (const v1::Interval interval : {v1::INTERVAL_DAY, v1::INTERVAL_HOUR}) {
      const v1::AggregateArticlesResponse counted = Counts(PeriodsOf(interval, "tide", zone));
      for (int i = 0; i + 1 < counted.timeline_size(); ++i) {
        v1::SearchArticlesRequest search =
            SearchFixture::Request(interval == v1::INTERVAL_DAY ? "tide" : "tide -id:tide-day");
        search.set_time_zone(zone);
        *search.mutable_filter()->mutable_published_from() = counted.timeline(i).start();
        *search.mutable_filter()->mutable_published_until() = counted.timeline(i + 1).start();
        EXPECT_EQ(counted.timeline(i).count(), Answer(search).total().value())
            << zone << " " << counted.timeline(i).label();
      }
    }
  }
}

}  // namespace
}  // namespace broadsheet::query
