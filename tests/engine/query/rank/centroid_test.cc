// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/centroid.h"

#include <gtest/gtest.h>

#include <cmath>
#include <span>
#include <string>

#include "engine/weights/bm25.h"
#include "tests/engine/query/rank/written_query.h"

namespace broadsheet::query {
namespace {

constexpr double kNearly = 1e-5;

std::string Numbered(const std::string& word, int count) {
  std::string words;
  for (int i = 0; i < count; ++i) words += word + std::to_string(i) + " ";
  return words;
}

class CentroidTest : public ::testing::Test {
 protected:
  std::span<const weights::VectorWord> VectorOf(const std::string& run) {
    vectors_.Add(written::RunOf(run));
    return vectors_[vectors_.size() - 1];
  }
  double Times(Centroid& centroid, const std::string& run) {
    weights::ArticleVectors measured(written::Rarity());
    const testing::PackedRun packed = written::RunOf(run);
    return centroid.Times(packed, measured.Add(packed));
  }
  // How alike two articles are: 1 = they are the same.
  double Likeness(const std::string& a, const std::string& b) {
    const Teacher teacher{.vector = VectorOf(a), .share = 1};
    Centroid centroid({&teacher, 1}, vectors_, written::Rarity(), slots_);
    return Times(centroid, b);
  }
  // The same, by the definition.
  double Product(const std::string& a, const std::string& b) {
    weights::ArticleVectors vectors(written::Rarity());
    vectors.Add(written::RunOf(a));
    vectors.Add(written::RunOf(b));
    double sum = 0;
    for (const weights::VectorWord& x : vectors[0]) {
      for (const weights::VectorWord& y : vectors[1])
        sum += x.term == y.term ? x.weight * y.weight : 0;
    }
    return sum;
  }

  weights::ArticleVectors vectors_{written::Rarity()};
  weights::CodeSlots slots_;
};

TEST_F(CentroidTest, IsTheSumOverCommonWords) {
  const std::string runs[] = {"S: ferry strike B: the ferry bridge bridge harri=harris",
                              "S: bridge B: harri tunnel tunnel of ferry w2 w4 C: ferry K: strike",
                              "S: covid/covid19 B: strike w1 w2 w3 R: ferry",
                              "B: " + Numbered("w", 2000),
                              "S: the",
                              ""};
  for (const std::string& a : runs) {
    for (const std::string& b : runs) {
      EXPECT_NEAR(Likeness(a, b), Product(a, b), kNearly) << a.substr(0, 80) << "\n"
                                                          << b.substr(0, 80);
    }
  }
}

TEST_F(CentroidTest, AnArticleWithoutWordsIsLikeNone) {
  EXPECT_EQ(Likeness("S: the", "S: the"), 0);
  EXPECT_EQ(Likeness("S: ferry", ""), 0);
}

TEST_F(CentroidTest, TheSameArticleIsAsLikeAsCanBe) {
  const std::string run = "S: ferry strike B: ferry bridge tunnel " + Numbered("w", 300);
  EXPECT_NEAR(Likeness(run, run), 1, kNearly);
  EXPECT_EQ(Likeness("S: ferry strike", "S: tunnel bridge"), 0);
  EXPECT_NEAR(Likeness("S: ferry strike", "S: ferry bridge"), 0.5, kNearly);
}

TEST_F(CentroidTest, IsTheMeanOfItsVectors) {
  vectors_.Add(written::RunOf("S: ferry"));
  vectors_.Add(written::RunOf("S: tunnel"));
  const Teacher teachers[] = {{.vector = vectors_[0], .share = 0.75},
                              {.vector = vectors_[1], .share = 0.25}};
  Centroid centroid(teachers, vectors_, written::Rarity(), slots_);
  EXPECT_NEAR(Times(centroid, "S: ferry"), 0.75, kNearly);
  EXPECT_NEAR(Times(centroid, "S: tunnel"), 0.25, kNearly);
  EXPECT_NEAR(Times(centroid, "S: ferry tunnel"), std::sqrt(0.5), kNearly);
}

TEST_F(CentroidTest, LongArticlesCountByTheirBeginning) {
  const std::string most = "B: " + Numbered("w", 1500);
  EXPECT_NEAR(Likeness(most + Numbered("a", 500), most + Numbered("b", 800)), 1, kNearly);
}

// Searches share the table of codes.
TEST_F(CentroidTest, LeavesNoTraceOfItsWords) {
  Likeness("S: ferry harri=harris rare B: bridge", "S: ferry rare");
  const weights::CodeSlots fresh;
  for (uint32_t code = 0; code <= UINT16_MAX; ++code) {
    const auto run_code = static_cast<storage::RunCode>(code);
    ASSERT_EQ(slots_[run_code], fresh[run_code]) << code;
  }
}

// What is counted in one article is not seen in the next.
TEST_F(CentroidTest, AnArticleDoesNotDependOnThoseBeforeIt) {
  const Teacher teacher{.vector = VectorOf("S: ferry strike B: w1 w2 w3"), .share = 1};
  Centroid centroid({&teacher, 1}, vectors_, written::Rarity(), slots_);
  const double alone = Times(centroid, "S: ferry B: w1 rare");
  Times(centroid, "S: strike strike B: w2 other w3");
  EXPECT_EQ(Times(centroid, "S: ferry B: w1 rare"), alone);
}

}  // namespace
}  // namespace broadsheet::query
