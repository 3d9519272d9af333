// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/copies/likeness.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <optional>
#include <vector>

namespace broadsheet::copies {
namespace {

std::vector<uint64_t> Numbers(uint64_t first, size_t count) {
  std::vector<uint64_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), first);
  return numbers;
}

bool Copies(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b,
            Sources sources = Sources::kDifferent) {
  EXPECT_EQ(AreCopies(Compare(a, b), sources), AreCopies(Compare(b, a), sources));
  return AreCopies(Compare(a, b), sources);
}

TEST(LikenessTest, CountsWhatIsShared) {
  const Likeness likeness = Compare(Numbers(0, 100), Numbers(50, 80));
  EXPECT_EQ(likeness.shared, 50U);
  EXPECT_EQ(likeness.shorter, 80U);
  EXPECT_EQ(likeness.longer, 100U);
  EXPECT_DOUBLE_EQ(likeness.resemblance(), 50.0 / 130);
  EXPECT_DOUBLE_EQ(likeness.containment(), 50.0 / 80);
}

TEST(LikenessTest, OfTextsWithoutShinglesIsNone) {
  const Likeness likeness = Compare({}, {});
  EXPECT_EQ(likeness.resemblance(), 0);
  EXPECT_EQ(likeness.containment(), 0);
  EXPECT_FALSE(Copies({}, {}));
}

TEST(LikenessTest, AHalfOfBothTextsIsEnough) {
  EXPECT_TRUE(Copies(Numbers(0, 150), Numbers(50, 150)));
  EXPECT_FALSE(Copies(Numbers(0, 150), Numbers(51, 150)));
}

TEST(LikenessTest, ATextThatIsCutIsACopy) {
  EXPECT_TRUE(Copies(Numbers(0, 400), Numbers(100, 60)));
  EXPECT_TRUE(Copies(Numbers(0, 400), Numbers(352, 60)));
  EXPECT_FALSE(Copies(Numbers(0, 400), Numbers(353, 60)));
  // Of 49, only 39 are shared.
  EXPECT_FALSE(Copies(Numbers(0, 400), Numbers(361, 49)));
}

TEST(LikenessTest, ShortTextsHaveToBeEqual) {
  EXPECT_TRUE(Copies(Numbers(0, 39), Numbers(0, 39)));
  EXPECT_FALSE(Copies(Numbers(0, 39), Numbers(0, 38)));
  EXPECT_FALSE(Copies(Numbers(0, 39), Numbers(0, 400)));
  EXPECT_TRUE(Copies(Numbers(0, 1), Numbers(0, 1), Sources::kSame));
}

TEST(LikenessTest, OfOneSourceNearlyAllHasToBeEqual) {
  EXPECT_TRUE(Copies(Numbers(0, 400), Numbers(0, 400), Sources::kSame));
  EXPECT_TRUE(Copies(Numbers(0, 400), Numbers(0, 330), Sources::kSame));
  EXPECT_FALSE(Copies(Numbers(0, 400), Numbers(0, 310), Sources::kSame));
  EXPECT_FALSE(Copies(Numbers(0, 400), Numbers(20, 400), Sources::kSame));
}

Neighbour With(size_t shared, Sources sources = Sources::kDifferent) {
  return {.likeness = {.shared = shared, .shorter = 100, .longer = 100}, .sources = sources};
}

TEST(LikenessTest, TheNearestIsTheMostLikeOfTheCopies) {
  EXPECT_EQ(FindNearest(std::vector{With(70), With(90), With(80)}), 1U);
  EXPECT_EQ(FindNearest(std::vector{With(70), With(95, Sources::kSame), With(80)}), 2U);
  EXPECT_EQ(FindNearest(std::vector{With(60), With(10)}), std::nullopt);
  EXPECT_EQ(FindNearest({}), std::nullopt);
}

TEST(LikenessTest, OfEqualsTheForemostIsTheNearest) {
  EXPECT_EQ(FindNearest(std::vector{With(70), With(90), With(90)}), 1U);
}

TEST(LikenessTest, RivalsAreOfOneSourceAndNoCopies) {
  EXPECT_TRUE(IsRival(With(80, Sources::kSame)));
  EXPECT_FALSE(IsRival(With(99, Sources::kSame)));
  EXPECT_FALSE(IsRival(With(80, Sources::kDifferent)));
}

TEST(LikenessTest, ARivalThatIsAsNearLeavesNoRoom) {
  EXPECT_TRUE(LeavesNoRoom(With(90).likeness, With(80).likeness));
  EXPECT_TRUE(LeavesNoRoom(With(80).likeness, With(80).likeness));
  EXPECT_FALSE(LeavesNoRoom(With(79).likeness, With(80).likeness));
}

}  // namespace
}  // namespace broadsheet::copies
