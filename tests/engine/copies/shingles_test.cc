// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/copies/shingles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/engine/copies/story_run.h"

namespace broadsheet::copies {
namespace {

using story::Words;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ShingleReaderTest : public ::testing::Test {
 protected:
  std::vector<uint64_t> SetOf(const std::string& body, const std::string& headline = "news") {
    const testing::PackedRun run = story::RunOf(body, headline);
    return reader_.ReadSet(run);
  }
  ShingleReader reader_{story::kSeed};
};

TEST_F(ShingleReaderTest, EachWordButTheLastThreeBeginsOne) {
  EXPECT_THAT(SetOf(Words(0, 10)), SizeIs(7));
  EXPECT_THAT(SetOf(Words(0, 4)), SizeIs(1));
  EXPECT_THAT(SetOf(Words(0, 3)), IsEmpty());
  EXPECT_THAT(SetOf(""), IsEmpty());
}

TEST_F(ShingleReaderTest, AreOfTheBodyAlone) {
  EXPECT_EQ(SetOf(Words(0, 10), "strike"), SetOf(Words(0, 10), "ferries"));
}

TEST_F(ShingleReaderTest, DoNotDependOnWhereTheyStand) {
  const std::vector<uint64_t> whole = SetOf(Words(0, 50));
  const std::vector<uint64_t> part = SetOf(Words(20, 10));
  EXPECT_TRUE(std::includes(whole.begin(), whole.end(), part.begin(), part.end()));
}

TEST_F(ShingleReaderTest, TellTheOrderOfWords) {
  const std::vector<uint64_t> a = SetOf("a b c d");
  EXPECT_NE(a, SetOf("a b d c"));
  EXPECT_NE(a, SetOf("b a c d"));
  EXPECT_NE(a, SetOf("d c b a"));
}

TEST_F(ShingleReaderTest, RepeatedOnesCountOnce) {
  EXPECT_THAT(SetOf("a b c d a b c d"), SizeIs(4));
  EXPECT_THAT(reader_.Read(story::RunOf("a b c d a b c d")), SizeIs(5));
}

TEST_F(ShingleReaderTest, GoOnOverParagraphs) {
  EXPECT_EQ(SetOf(Words(0, 10) + "/ " + Words(10, 10)), SetOf(Words(0, 20)));
}

TEST_F(ShingleReaderTest, LeaveOutBylinesAndFooters) {
  const std::vector<uint64_t> plain = SetOf(Words(0, 20));
  EXPECT_EQ(SetOf("by ana lopez of the daily / " + Words(0, 20)), plain);
  EXPECT_EQ(SetOf("latest news / for release / " + Words(0, 20) + "/ end"), plain);
  EXPECT_EQ(SetOf(Words(0, 20) + "/ reporting by ana lopez in paris editing by bo / more"), plain);
  EXPECT_EQ(SetOf(Words(0, 20) + "/ contact the press office at the capitol"), plain);
}

TEST_F(ShingleReaderTest, KeepWhatOnlyLooksLikeOne) {
  EXPECT_THAT(SetOf("by noon the ferries lay in the harbour and nobody knew for how many hours"),
              SizeIs(12));
  EXPECT_THAT(SetOf("by " + Words(0, 12) + "/ " + Words(20, 10)), SizeIs(20));
  // Somebody's list has nothing but short lines.
  EXPECT_THAT(SetOf("a b / c d / e f / g h / i j / k l / m n / o p"), SizeIs(1));
}

}  // namespace
}  // namespace broadsheet::copies
