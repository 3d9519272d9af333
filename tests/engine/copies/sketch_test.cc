// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/copies/sketch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

namespace broadsheet::copies {
namespace {

using storage::CopySketch;

std::vector<uint64_t> RandomShingles(size_t count, std::mt19937_64& random) {
  std::vector<uint64_t> shingles(count);
  for (uint64_t& shingle : shingles) shingle = random();
  return shingles;
}

// Two texts of `count` shingles of which a share of `resemblance` of both together is common.
struct Pair {
  CopySketch a, b;
};
Pair PairWith(double resemblance, size_t count, std::mt19937_64& random) {
  const double both = static_cast<double>(count);
  const auto common = static_cast<size_t>(std::lround(2 * both * resemblance / (1 + resemblance)));
  const std::vector<uint64_t> shared = RandomShingles(common, random);
  const auto with = [&] {
    std::vector<uint64_t> text = RandomShingles(count - common, random);
    text.insert(text.end(), shared.begin(), shared.end());
    return SketchOf(text);
  };
  return {.a = with(), .b = with()};
}

double ShareThatMeet(double resemblance, size_t count) {
  constexpr int kPairs = 2000;
  std::mt19937_64 random(static_cast<uint64_t>(resemblance * 100) + count);
  int met = 0;
  for (int i = 0; i < kPairs; ++i) {
    const Pair pair = PairWith(resemblance, count, random);
    met += storage::ShareBand(pair.a, pair.b) ? 1 : 0;
  }
  return static_cast<double>(met) / kPairs;
}

TEST(SketchTest, OfNothingIsBlank) {
  EXPECT_TRUE(storage::IsBlank(SketchOf({})));
  EXPECT_FALSE(storage::IsBlank(SketchOf(std::vector<uint64_t>{0x123456789abcdef0})));
}

TEST(SketchTest, OrderAndRepetitionDoNotMatter) {
  std::mt19937_64 random(1);
  std::vector<uint64_t> shingles = RandomShingles(50, random);
  const CopySketch sketch = SketchOf(shingles);
  std::reverse(shingles.begin(), shingles.end());
  shingles.push_back(shingles[7]);
  EXPECT_EQ(SketchOf(shingles), sketch);
}

// As engine/copies/sketch.h promises.
TEST(SketchTest, PairsMeetAsOftenAsTheirResemblanceSays) {
  EXPECT_NEAR(ShareThatMeet(0.3, 400), 0.68, 0.05);
  EXPECT_NEAR(ShareThatMeet(0.4, 400), 0.94, 0.03);
  EXPECT_GE(ShareThatMeet(0.5, 400), 0.98);
  EXPECT_LE(ShareThatMeet(0.05, 400), 0.02);
}

TEST(SketchTest, ShortTextsMeetToo) {
  EXPECT_GE(ShareThatMeet(0.5, 60), 0.93);
  EXPECT_GE(ShareThatMeet(0.7, 60), 0.99);
}

TEST(SketchTest, TextsWithoutACommonShingleHardlyEverMeet) {
  EXPECT_LE(ShareThatMeet(0, 400), 0.001);
}

}  // namespace
}  // namespace broadsheet::copies
