// SPDX-License-Identifier: GPL-3.0-or-later
// A search that is offered can be copied into a shell as it stands.
#include "client/request/search_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broadsheet::client {
namespace {

TEST(SearchLineTest, KeepsTheOptionsThatWereGiven) {
  SearchOptions options;
  options.tags = {"Kim Jong Un", "Politics"};
  options.since = "2024";
  options.sort = "newest";
  options.limit = 20;
  options.page = 3;
  options.exact_total = true;
  options.collapse_copies = true;
  EXPECT_EQ(SearchLine(options, "putin pact"),
            "broadsheet search --tag 'Kim Jong Un' --tag Politics --limit 20 "
            "--sort newest --exact-total --collapse-copies 'putin pact'")
      << "the query that the server was sent has the date in it already";
  EXPECT_THAT(WholeSearchLine(options, "putin"), ::testing::HasSubstr(" --since 2024 "));
}

// The query that the server was sent has the caption in it already.
TEST(SearchLineTest, DoesNotAskForACaptionTwice) {
  SearchOptions options;
  options.captions = {"signing"};
  EXPECT_EQ(SearchLine(options, "pact caption:\"signing\""),
            "broadsheet search 'pact caption:\"signing\"'");
}

TEST(SearchLineTest, AQueryThatStartsWithADashIsNoOption) {
  EXPECT_EQ(SearchLine({}, "-putin kim"), "broadsheet search -- '-putin kim'");
}

TEST(SearchLineTest, NumbersAreReadBackAsTheyWere) {
  SearchOptions options;
  options.half_life_days = 12345.678;
  options.recency_cap = 0;
  EXPECT_EQ(SearchLine(options, "x"), "broadsheet search --half-life 12345.678 --recency-cap 0 x");
}

}  // namespace
}  // namespace broadsheet::client
