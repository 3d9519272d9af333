// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/copies/band_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <vector>

namespace broadsheet::copies {
namespace {

using storage::CopySketch;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAreArray;

class BandIndexTest : public ::testing::Test {
 protected:
  CopySketch RandomSketch(int values = 256) {
    CopySketch sketch;
    std::uniform_int_distribution<int> value(0, values - 1);
    for (uint8_t& part : sketch) part = static_cast<uint8_t>(value(random_));
    return sketch;
  }
  std::vector<uint32_t> AlikeTo(const CopySketch& sketch) {
    std::vector<uint32_t> docids;
    index_.ForEachAlike(
        sketch, [&](const BandIndex::Article& article) { docids.push_back(article.docid); });
    return docids;
  }

  std::mt19937 random_{1};
  BandIndex index_;
};

TEST_F(BandIndexTest, FindsEachAlikeOnce) {
  const CopySketch sketch = RandomSketch();
  CopySketch alike = RandomSketch();
  for (size_t part = 0; part < storage::kBandValues; ++part) {
    alike[part * storage::kSketchBands + 5] = sketch[part * storage::kSketchBands + 5];
  }
  index_.Add({.docid = 1}, sketch);
  index_.Add({.docid = 2}, RandomSketch());
  index_.Add({.docid = 3}, alike);
  EXPECT_THAT(AlikeTo(sketch), ::testing::UnorderedElementsAre(1, 3));
  EXPECT_THAT(AlikeTo(alike), ::testing::UnorderedElementsAre(3, 1));
  EXPECT_THAT(AlikeTo(RandomSketch()), IsEmpty());
}

TEST_F(BandIndexTest, FindsNoneThatIsRemovedOrForgotten) {
  const CopySketch sketch = RandomSketch();
  index_.Add({.docid = 1, .seconds = 10}, sketch);
  const uint64_t second = index_.Add({.docid = 2, .seconds = 20}, sketch);
  index_.Add({.docid = 3, .seconds = 30}, sketch);
  index_.Remove(second);
  EXPECT_THAT(AlikeTo(sketch), ElementsAre(3, 1));
  EXPECT_EQ(index_.oldest().seconds, 10);
  index_.ForgetOldest();
  EXPECT_THAT(AlikeTo(sketch), ElementsAre(3));
  index_.ForgetOldest();
  index_.ForgetOldest();
  EXPECT_EQ(index_.size(), 0U);
  EXPECT_THAT(AlikeTo(sketch), IsEmpty());
  index_.Add({.docid = 4}, sketch);
  EXPECT_THAT(AlikeTo(sketch), ElementsAre(4));
}

// Few values, so that many have bands in common; and more than the table has room for at first.
TEST_F(BandIndexTest, FindsWhatAComparisonWithAllFinds) {
  std::vector<CopySketch> sketches;
  size_t forgotten = 0;
  for (uint32_t docid = 0; docid < 3000; ++docid) {
    sketches.push_back(RandomSketch(16));
    index_.Add({.docid = docid}, sketches.back());
    if (docid % 3 == 0) {
      index_.ForgetOldest();
      ++forgotten;
    }
  }
  for (int i = 0; i < 20; ++i) {
    const CopySketch asked = RandomSketch(16);
    std::vector<uint32_t> expected;
    for (size_t docid = forgotten; docid < sketches.size(); ++docid) {
      if (storage::ShareBand(asked, sketches[docid])) {
        expected.push_back(static_cast<uint32_t>(docid));
      }
    }
    EXPECT_THAT(AlikeTo(asked), UnorderedElementsAreArray(expected));
  }
}

}  // namespace
}  // namespace broadsheet::copies
