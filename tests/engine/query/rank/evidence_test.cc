// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/evidence.h"

#include <gtest/gtest.h>

#include <string>

#include "engine/weights/bm25.h"
#include "tests/engine/query/rank/written_query.h"

namespace broadsheet::query {
namespace {

using written::Found;
using written::IdfOfOne;
using written::Sought;

double CoverOf(const std::string& query, const std::string& run) {
  const SoughtWords sought = Sought(query);
  return ScoreCover(sought, Found(sought, run));
}
double TypedFormsOf(const std::string& query, const std::string& run) {
  const SoughtWords sought = Sought(query);
  return ScoreTypedForms(sought, Found(sought, run));
}

// The cover of a whole query of two words that tell the same.
const double kWhole = kCoverWeight * 2 * IdfOfOne();

TEST(CoverTest, AHeadlineThatIsTheQueryCountsWhole) {
  EXPECT_DOUBLE_EQ(CoverOf("peace talk", "S: peace talk B: x y z"), kWhole);
  EXPECT_DOUBLE_EQ(CoverOf("peace talk", "S: talk peace"), kWhole) << "in any order";
  EXPECT_DOUBLE_EQ(CoverOf("peace talk", "S: the peace of the talk"), kWhole)
      << "stop words tell nothing";
}

TEST(CoverTest, IsTheShareOfWordsThatBothHaveSquared) {
  // Two of four words, one of two, one of three.
  EXPECT_DOUBLE_EQ(CoverOf("peace talk", "S: peace talk go on"), kWhole / 4);
  EXPECT_DOUBLE_EQ(CoverOf("peace talk", "S: peace"), kWhole / 4);
  EXPECT_DOUBLE_EQ(CoverOf("peace talk", "S: peace march"), kWhole / 9);
  EXPECT_EQ(CoverOf("peace talk", "S: ferry strike"), 0);
  EXPECT_EQ(CoverOf("peace talk", "B: peace talk C: peace talk"), 0) << "a body is no headline";
}

TEST(CoverTest, ATagOrABylineCountsHalf) {
  EXPECT_DOUBLE_EQ(CoverOf("kim novak", "K: kim novak"), kWhole / 2);
  EXPECT_DOUBLE_EQ(CoverOf("kim novak", "A: kim novak"), kWhole / 2);
}

TEST(CoverTest, TheBestTextCountsAndNotTheirSum) {
  EXPECT_DOUBLE_EQ(CoverOf("kim novak", "S: x K: kim K: kim novak A: kim novak"), kWhole / 2);
  EXPECT_DOUBLE_EQ(CoverOf("kim novak", "K: kim K: novak"), kWhole / 8) << "two tags are not one";
  EXPECT_DOUBLE_EQ(CoverOf("kim novak", "S: kim novak K: kim novak"), kWhole);
}

TEST(CoverTest, AnotherFormCountsAQuarter) {
  EXPECT_DOUBLE_EQ(CoverOf("talk=talks", "S: talk=talks"), kCoverWeight * IdfOfOne());
  EXPECT_DOUBLE_EQ(CoverOf("talk=talks", "S: talk"), kCoverWeight * IdfOfOne() / 16);
}

TEST(CoverTest, AWordThatTellsMuchCountsMore) {
  std::vector<RankedWord> words = written::WordsOf("nakashima said");
  words[1].articles_with = 300;
  const SoughtWords sought = Sought(words);
  EXPECT_GT(ScoreCover(sought, Found(sought, "S: nakashima")),
            ScoreCover(sought, Found(sought, "S: said")));
}

TEST(TypedFormsTest, ScoreAsWordsDo) {
  const double norm = schema::LengthNorm(3);
  EXPECT_DOUBLE_EQ(TypedFormsOf("harri=harris", "S: harri=harris x B: harri=harris"),
                   kTypedFormWeight * IdfOfOne() * weights::Saturation(4, norm));
  EXPECT_DOUBLE_EQ(TypedFormsOf("harri=harris tax", "B: harri=harris tax x"),
                   kTypedFormWeight * 2 * IdfOfOne() * weights::Saturation(1, norm));
}

TEST(TypedFormsTest, OtherFormsAddNothing) {
  EXPECT_EQ(TypedFormsOf("harri=harris", "S: harri=harry B: harri"), 0);
  EXPECT_EQ(TypedFormsOf("harri=harris", ""), 0);
}

TEST(TypedFormsTest, ARepeatedWordCountsLittleMore) {
  std::vector<RankedWord> words = written::WordsOf("tax");
  words[0].places = {0, 4, 8};
  const SoughtWords sought = Sought(words);
  EXPECT_DOUBLE_EQ(ScoreTypedForms(sought, Found(sought, "S: tax")),
                   TypedFormsOf("tax", "S: tax") * WeightOfRepeats(3));
}

}  // namespace
}  // namespace broadsheet::query
