// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/shared/figures.h"

#include <gtest/gtest.h>

namespace broadsheet::commands {
namespace {

TEST(FiguresTest, CountsHaveThousandsSeparators) {
  EXPECT_EQ(Count(0), "0");
  EXPECT_EQ(Count(999), "999");
  EXPECT_EQ(Count(75232), "75,232");
  EXPECT_EQ(Count(1234567), "1,234,567");
  EXPECT_EQ(Counted(1, "file"), "1 file");
  EXPECT_EQ(Counted(2, "file"), "2 files");
}

TEST(FiguresTest, BytesAreRoundedToWhatMatters) {
  EXPECT_EQ(Bytes(1), "1 byte");
  EXPECT_EQ(Bytes(999), "999 bytes");
  EXPECT_EQ(Bytes(8956), "9.0 kB");
  EXPECT_EQ(Bytes(246328219), "246 MB");
  EXPECT_EQ(Bytes(999999), "1.0 MB");
  EXPECT_EQ(Bytes(1500000000), "1.5 GB");
}

TEST(FiguresTest, TimesAreInTheUnitThatFits) {
  EXPECT_EQ(Elapsed(absl::Milliseconds(14240)), "14.2 s");
  EXPECT_EQ(Elapsed(absl::Seconds(185)), "3 min 05 s");
  EXPECT_EQ(Elapsed(absl::Minutes(130)), "2 h 10 min");
}

TEST(FiguresTest, WithheldArticlesAreToldByWhy) {
  EXPECT_EQ(DescribeWithheld({}), "");
  EXPECT_EQ(DescribeWithheld({.withheld = 2, .embargoed = 1, .cancelled = 3000}),
            "2 withheld, 1 under embargo, 3,000 cancelled");
  EXPECT_EQ(DescribeWithheld({.withheld = 0, .embargoed = 0, .cancelled = 1}), "1 cancelled");
}

}  // namespace
}  // namespace broadsheet::commands
