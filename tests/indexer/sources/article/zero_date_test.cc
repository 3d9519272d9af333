// SPDX-License-Identifier: GPL-3.0-or-later
// Dates that programs write when they have none.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/schema/published_time.h"
#include "indexer/sources/article/draft.h"
#include "indexer/sources/article/loose_date.h"
#include "indexer/sources/article/wire_date.h"

namespace broadsheet::sources {
namespace {

struct Taken {
  std::string date;
  std::vector<std::string> warnings;
};

// What becomes of an article for which a source finds these dates, in this order.
Taken TakeDates(const std::vector<std::string>& dates) {
  Taken taken;
  SourceHooks hooks;
  hooks.on_warning = [&](const Warning& warning) { taken.warnings.push_back(warning.reason); };
  Draft draft(hooks, {});
  for (const std::string& date : dates) SetPublishedFrom(date, draft.article());
  const absl::Status handed = draft.HandOver([&](v1::Article&& article) {
    taken.date = schema::FormatPublishedTime(article);
    return absl::OkStatus();
  });
  EXPECT_TRUE(handed.ok());
  return taken;
}

// The zero dates of WordPress, Go and .NET became days of the year 1.
TEST(ZeroDateTest, NoDateIsLeftOutWithAWarning) {
  for (const char* date :
       {"Mon, 30 Nov -0001 00:00:00 +0000", "Mon, 01 Jan 0001 00:00:00 GMT", "0001-01-01T00:00:00Z",
        "0001-01-01", "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 +0000",
        "1970-01-01T01:00:00+01:00", "1969-12-31T19:00:00-05:00", "0001-01-01T00:00:00"}) {
    const Taken taken = TakeDates({date});
    EXPECT_EQ(taken.date, "undated") << date;
    ASSERT_EQ(taken.warnings.size(), 1U) << date;
    EXPECT_NE(taken.warnings.front().find("programs"), std::string::npos) << taken.warnings.front();
  }
}

TEST(ZeroDateTest, WhatIsNoDateAtAllIsLeftOut) {
  for (const char* date : {"0000-00-00 00:00:00", "0000-00-00", "00/00/0000"}) {
    EXPECT_EQ(TakeDates({date}).date, "undated") << date;
  }
}

TEST(ZeroDateTest, ALaterDateCountsInstead) {
  const Taken taken = TakeDates({"0001-01-01T00:00:00Z", "2024-05-03"});
  EXPECT_EQ(taken.date, "2024-05-03");
  EXPECT_TRUE(taken.warnings.empty());
}

TEST(ZeroDateTest, DaysOfArchivesAreDates) {
  EXPECT_EQ(TakeDates({"1970-01-01"}).date, "1970-01-01");
  EXPECT_EQ(TakeDates({"1605-07-01"}).date, "1605-07-01");
  EXPECT_EQ(TakeDates({"1970-01-01T08:00:00Z"}).date, "1970-01-01 08:00");
}

}  // namespace
}  // namespace broadsheet::sources
