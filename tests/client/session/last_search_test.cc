// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/last_search.h"

#include <gtest/gtest.h>

#include "tests/testing/temp_dir.h"

namespace broadsheet::client {
namespace {

TEST(LastSearchTest, NumbersAreThoseThatWereShown) {
  const testing::TempDir dir;
  const auto file = dir / "deep/last_search";
  RememberSearch(file, {.first_number = 11, .ids = {"a b", "c"}});

  const auto last = RecallSearch(file);

  ASSERT_TRUE(last);
  EXPECT_EQ(last->IdOf(11), "a b");
  EXPECT_EQ(last->IdOf(12), "c");
  EXPECT_EQ(last->IdOf(10), std::nullopt);
  EXPECT_EQ(last->IdOf(13), std::nullopt);
}

TEST(LastSearchTest, AMissingOrDamagedFileIsNoLastSearch) {
  const testing::TempDir dir;
  EXPECT_FALSE(RecallSearch(dir / "absent"));
  EXPECT_FALSE(RecallSearch(dir.Write("garbage", "not a number\n")));
}

}  // namespace
}  // namespace broadsheet::client
