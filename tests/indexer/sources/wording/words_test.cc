// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/words.h"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

#include "engine/text/fold.h"
#include "indexer/sources/wording/month_name.h"
#include "indexer/sources/wording/word_set.h"

namespace broadsheet::sources::page {
namespace {

TEST(CountWordsTest, CountsWhatSpacesPart) {
  EXPECT_EQ(CountWords(""), 0U);
  EXPECT_EQ(CountWords("   "), 0U);
  EXPECT_EQ(CountWords("one boat  a day "), 4U);
  EXPECT_EQ(CountWords("Üben, élan – öde"), 4U);
}

TEST(CountWordsTest, TwoCharactersAreAWordWhereNoSpacesAre) {
  EXPECT_EQ(CountWords("北京市天"), 1U + 2U);
  EXPECT_EQ(CountWords("ferry 北京"), 2U + 1U);
}

TEST(CountWordsTest, StopsBeyondWhatIsEnough) {
  EXPECT_EQ(CountWords("one boat a day", 3), 4U);
  EXPECT_EQ(CountWords("one boat a day it is", 3), 4U);
  EXPECT_EQ(CountWords("one boat", 3), 2U);
}

TEST(DigitsTest, AreThoseOfAscii) {
  EXPECT_TRUE(HasDigit("Route 9"));
  EXPECT_FALSE(HasDigit("Route"));
  EXPECT_FALSE(HasDigit("\u0663"));
  EXPECT_TRUE(IsDigits("2031"));
  EXPECT_FALSE(IsDigits("2031a"));
  EXPECT_FALSE(IsDigits(""));
}

TEST(FixedWordsTest, FoldsWhatIsWrittenOtherwise) {
  constexpr auto kLists = std::to_array<std::string_view>({"Fähre Pier", "ÉTÉ"});
  const FixedWords words = FixedWords::FoldedFrom(kLists);
  EXPECT_TRUE(words.Has(text::FoldValue("fähre")));
  EXPECT_TRUE(words.Has(text::FoldValue("été")));
  EXPECT_FALSE(words.Has("Pier"));
}

TEST(MonthOfNameTest, TakesNamesAndTheirBeginnings) {
  EXPECT_EQ(MonthOfName("september"), 9);
  EXPECT_EQ(MonthOfName("sep"), 9);
  EXPECT_EQ(MonthOfName("se"), 0);
  EXPECT_EQ(MonthOfName("septembers"), 0);
  EXPECT_EQ(MonthOfName("aout"), 8);
  EXPECT_EQ(MonthOfName("июл"), 7);
  // People are called like the beginning of such a name.
  EXPECT_EQ(MonthOfName("marraskuu"), 11);
  EXPECT_EQ(MonthOfName("marr"), 0);
}

}  // namespace
}  // namespace broadsheet::sources::page
