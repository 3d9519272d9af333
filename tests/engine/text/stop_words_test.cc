// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/stop_words.h"

#include <gtest/gtest.h>

namespace broadsheet::text {
namespace {

TEST(StopWordsTest, AreOfALanguage) {
  EXPECT_TRUE(IsStopWord("en", "the"));
  EXPECT_TRUE(IsStopWord("en", "yourselves"));
  EXPECT_TRUE(IsStopWord("de", "wahrend"));
  EXPECT_FALSE(IsStopWord("en", "die"));
  EXPECT_TRUE(IsStopWord("de", "die"));
}

TEST(StopWordsTest, TakeARegionOfTheLanguage) {
  EXPECT_TRUE(IsStopWord("en-GB", "which"));
  EXPECT_TRUE(IsStopWord("PT-br", "nao"));
}

TEST(StopWordsTest, LeaveWordsWithAMeaningAlone) {
  for (const char* word : {"new", "state", "first", "president", "may", "us"}) {
    EXPECT_FALSE(IsStopWord("en", word)) << word;
  }
}

TEST(StopWordsTest, HaveNoListForAnUnknownLanguage) {
  EXPECT_FALSE(IsStopWord("", "the"));
  EXPECT_FALSE(IsStopWord("tlh", "the"));
}

}  // namespace
}  // namespace broadsheet::text
