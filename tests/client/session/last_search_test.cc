// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/last_search.h"

#include <gtest/gtest.h>

#include "tests/testing/temp_dir.h"

namespace broadsheet::client {
namespace {

TEST(LastSearchTest, NumbersAreThoseThatWereShown) {
  const testing::TempDir dir;
  const auto file = dir / "deep/last_search";
  RememberSearch(file, {.first_number = 11, .ids = {"a b", "c"}, .query = "two\nlines"});

  const auto last = RecallSearch(file);

  ASSERT_TRUE(last);
  EXPECT_EQ(last->query, "two lines");
  EXPECT_EQ(last->IdOf(11), "a b");
  EXPECT_EQ(last->IdOf(12), "c");
  EXPECT_EQ(last->IdOf(10), std::nullopt);
  EXPECT_EQ(last->IdOf(13), std::nullopt);
}

TEST(LastSearchTest, NumbersBelongToATerminal) {
  EXPECT_NE(LastSearchFile("1-2"), LastSearchFile("1-3"));
  EXPECT_EQ(LastSearchFile(), LastSearchFile(ThisTerminal()));
}

TEST(LastSearchTest, FilesOfTerminalsLongGoneAreRemoved) {
  const testing::TempDir dir;
  const auto gone = dir.Write("last_search-1-1", "1\n\na\n");
  const auto other = dir.Write("other", "");
  const auto weeks_ago =
      std::filesystem::file_time_type::clock::now() - std::chrono::hours(24 * 20);
  std::filesystem::last_write_time(gone, weeks_ago);
  std::filesystem::last_write_time(other, weeks_ago);
  RememberSearch(dir / "last_search-2-2", {.first_number = 1, .ids = {"a"}});
  EXPECT_FALSE(std::filesystem::exists(gone));
  EXPECT_TRUE(std::filesystem::exists(other));
}

TEST(LastSearchTest, AMissingOrDamagedFileIsNoLastSearch) {
  const testing::TempDir dir;
  EXPECT_FALSE(RecallSearch(dir / "absent"));
  EXPECT_FALSE(RecallSearch(dir.Write("garbage", "not a number\n")));
}

}  // namespace
}  // namespace broadsheet::client
