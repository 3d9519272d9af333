// SPDX-License-Identifier: GPL-3.0-or-later
// Bug: `minster~` found miners and not minister, and `occured~` every article with "our": the
// distance was taken between stems.
#include "engine/query/compile/spellings.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

struct TypedAndStem {
  std::string typed;
  std::string stem;
  int distance;
};

TEST(SpellingsTest, ComparesWordsAsTheyAreWritten) {
  text::Analyzer analyzer;
  for (const auto& [typed, stem, distance] :
       std::vector<TypedAndStem>{{"minster", "minist", 1},  // minister
                                 {"minster", "miner", 2},   // miner, but not miners
                                 {"occured", "occur", 0},   // it is stemmed as occurred is
                                 {"occured", "our", 3},     // a short stem is not two letters away
                                 {"occurence", "occurr", 1},   // occurrence
                                 {"goverment", "govern", 1},   // government
                                 {"governmnet", "govern", 1},  // two letters swapped in the ending
                                 {"seperate", "separ", 1},     // separate
                                 {"definately", "definit", 1},
                                 {"recieve", "receiv", 1},
                                 {"wierd", "weird", 1},
                                 {"cemetary", "cemeteri", 1},  // cemetery
                                 {"existense", "exist", 1},    // existence
                                 {"tommorow", "tomorrow", 2},
                                 {"minister", "minist", 0},
                                 {"harbour", "bridg", 3}}) {
    Spellings spellings(analyzer, typed, {"en"}, 2);
    EXPECT_EQ(spellings.DistanceTo(stem), distance) << typed << " " << stem;
  }
}

TEST(SpellingsTest, InOtherLanguagesTheEndingTypedIsTheEnding) {
  text::Analyzer analyzer;
  EXPECT_EQ(Spellings(analyzer, "regirungen", {"de"}, 2).DistanceTo("regier"), 1);
  EXPECT_EQ(Spellings(analyzer, "goverment", {}, 2).DistanceTo("govern"), 3);
  EXPECT_EQ(Spellings(analyzer, "goverment", {}, 2).DistanceTo("government"), 1);
}

class MisspellingTest : public SearchFixture {
 protected:
  void SetUp() override {
    Add("minister", {.headline = "The minister resigns", .published = "2024-06-20"});
    Add("miners", {.headline = "Miners on strike", .published = "2024-06-19"});
    Add("our", {.headline = "Our harbour, ours alone", .published = "2024-06-18"});
    Add("occurred", {.headline = "It occurred at sea", .published = "2024-06-17"});
    Add("government", {.headline = "Government of islands", .published = "2024-06-16"});
    Add("separate", {.headline = "Separated twins", .published = "2024-06-15"});
    for (int i = 0; i < 100; ++i) {
      Add("tomorrow" + std::to_string(i), {.headline = "Tomorrow", .published = "2024-06-01"});
    }
    Add("slip", {.headline = "Tommorrow", .published = "2024-06-02"});
  }
};

TEST_F(MisspellingTest, FindsTheWordThatWasMeantAndNoOther) {
  EXPECT_EQ(SearchNewest("minster~"), "minister");
  EXPECT_EQ(SearchNewest("occured~"), "occurred");
  EXPECT_EQ(SearchNewest("occured~2"), "occurred");
  EXPECT_EQ(SearchNewest("goverment~"), "government");
  EXPECT_EQ(SearchNewest("seperate~"), "separate");
  EXPECT_EQ(SearchNewest("headline:minsiter~"), "minister");
}

TEST_F(MisspellingTest, WhatIsFartherAndFarMoreFrequentIsFoundToo) {
  EXPECT_EQ(Answer("tommorow~").total().value(), 101);
  EXPECT_EQ(Answer("tommorow~1").total().value(), 1);
}

}  // namespace
}  // namespace broadsheet::query
