// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/article_vectors.h"

#include <gtest/gtest.h>

#include <cmath>
#include <span>
#include <string>

#include "engine/schema/term_weight.h"
#include "engine/weights/bm25.h"
#include "tests/engine/weights/written_run.h"

namespace broadsheet::weights {
namespace {

constexpr double kNearly = 1e-5;

double LengthOf(std::span<const VectorWord> vector) {
  double squares = 0;
  for (const VectorWord& word : vector) squares += word.weight * word.weight;
  return std::sqrt(squares);
}

std::string Numbered(const std::string& word, int count) {
  std::string words;
  for (int i = 0; i < count; ++i) words += word + std::to_string(i) + " ";
  return words;
}

class ArticleVectorsTest : public ::testing::Test {
 protected:
  std::span<const VectorWord> VectorOf(const std::string& run) {
    vectors_.Add(written::RunOf(run));
    return vectors_[vectors_.size() - 1];
  }
  double WeightOf(std::span<const VectorWord> vector, const std::string& word) {
    for (const VectorWord& entry : vector) {
      if (vectors_.HashOf(entry.term) == written::HashOf(word)) return entry.weight;
    }
    return 0;
  }

  ArticleVectors vectors_{written::Rarity()};
};

TEST_F(ArticleVectorsTest, AVectorHasUnitLength) {
  EXPECT_NEAR(LengthOf(VectorOf("S: ferry strike B: ferry bridge bridge bridge")), 1, kNearly);
  EXPECT_NEAR(LengthOf(VectorOf("B: ferry")), 1, kNearly);
}

TEST_F(ArticleVectorsTest, AHeadlineCountsThreeTimes) {
  const std::span<const VectorWord> vector = VectorOf("S: ferry B: strike bridge bridge bridge");
  const double norm = schema::LengthNorm(5);
  EXPECT_NEAR(WeightOf(vector, "ferry") / WeightOf(vector, "strike"),
              Saturation(3, norm) / Saturation(1, norm), kNearly);
  EXPECT_NEAR(WeightOf(vector, "ferry"), WeightOf(vector, "bridge"), kNearly);
}

TEST_F(ArticleVectorsTest, StopWordsCreditsAndFurtherFormsAreLeftOut) {
  const std::span<const VectorWord> vector =
      VectorOf("S: the ferry B: of covid/covid19 harri=harris R: reuters");
  EXPECT_EQ(vector.size(), 3U);
  for (const char* word : {"ferry", "covid", "harri"}) EXPECT_GT(WeightOf(vector, word), 0) << word;
}

// Vectors share scratch memory.
TEST_F(ArticleVectorsTest, AnArticleDoesNotDependOnThoseBeforeIt) {
  const std::string run = "S: ferry B: " + Numbered("w", 700);
  vectors_.Add(written::RunOf(run));
  vectors_.Add(written::RunOf("S: w1 w2 w3 B: " + Numbered("w", 900)));
  vectors_.Add(written::RunOf(run));
  ASSERT_EQ(vectors_[0].size(), vectors_[2].size());
  for (size_t i = 0; i < vectors_[0].size(); ++i) {
    EXPECT_EQ(vectors_[0][i].term, vectors_[2][i].term);
    EXPECT_EQ(vectors_[0][i].weight, vectors_[2][i].weight);
  }
}

TEST_F(ArticleVectorsTest, LongArticlesCountByTheirBeginning) {
  const std::string most = "B: " + Numbered("w", 1500);
  EXPECT_EQ(VectorOf(most + "ferry").size(), 1500U);
  EXPECT_GT(WeightOf(VectorOf("B: " + Numbered("w", 1499) + "ferry"), "ferry"), 0);
}

TEST_F(ArticleVectorsTest, AnArticleWithoutWordsHasNone) {
  EXPECT_TRUE(VectorOf("").empty());
  EXPECT_TRUE(VectorOf("S: the of").empty());
  EXPECT_EQ(vectors_.size(), 2U);
}

}  // namespace
}  // namespace broadsheet::weights
