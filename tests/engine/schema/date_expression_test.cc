// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "engine/schema/published_time.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::schema {
namespace {

using ::broadsheet::testing::StatusIs;
using ::testing::HasSubstr;

// Half past ten in the evening of 31 March 2024 in New York, the next day in UTC.
const absl::Time kNow = absl::FromUnixSeconds(1711938600);

absl::TimeZone NewYork() {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone("America/New_York", &zone));
  return zone;
}

std::string Meaning(std::string_view text, absl::TimeZone zone = absl::UTCTimeZone()) {
  const absl::StatusOr<DateExpression> date = ParseDateExpression(text, kNow, zone);
  if (!date.ok()) return date.status().ToString();
  std::string meaning = absl::FormatCivilTime(date->period.first);
  if (date->period.last != date->period.first) {
    absl::StrAppend(&meaning, "..", absl::FormatCivilTime(date->period.last));
  }
  if (date->instant.has_value()) {
    absl::StrAppend(&meaning, " at ", absl::FormatTime(*date->instant, absl::UTCTimeZone()));
  }
  return meaning;
}

TEST(DateExpressionTest, CivilDatesArePeriods) {
  EXPECT_EQ(Meaning("2024"), "2024-01-01..2024-12-31");
  EXPECT_EQ(Meaning("2024-02"), "2024-02-01..2024-02-29");
  EXPECT_EQ(Meaning("2024-06-19"), "2024-06-19");
}

TEST(DateExpressionTest, WordsCountFromTodayInTheRequestsZone) {
  EXPECT_EQ(Meaning("today"), "2024-04-01");
  EXPECT_EQ(Meaning("Yesterday"), "2024-03-31");
  EXPECT_EQ(Meaning("today", NewYork()), "2024-03-31");
}

// 1 April 2024 is a Monday.
TEST(DateExpressionTest, NamesOfDaysAndWeeksAreTheLastOnes) {
  EXPECT_EQ(Meaning("monday"), "2024-04-01");
  EXPECT_EQ(Meaning("Sunday"), "2024-03-31");
  EXPECT_EQ(Meaning("monday", NewYork()), "2024-03-25") << "there it is Sunday still";
  EXPECT_EQ(Meaning("thisweek"), "2024-04-01..2024-04-07");
  EXPECT_EQ(Meaning("lastweek"), "2024-03-25..2024-03-31");
  EXPECT_EQ(Meaning("lastmonth"), "2024-03-01..2024-03-31");
  EXPECT_EQ(Meaning("lastyear"), "2023-01-01..2023-12-31");
  EXPECT_EQ(Meaning("thisyear"), "2024-01-01..2024-12-31");
}

TEST(DateExpressionTest, AgesCountBackFromToday) {
  EXPECT_EQ(Meaning("7d"), "2024-03-25");
  EXPECT_EQ(Meaning("2w"), "2024-03-18");
  EXPECT_EQ(Meaning("3m"), "2024-01-01");
  EXPECT_EQ(Meaning("1y"), "2023-04-01");
  EXPECT_EQ(Meaning("1m", NewYork()), "2024-02-29") << "March has a 31st, February has not";
  EXPECT_EQ(Meaning("9999y"), "1-01-01") << "the first day there is";
}

TEST(DateExpressionTest, TimesOfDayAreInstants) {
  EXPECT_EQ(Meaning("2024-06-19T14:05"), "2024-06-19 at 2024-06-19T14:05:00+00:00");
  EXPECT_EQ(Meaning("2024-06-19T14:05", NewYork()), "2024-06-19 at 2024-06-19T18:05:00+00:00");
  EXPECT_EQ(Meaning("2024-06-19T14:05+02:00", NewYork()),
            "2024-06-19 at 2024-06-19T12:05:00+00:00");
  EXPECT_EQ(Meaning("2024-06-19T14:05Z", NewYork()), "2024-06-19 at 2024-06-19T14:05:00+00:00");
}

TEST(DateExpressionTest, OtherWordsAreRefusedWithWhatIsAccepted) {
  for (const std::string_view text : {"", "soon", "d", "7", "-7d", "7h", "2024-13", "2023-02-30",
                                      "99999999999d", "2024-06-19..", "none"}) {
    EXPECT_THAT(ParseDateExpression(text, kNow, absl::UTCTimeZone()),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("accepted are")))
        << text;
  }
}

}  // namespace
}  // namespace broadsheet::schema
