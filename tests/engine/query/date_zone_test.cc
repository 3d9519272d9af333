// SPDX-License-Identifier: GPL-3.0-or-later
// Bug: an article that states 20 June and no time was missed by `since:2024-06-20` and found by
// `before:2024-06-20` in America/New_York, since its day was taken for midnight in Greenwich.
#include <string>

#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

class DateZoneTest : public SearchFixture {
 protected:
  void SetUp() override {
    Add("day19", {.headline = "pact", .published = "2024-06-19"});
    Add("day20", {.headline = "pact", .published = "2024-06-20"});
    Add("june", {.headline = "pact", .published = "2024-06"});
    Add("year", {.headline = "pact", .published = "2024"});
    // 19 June in New York, 20 June in Tokyo and Greenwich.
    Add("instant", {.headline = "pact", .published = "2024-06-20T02:00:00+00:00"});
    Add("undated", {.headline = "pact"});
  }

  std::string In(const std::string& zone, const std::string& query) {
    v1::SearchArticlesRequest request = Request("pact " + query);
    request.set_sort(v1::SORT_ORDER_NEWEST);
    request.set_time_zone(zone);
    return IdsOf(Answer(request));
  }
};

TEST_F(DateZoneTest, ADayIsADayEverywhere) {
  for (const std::string zone : {"America/New_York", "Pacific/Honolulu", "Asia/Tokyo",
                                 "Pacific/Kiritimati", "Europe/London", "UTC"}) {
    const bool west = zone.starts_with("America") || zone.ends_with("Honolulu");
    EXPECT_EQ(In(zone, "since:2024-06-20"), west ? "day20" : "instant day20") << zone;
    EXPECT_EQ(In(zone, "before:2024-06-20"), west ? "instant day19 june year" : "day19 june year")
        << zone;
    EXPECT_EQ(In(zone, "until:2024-06-19"), west ? "instant day19 june year" : "day19 june year")
        << zone;
    EXPECT_EQ(In(zone, "since:2024-06-21"), "") << zone;
    EXPECT_EQ(In(zone, "until:2024-06-20"), "instant day20 day19 june year") << zone;
    EXPECT_EQ(In(zone, "since:2024-06-20 until:2024-06-20"), west ? "day20" : "instant day20")
        << zone;
  }
}

TEST_F(DateZoneTest, MonthsAndYearsBeginWithTheirFirstDayEverywhere) {
  for (const std::string zone : {"America/New_York", "Asia/Tokyo", "UTC"}) {
    EXPECT_EQ(In(zone, "since:2024-06-01 before:2024-06-02"), "june") << zone;
    EXPECT_EQ(In(zone, "before:2024-06"), "year") << zone;
    EXPECT_EQ(In(zone, "until:2024-01-01"), "year") << zone;
    EXPECT_EQ(In(zone, "before:2024"), "") << zone;
  }
}

TEST_F(DateZoneTest, WhatIsSinceIsNotBefore) {
  for (const std::string zone : {"America/New_York", "Asia/Tokyo", "UTC"}) {
    for (const std::string moment : {"2024-06-19", "2024-06-19T20:00", "2024-06-20T00:00Z",
                                     "2024-06-20T12:00+09:00", "2024"}) {
      const auto since = Answer("since:" + moment).total().value();
      const auto before = Answer("before:" + moment).total().value();
      EXPECT_EQ(since + before, 5) << zone << " " << moment;
    }
  }
}

TEST_F(DateZoneTest, AFilterReadsDaysAsAQueryDoes) {
  v1::SearchArticlesRequest request = Request("pact");
  request.set_sort(v1::SORT_ORDER_NEWEST);
  request.set_time_zone("America/New_York");
  // Midnight of 20 June in New York.
  request.mutable_filter()->mutable_published_from()->set_seconds(1718856000);
  EXPECT_EQ(IdsOf(Answer(request)), "day20");
  request.clear_filter();
  request.mutable_filter()->mutable_published_until()->set_seconds(1718856000);
  EXPECT_EQ(IdsOf(Answer(request)), "instant day19 june year");
}

}  // namespace
}  // namespace broadsheet::query
