// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/sought_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/schema/term_weight.h"
#include "tests/engine/query/rank/written_query.h"

namespace broadsheet::query {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using written::Found;
using written::IdfOfOne;
using written::Sought;

// "0@1 1@2/2": word 0 at position 1 of the first text, word 1 at position 2 of the second.
std::string PlacesOf(const RunWords& run) {
  std::string places;
  for (const FoundWord& found : run.occurrences) {
    places += (places.empty() ? "" : " ") + std::to_string(found.word) + "@" +
              std::to_string(found.position) + "/" + std::to_string(found.stretch);
  }
  return places;
}

std::vector<double> MatchedOf(const RunWords& run) {
  std::vector<double> matched;
  for (const CoverableText& text : run.texts) matched.push_back(text.matched);
  return matched;
}

TEST(SoughtWordsTest, StandInTheOrderOfTheQueryHoweverOftenItHasThem) {
  std::vector<RankedWord> words = written::WordsOf("ferry strike");
  words[0].places = {0, 40};
  words[1].places = {20};
  SoughtWords sought = Sought(words);
  EXPECT_THAT(sought.in_order(), ElementsAre(0, 1, 0));
  EXPECT_EQ(sought.words()[0].idf, IdfOfOne());
  EXPECT_EQ(sought.words()[0].weight, IdfOfOne() * WeightOfRepeats(2));
  EXPECT_EQ(sought.words()[1].weight, IdfOfOne());
}

TEST(SoughtWordsTest, WordsWithTheSameTermsAreOne) {
  SoughtWords sought = Sought("harri=harris ferry harri=harry");
  EXPECT_EQ(sought.words().size(), 2U);
  EXPECT_THAT(sought.in_order(), ElementsAre(0, 1, 0));
}

TEST(SoughtWordsTest, WordsOfAFieldAreLeftOut) {
  std::vector<RankedWord> words = written::WordsOf("ferry strike bridge");
  words[1].default_search = false;
  words[1].terms = {"Sstrike"};
  SoughtWords sought = Sought(words);
  EXPECT_EQ(sought.words().size(), 2U);
  EXPECT_THAT(sought.in_order(), ElementsAre(0, 1));
  EXPECT_EQ(PlacesOf(Found(sought, "S: strike bridge")), "1@2/1");
}

TEST(SoughtWordsTest, AreFoundUnderEachOfTheirTerms) {
  std::vector<RankedWord> words = written::WordsOf("harri");
  words[0].terms = {"harris", "harri"};
  EXPECT_EQ(PlacesOf(Found(Sought(words), "S: harri x harris")), "0@1/1 0@3/1");
}

TEST(SoughtWordsTest, EachTextIsAStretchOfItsOwnAndASentenceIsNone) {
  SoughtWords sought = Sought("ferry");
  EXPECT_EQ(PlacesOf(Found(sought, "S: ferry . ferry K: ferry K: ferry")),
            "0@1/1 0@2/1 0@3/2 0@4/3");
}

TEST(SoughtWordsTest, CreditsAndUnknownFieldsArePassedOver) {
  SoughtWords sought = Sought("ferry");
  const RunWords found = Found(sought, "S: x R: ferry ferry B: ferry");
  EXPECT_EQ(PlacesOf(found), "0@2/3");
  EXPECT_EQ(found.length_norm, schema::LengthNorm(2));
  const testing::PackedRun run(
      {storage::FieldMark(static_cast<schema::FieldId>(30)),
       storage::MakeCode(storage::CodeKind::kWord, written::HashOf("ferry"))});
  RunWords unknown;
  sought.FindIn(run, written::Rarity(), &unknown);
  EXPECT_EQ(PlacesOf(unknown), "");
}

TEST(SoughtWordsTest, AnAlternativeStandsAtThePlaceOfTheWordBeforeIt) {
  const RunWords found = Found(Sought("covid19 talk"), "S: covid/covid19 19 talk");
  EXPECT_EQ(PlacesOf(found), "0@1/1 1@3/1");
  EXPECT_EQ(found.length_norm, schema::LengthNorm(3));
  // It matched, while what it stands for is two words more.
  EXPECT_THAT(MatchedOf(found), ElementsAre(DoubleEq(2 * IdfOfOne())));
  EXPECT_DOUBLE_EQ(found.texts[0].rest, 2 * IdfOfOne());
}

TEST(SoughtWordsTest, CountTheTypedFormByTheWeightOfTheField) {
  SoughtWords sought = Sought("harri=harris tax");
  EXPECT_THAT(Found(sought, "S: harri=harris harri=harry B: harri=harris tax=taxes").typed,
              ElementsAre(4, 0));
  EXPECT_THAT(Found(sought, "S: harri=harry B: harri tax tax").typed, ElementsAre(0, 2))
      << "a form that is the term itself has no code of its own";
}

TEST(SoughtWordsTest, AWordThatStandsForOthersHasNoTypedForm) {
  std::vector<RankedWord> words = written::WordsOf("govern");
  words[0].typed = "";
  EXPECT_THAT(Found(Sought(words), "S: govern").typed, ElementsAre(0));
}

TEST(SoughtWordsTest, HeadlinesTagsAndBylinesMayBeCovered) {
  const RunWords found =
      Found(Sought("ferry strike"),
            "S: ferry strike K: ferry K: x A: strike B: ferry C: strike R: ferry");
  std::vector<double> cover;
  for (const CoverableText& text : found.texts) cover.push_back(text.cover);
  EXPECT_THAT(cover, ElementsAre(1, 0.5, 0.5, 0.5));
  EXPECT_THAT(MatchedOf(found), ElementsAre(2 * IdfOfOne(), IdfOfOne(), 0, IdfOfOne()));
}

TEST(SoughtWordsTest, TheOtherWordsOfATextAreItsRestButForStopWords) {
  const RunWords found = Found(Sought("ferry"), "S: the strike of ferry crews B: and more");
  ASSERT_EQ(found.texts.size(), 1U);
  EXPECT_DOUBLE_EQ(found.texts[0].matched, IdfOfOne());
  EXPECT_DOUBLE_EQ(found.texts[0].rest, 2 * IdfOfOne());
}

TEST(SoughtWordsTest, AWordCountsOnceForATextAndLessInAnotherForm) {
  SoughtWords sought = Sought("harri=harris");
  EXPECT_THAT(MatchedOf(Found(sought, "S: harri=harris harri=harris")), ElementsAre(IdfOfOne()));
  EXPECT_THAT(MatchedOf(Found(sought, "S: harri=harry harri=harry")), ElementsAre(IdfOfOne() / 4));
  EXPECT_THAT(MatchedOf(Found(sought, "S: harri=harris harri=harry K: harri=harry")),
              ElementsAre(IdfOfOne(), IdfOfOne() / 4));
}

// Bug: "Harry meets Harris" counted as if it had another form of `harris` alone.
TEST(SoughtWordsTest, TheTypedFormCountsEvenBehindAnotherOne) {
  EXPECT_THAT(MatchedOf(Found(Sought("harri=harris"), "S: harri=harry meets harri=harris")),
              ElementsAre(DoubleEq(IdfOfOne())));
}

TEST(SoughtWordsTest, WhatWasFoundBeforeIsReplaced) {
  SoughtWords sought = Sought("ferry");
  RunWords found = Found(sought, "S: ferry B: ferry");
  sought.FindIn({}, written::Rarity(), &found);
  EXPECT_THAT(found.occurrences, IsEmpty());
  EXPECT_THAT(found.texts, IsEmpty());
  EXPECT_THAT(found.typed, ElementsAre(0));
  EXPECT_EQ(found.length_norm, schema::LengthNorm(0));
}

}  // namespace
}  // namespace broadsheet::query
