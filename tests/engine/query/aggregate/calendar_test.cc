// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/aggregate/calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/schema/published_time.h"

namespace broadsheet::query {
namespace {

using ::testing::ElementsAre;

absl::TimeZone Zone(const std::string& name) {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone(name, &zone)) << name;
  return zone;
}

std::string PeriodNameOf(Interval interval, const std::string& date,
                         const std::string& zone = "UTC") {
  v1::Article article;
  schema::SetPublishedTime(schema::ParsePublishedTime(date).value(), &article);
  Calendar calendar(interval, Zone(zone));
  const auto period = calendar.PeriodOf(storage::ColumnsOf(article).date);
  return period ? calendar.NameOf(*period) : "none";
}

TEST(CalendarTest, NamesPeriods) {
  const std::string date = "2024-06-19T14:05:06Z";
  EXPECT_EQ(PeriodNameOf(Interval::kHour, date), "2024-06-19T14:00+00:00");
  EXPECT_EQ(PeriodNameOf(Interval::kDay, date), "2024-06-19");
  EXPECT_EQ(PeriodNameOf(Interval::kWeek, date), "2024-W25");
  EXPECT_EQ(PeriodNameOf(Interval::kMonth, date), "2024-06");
  EXPECT_EQ(PeriodNameOf(Interval::kQuarter, date), "2024-Q2");
  EXPECT_EQ(PeriodNameOf(Interval::kYear, date), "2024");
}

TEST(CalendarTest, AWeekIsOfTheYearOfItsThursday) {
  EXPECT_EQ(PeriodNameOf(Interval::kWeek, "2021-01-03"), "2020-W53");
  EXPECT_EQ(PeriodNameOf(Interval::kWeek, "2021-01-04"), "2021-W01");
  EXPECT_EQ(PeriodNameOf(Interval::kWeek, "2024-12-30"), "2025-W01");
}

TEST(CalendarTest, KnowsTimesBefore1970) {
  EXPECT_EQ(PeriodNameOf(Interval::kHour, "1889-01-02T03:59:59Z"), "1889-01-02T03:00+00:00");
  EXPECT_EQ(PeriodNameOf(Interval::kQuarter, "1889-12"), "1889-Q4");
}

TEST(CalendarTest, AnHourIsOneOfTheZone) {
  EXPECT_EQ(PeriodNameOf(Interval::kHour, "2024-06-19T14:05:06Z", "Asia/Kolkata"),
            "2024-06-19T19:00+05:30");
  EXPECT_EQ(PeriodNameOf(Interval::kDay, "2024-06-19T23:05:06Z", "Asia/Kolkata"), "2024-06-20");
}

TEST(CalendarTest, ADayIsThatDayEverywhere) {
  EXPECT_EQ(PeriodNameOf(Interval::kDay, "2024-06-19", "America/New_York"), "2024-06-19");
  EXPECT_EQ(PeriodNameOf(Interval::kMonth, "2024-06", "America/New_York"), "2024-06");
  // Midnight UTC most often was a day; the same midnight in Paris was an instant of the day before.
  EXPECT_EQ(PeriodNameOf(Interval::kDay, "2024-06-19T00:00:00Z", "America/New_York"), "2024-06-19");
  EXPECT_EQ(PeriodNameOf(Interval::kDay, "2024-06-19T00:00:00+02:00", "UTC"), "2024-06-18");
}

TEST(CalendarTest, ACoarserDateIsInNone) {
  EXPECT_EQ(PeriodNameOf(Interval::kHour, "2024-06-19"), "none");
  EXPECT_EQ(PeriodNameOf(Interval::kDay, "2024-06"), "none");
  EXPECT_EQ(PeriodNameOf(Interval::kWeek, "2024-06"), "none");
  EXPECT_EQ(PeriodNameOf(Interval::kMonth, "2024"), "none");
  EXPECT_EQ(PeriodNameOf(Interval::kQuarter, "2024"), "none");
  EXPECT_FALSE(Calendar(Interval::kYear, Zone("UTC")).PeriodOf({}).has_value());
}

std::vector<std::string> NamesFrom(Interval interval, const std::string& zone,
                                   const std::string& first, size_t count) {
  const Calendar calendar(interval, Zone(zone));
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, first, &time, &error)) << error;
  Period period = calendar.PeriodAt(time);
  std::vector<std::string> names;
  while (names.size() < count) {
    names.push_back(calendar.NameOf(period));
    period = calendar.Next(period);
  }
  return names;
}

TEST(CalendarTest, FollowsTheClockWhenItIsPutBackAndForward) {
  EXPECT_THAT(NamesFrom(Interval::kHour, "America/New_York", "2024-11-03T04:30:00Z", 4),
              ElementsAre("2024-11-03T00:00-04:00", "2024-11-03T01:00-04:00",
                          "2024-11-03T01:00-05:00", "2024-11-03T02:00-05:00"));
  EXPECT_THAT(NamesFrom(Interval::kHour, "America/New_York", "2024-03-10T06:30:00Z", 2),
              ElementsAre("2024-03-10T01:00-05:00", "2024-03-10T03:00-04:00"));
  // By half an hour.
  EXPECT_THAT(
      NamesFrom(Interval::kHour, "Australia/Lord_Howe", "2024-04-06T14:10:00Z", 3),
      ElementsAre("2024-04-07T01:00+11:00", "2024-04-07T01:30+10:30", "2024-04-07T02:00+10:30"));
}

TEST(CalendarTest, GoesOnFromPeriodToPeriod) {
  EXPECT_THAT(NamesFrom(Interval::kMonth, "UTC", "2023-12-31T00:00:00Z", 3),
              ElementsAre("2023-12", "2024-01", "2024-02"));
  EXPECT_THAT(NamesFrom(Interval::kQuarter, "UTC", "2023-12-31T00:00:00Z", 2),
              ElementsAre("2023-Q4", "2024-Q1"));
  EXPECT_THAT(NamesFrom(Interval::kDay, "UTC", "2024-02-28T00:00:00Z", 3),
              ElementsAre("2024-02-28", "2024-02-29", "2024-03-01"));
}

}  // namespace
}  // namespace broadsheet::query
