// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/stop_words.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>

#include "engine/text/analyzer.h"

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

TEST(StopWordsOfTest, ListsTheWordsThatAreStopWords) {
  ASSERT_FALSE(StopWordLanguages().empty());
  for (const std::string_view language : StopWordLanguages()) {
    std::set<std::string> words;
    std::istringstream list{std::string(StopWordsOf(language))};
    for (std::string word; list >> word;) {
      EXPECT_TRUE(IsStopWord(language, word)) << language << " " << word;
      EXPECT_TRUE(words.emplace(word).second) << language << " has it twice: " << word;
    }
    EXPECT_GT(words.size(), 50U) << language;
  }
}

TEST(StopWordsOfTest, ListsThemAsTheAnalyserFoldsThem) {
  Analyzer analyzer;
  for (const std::string_view language : StopWordLanguages()) {
    std::string folded;
    analyzer.Analyze(StopWordsOf(language), language, [&](const Token& token) {
      if (!token.alternative) folded += (folded.empty() ? "" : " ") + std::string(token.folded);
    });
    EXPECT_EQ(folded, StopWordsOf(language));
  }
}

TEST(StopWordsOfTest, TakesARegionAndIsEmptyForAnUnknownLanguage) {
  EXPECT_EQ(StopWordsOf("en-GB"), StopWordsOf("en"));
  EXPECT_NE(StopWordsOf("en"), StopWordsOf("de"));
  EXPECT_EQ(StopWordsOf("tlh"), "");
  EXPECT_EQ(StopWordsOf(""), "");
}

}  // namespace
}  // namespace broadsheet::text
