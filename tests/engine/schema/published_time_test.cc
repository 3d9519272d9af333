// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/published_time.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::schema {
namespace {

using ::broadsheet::testing::StatusIs;
using ::testing::HasSubstr;

v1::Article PublishedAt(std::string_view text) {
  v1::Article article;
  const absl::StatusOr<PublishedTime> published = ParsePublishedTime(text);
  EXPECT_TRUE(published.ok()) << text << ": " << published.status();
  if (published.ok()) SetPublishedTime(*published, &article);
  return article;
}

// "seconds since 1970, precision, stated offset in minutes".
std::string Stored(std::string_view text) {
  const v1::Article article = PublishedAt(text);
  return absl::StrCat(article.published_time().seconds(), " ",
                      v1::DatePrecision_Name(article.published_precision()).substr(15), " ",
                      article.published_offset_minutes());
}

std::string Period(std::string_view text) {
  const std::optional<LocalPeriod> period = PublishedPeriod(PublishedAt(text));
  if (!period.has_value()) return "none";
  return absl::StrCat(absl::FormatCivilTime(period->first), "..",
                      absl::FormatCivilTime(period->last));
}

TEST(PublishedTest, ReadsInstantsAndKeepsTheStatedOffset) {
  EXPECT_EQ(Stored("2024-06-19T08:00:00-04:00"), "1718798400 INSTANT -240");
  EXPECT_EQ(Stored("2024-06-19T12:00:00Z"), "1718798400 INSTANT 0");
  EXPECT_EQ(Stored("2024-06-19 17:30:00+05:30"), "1718798400 INSTANT 330");
  EXPECT_EQ(Stored("2024-06-19T12:00:00.123456Z"), "1718798400 INSTANT 0");
  EXPECT_EQ(Stored(" 2024-06-19T08:00-0400 "), "1718798400 INSTANT -240");
  EXPECT_EQ(Stored("2024-06-19 12:00:00 UTC"), "1718798400 INSTANT 0");
}

TEST(PublishedTest, ReadsHoursOfOneDigit) {
  EXPECT_EQ(Stored("2013-10-23T8:32:24-04:00"), "1382531544 INSTANT -240");
}

TEST(PublishedTest, ReadsZoneNamesThatStandForOneOffset) {
  EXPECT_EQ(Stored("2024-06-19 08:00:00 EDT"), "1718798400 INSTANT -240");
  EXPECT_THAT(ParsePublishedTime("2024-06-19 08:00:00 CST"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("time zone")));
}

TEST(PublishedTest, KeepsTheStatedPrecision) {
  EXPECT_EQ(Stored("2024-06-19T12:00:00"), "1718798400 NO_ZONE 0");
  EXPECT_EQ(Stored("2024-06-19"), "1718755200 DAY 0");
  EXPECT_EQ(Stored("2024-06"), "1717200000 MONTH 0");
  EXPECT_EQ(Stored("2024"), "1704067200 YEAR 0");
  EXPECT_EQ(Stored("1969-12-31"), "-86400 DAY 0");
}

TEST(PublishedTest, RefusesDaysAndTimesThatDoNotExist) {
  for (const std::string_view text :
       {"2023-02-30", "2023-13-01", "2023-00-10", "2024-06-31T08:00:00Z", "2024-06-19T25:00:00Z",
        "2024-06-19T08:61:00Z", "0000-01-01", "2024-06-19T08:00:00+25:00"}) {
    EXPECT_THAT(ParsePublishedTime(text), StatusIs(absl::StatusCode::kInvalidArgument)) << text;
  }
  EXPECT_THAT(ParsePublishedTime("2023-02-30"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("a day that does not exist")));
}

TEST(PublishedTest, RefusesWhatItCannotRead) {
  for (const std::string_view text :
       {"", "yesterday", "19/06/2024", "24-06-19", "2024-6-19", "2024-06-19T", "2024-06-19T08",
        "2024-06-19T08:00:00-04:00x", "2024-06-19 and more", "20240619", "\xFF\xFE"}) {
    EXPECT_THAT(ParsePublishedTime(text), StatusIs(absl::StatusCode::kInvalidArgument)) << text;
  }
}

TEST(PublishedTest, RefusesInstantsOutsideTheYearsOneToNineThousand) {
  EXPECT_THAT(ParsePublishedTime("9999-12-31T23:00:00-04:00"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("year")));
  EXPECT_THAT(ParsePublishedTime("0001-01-01T00:00:00+04:00"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("year")));
}

TEST(PublishedTest, TheLocalDayIsTheSourcesOwn) {
  // Already the 20th in UTC, still the 19th in New York.
  EXPECT_EQ(Period("2024-06-19T23:30:00-04:00"), "2024-06-19..2024-06-19");
  EXPECT_EQ(Period("2024-06-19"), "2024-06-19..2024-06-19");
  EXPECT_EQ(Period("2024-02"), "2024-02-01..2024-02-29");
  EXPECT_EQ(Period("2024"), "2024-01-01..2024-12-31");
  EXPECT_EQ(PublishedPeriod(v1::Article()), std::nullopt);
}

TEST(PublishedTest, ShowsNoMoreThanWasStated) {
  EXPECT_EQ(FormatPublishedTime(PublishedAt("2024-06-19T14:05:59-04:00")), "2024-06-19 14:05");
  EXPECT_EQ(FormatPublishedTime(PublishedAt("2024-06-19T14:05:00")), "2024-06-19 14:05");
  EXPECT_EQ(FormatPublishedTime(PublishedAt("2024-06-19")), "2024-06-19");
  EXPECT_EQ(FormatPublishedTime(PublishedAt("2024-06")), "2024-06");
  EXPECT_EQ(FormatPublishedTime(PublishedAt("2024")), "2024");
  EXPECT_EQ(FormatPublishedTime(v1::Article()), "undated");
}

}  // namespace
}  // namespace broadsheet::schema
