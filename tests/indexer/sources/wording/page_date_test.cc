// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/page_date.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace broadsheet::sources::page {
namespace {

// "2024-08-09T16:12:00 -300" with a zone, "... no zone", or the day alone.
std::string Found(const char* text) {
  const std::optional<schema::PublishedTime> date = FindDate(text);
  if (!date.has_value()) return "none";
  if (date->precision == v1::DATE_PRECISION_DAY) {
    return absl::FormatCivilTime(absl::CivilDay(date->local));
  }
  const std::string local = absl::FormatCivilTime(date->local);
  if (date->precision == v1::DATE_PRECISION_NO_ZONE) return local + " no zone";
  return local + " " + std::to_string(date->offset_minutes);
}

TEST(FindDateTest, ReadsWhatPagesPrint) {
  const struct {
    const char* text;
    const char* date;
  } kRows[] = {
      {"Published March 3, 2025", "2025-03-03"},
      {"Posted: Aug 9, 2024 / 04:12 PM CDT", "2024-08-09T16:12:00 -300"},
      {"03/14/25 9:00 AM ET", "2025-03-14T09:00:00 -240"},
      {"01/14/25 12:05 AM ET", "2025-01-14T00:05:00 -300"},
      {"Tuesday 4 November 2025 11.25 GMT", "2025-11-04T11:25:00 0"},
      {"June 19th, 2024 at 6:05 p.m.", "2024-06-19T18:05:00 no zone"},
      {"2024-06-19 08:00:07 UTC", "2024-06-19T08:00:07 0"},
      {"19.06.2024, 14:30 Uhr", "2024-06-19T14:30:00 no zone"},
      {"3. März 2025", "2025-03-03"},
      {"3 de marzo de 2025", "2025-03-03"},
      {"le 14 juillet 2024 à 09:30", "2024-07-14T09:30:00 no zone"},
      {"Sept. 5, 2024", "2024-09-05"},
      {"13/06/2024", "2024-06-13"},
      {"torsdag 06. februar 2025 17:25", "2025-02-06T17:25:00 no zone"},
      {"12. MÄR 2025 18:03", "2025-03-12T18:03:00 no zone"},
      {"2 maja 2025", "2025-05-02"},
      {"15.10.24 23:35", "2024-10-15T23:35:00 no zone"},
      {"28-09-2019", "2019-09-28"},
      {"06.13.2024", "2024-06-13"},
      {"12/31/99", "1999-12-31"},
      {"Jane DoeApril 28, 20232:26 PM", "2023-04-28T14:26:00 no zone"},
  };
  for (const auto& row : kRows) EXPECT_EQ(Found(row.text), row.date) << row.text;
}

// The offset of "UTC+2" was lost: the time was read as that of Greenwich.
TEST(FindDateTest, OffsetsBehindTheTimeCount) {
  const struct {
    const char* text;
    const char* date;
  } kRows[] = {
      {"May 3, 2024 8:26 UTC+2", "2024-05-03T08:26:00 120"},
      {"13/5/2024 08:26 GMT+7", "2024-05-13T08:26:00 420"},
      {"May 3, 2024, 8:26 (UTC-05:00)", "2024-05-03T08:26:00 -300"},
      {"May 3, 2024 8:26 GMT+05:30", "2024-05-03T08:26:00 330"},
      {"May 3, 2024 8:26 PM GMT-0400", "2024-05-03T20:26:00 -240"},
      {"3 mai 2024 8:26 +0200", "2024-05-03T08:26:00 120"},
      {"3.5.2024 8:26 UTC−3", "2024-05-03T08:26:00 -180"},
      {"3. Mai 2024, 8:26 Uhr (MESZ)", "2024-05-03T08:26:00 120"},
      {"May 3, 2024 8:26 EST (UTC-5)", "2024-05-03T08:26:00 -300"},
      {"2024年5月3日 8:26 GMT+9", "2024-05-03T08:26:00 540"},
      // Spans of time
      {"May 3, 2024, 8:26-10:00", "2024-05-03T08:26:00 no zone"},
      {"May 3, 2024, 8:26 - 10:00", "2024-05-03T08:26:00 no zone"},
      {"May 3, 2024, 8:26–10:00", "2024-05-03T08:26:00 no zone"},
  };
  for (const auto& row : kRows) EXPECT_EQ(Found(row.text), row.date) << row.text;
}

TEST(FindDateTest, MakesNothingUp) {
  for (const char* text : {"3 days ago", "June 2024", "Monday", "03/04/25", "February 30, 2024",
                           "Room 214, 60,000 bees", "1,340 people in 2011", "version 1.2.3",
                           "call 555-12-2024", "01-02-03", ""}) {
    EXPECT_EQ(Found(text), "none") << text;
  }
}

TEST(FindDateTest, SwappableDayAndMonthNeedATimeThatTells) {
  EXPECT_EQ(Found("03/04/25 9:00 AM ET"), "2025-03-04T09:00:00 -300");
  EXPECT_EQ(Found("03/04/25 09:00 CET"), "none");
  EXPECT_EQ(Found("03/04/2025 - 14:02 CET"), "2025-04-03T14:02:00 60");
}

// "28.09.19" and "12:44" without a blank between them were a day of 1912.
TEST(FindDateTest, AYearIsNotFollowedByMinutes) {
  EXPECT_EQ(Found("28.09.1912:44"), "2019-09-28T12:44:00 no zone");
  EXPECT_EQ(Found("28/09/1912:44 Uhr"), "2019-09-28T12:44:00 no zone");
  EXPECT_EQ(Found("28.09.1912"), "1912-09-28");
}

TEST(FindDateTest, TheOrderOfThePageDecides) {
  const struct {
    const char* text;
    DayOrder order;
    int month;
    int day;
  } kRows[] = {
      {"03/04/2025", DayOrder::kDayFirst, 4, 3},
      {"03/04/2025", DayOrder::kMonthFirst, 3, 4},
      {"03-04-2025", DayOrder::kDayFirst, 4, 3},
      // A British time of day; an American zone.
      {"03/04/2025 9:00 am", DayOrder::kDayFirst, 4, 3},
      {"03/04/2025 9:00 AM ET", DayOrder::kDayFirst, 3, 4},
      // Only one way to read them.
      {"13/04/2025", DayOrder::kMonthFirst, 4, 13},
      {"04/13/2025", DayOrder::kDayFirst, 4, 13},
      {"03.04.2025", DayOrder::kMonthFirst, 4, 3},
  };
  for (const auto& row : kRows) {
    const auto date = FindDate(row.text, row.order);
    ASSERT_TRUE(date.has_value()) << row.text;
    EXPECT_EQ(absl::CivilDay(date->local), absl::CivilDay(2025, row.month, row.day)) << row.text;
  }
}

TEST(DayOrderTest, DatesThatCanBeReadInOneWayTell) {
  EXPECT_EQ(DayOrderIn("Last seen 13/06/2024"), DayOrder::kDayFirst);
  EXPECT_EQ(DayOrderIn("06/13/24"), DayOrder::kMonthFirst);
  EXPECT_EQ(DayOrderIn("31-12-2024"), DayOrder::kDayFirst);
  for (const char* text : {"03/04/2024", "13/13/2024", "24/7", "1.2.3", "Room 14/2", ""}) {
    EXPECT_EQ(DayOrderIn(text), DayOrder::kUnknown) << text;
  }
}

TEST(LooksLikeTimeTest, IsMoreThanAFullDate) {
  for (const char* line : {"14:20", "Stand: 10:49 Uhr", "2 hours ago", "Uppdaterad 15.59",
                           "3 March 2025", "Published 4 months ago"}) {
    EXPECT_TRUE(LooksLikeTime(line)) << line;
  }
  for (const char* line : {"Board moves the ferry", "Elections 2024", "5 comments", ""}) {
    EXPECT_FALSE(LooksLikeTime(line)) << line;
  }
}

}  // namespace
}  // namespace broadsheet::sources::page
