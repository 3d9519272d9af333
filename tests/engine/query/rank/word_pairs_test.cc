// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/word_pairs.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/weights/bm25.h"
#include "tests/engine/query/rank/written_query.h"

namespace broadsheet::query {
namespace {

using written::Found;
using written::IdfOfOne;
using written::Sought;

double ScoreOf(const SoughtWords& words, const std::string& run) {
  return PairScorer(words).Score(Found(words, run));
}
double ScoreOf(const std::string& query, const std::string& run) {
  return ScoreOf(Sought(query), run);
}

// What `near` places within the window and `close` ones within the close window add in a run of
// `length` words.
double Expected(uint32_t near, uint32_t close, uint32_t length) {
  const double norm = schema::LengthNorm(length);
  return 2 * IdfOfOne() *
         (kWindowWeight * weights::Saturation(near, norm) +
          kCloseWeight * weights::Saturation(close, norm));
}

TEST(WordPairsTest, CountWithinEightWordsInEitherOrder) {
  EXPECT_DOUBLE_EQ(ScoreOf("ferry strike", "B: ferry 1 2 3 4 5 6 strike"), Expected(1, 0, 8));
  EXPECT_DOUBLE_EQ(ScoreOf("ferry strike", "B: strike 1 2 3 4 5 6 ferry"), Expected(1, 0, 8));
  EXPECT_EQ(ScoreOf("ferry strike", "B: ferry 1 2 3 4 5 6 7 strike"), 0);
}

TEST(WordPairsTest, CountOnceMoreWithinThreeInTheOrderOfTheQuery) {
  EXPECT_DOUBLE_EQ(ScoreOf("ferry strike", "B: ferry strike 1"), Expected(1, 1, 3));
  EXPECT_DOUBLE_EQ(ScoreOf("ferry strike", "B: ferry 1 strike"), Expected(1, 1, 3));
  EXPECT_DOUBLE_EQ(ScoreOf("ferry strike", "B: ferry 1 2 strike"), Expected(1, 0, 4));
  EXPECT_DOUBLE_EQ(ScoreOf("ferry strike", "B: strike ferry 1"), Expected(1, 0, 3));
  EXPECT_DOUBLE_EQ(ScoreOf("strike ferry", "B: strike ferry 1"), Expected(1, 1, 3));
}

TEST(WordPairsTest, CountInBothOrdersIfTheQueryHasBoth) {
  std::vector<RankedWord> words = written::WordsOf("ferry strike");
  words[0].places = {0, 20};
  words[1].places = {10};
  const double forward = ScoreOf(Sought(words), "B: ferry strike");
  EXPECT_DOUBLE_EQ(forward, ScoreOf(Sought(words), "B: strike ferry"));
  // The query has the pair twice, once in each order.
  EXPECT_DOUBLE_EQ(forward, Expected(1, 1, 2) + Expected(1, 0, 2));
}

TEST(WordPairsTest, EveryPlaceCounts) {
  EXPECT_DOUBLE_EQ(ScoreOf("ferry strike", "B: ferry strike 1 2 3 4 5 6 7 ferry 1 strike"),
                   Expected(2, 2, 12));
  EXPECT_DOUBLE_EQ(ScoreOf("ferry strike", "B: ferry strike strike"), Expected(2, 2, 3));
}

TEST(WordPairsTest, NeverCrossFromOneTextToTheNext) {
  EXPECT_EQ(ScoreOf("ferry strike", "S: ferry B: strike"), 0);
  EXPECT_EQ(ScoreOf("ferry strike", "K: ferry K: strike"), 0);
  EXPECT_EQ(ScoreOf("ferry strike", "C: ferry R: x C: strike"), 0);
  EXPECT_DOUBLE_EQ(ScoreOf("ferry strike", "B: ferry . strike"), Expected(1, 1, 2))
      << "sentences are of one text";
}

TEST(WordPairsTest, AreOfWordsThatTheQueryHasSideBySide) {
  EXPECT_EQ(ScoreOf("ferry strike bridge", "B: ferry bridge"), 0);
  EXPECT_GT(ScoreOf("ferry strike bridge", "B: strike bridge"), 0);
}

TEST(WordPairsTest, AWordMakesNoPairWithItself) {
  std::vector<RankedWord> words = written::WordsOf("ferry");
  words[0].places = {0, 6};
  const SoughtWords sought = Sought(words);
  EXPECT_FALSE(PairScorer(sought).has_pairs());
  EXPECT_EQ(ScoreOf(sought, "B: ferry ferry"), 0);
  EXPECT_FALSE(PairScorer(Sought("ferry")).has_pairs());
  // Nor does another form of it.
  EXPECT_FALSE(PairScorer(Sought("harri=harris harri=harry")).has_pairs());
}

TEST(WordPairsTest, TwoFormsAtOnePlaceAreNotTwoWords) {
  EXPECT_EQ(ScoreOf("covid covid19", "B: covid/covid19 19"), 0);
}

// Bug: COVID-19, which covid* stands for in two forms, made each pair twice.
TEST(WordPairsTest, TwoFormsOfAWordAtOnePlaceAreOneOccurrence) {
  std::vector<RankedWord> words = written::WordsOf("covid talk");
  words[0].terms = {"covid", "covid19"};
  EXPECT_DOUBLE_EQ(ScoreOf(Sought(words), "B: covid/covid19 19 talk"), Expected(1, 1, 3));
}

TEST(WordPairsTest, OneScorerScoresManyRuns) {
  const SoughtWords sought = Sought("ferry strike");
  PairScorer scorer(sought);
  EXPECT_GT(scorer.Score(Found(sought, "B: ferry strike")), 0);
  EXPECT_EQ(scorer.Score(Found(sought, "B: ferry")), 0);
  EXPECT_DOUBLE_EQ(scorer.Score(Found(sought, "B: ferry strike 1")), Expected(1, 1, 3));
}

}  // namespace
}  // namespace broadsheet::query
