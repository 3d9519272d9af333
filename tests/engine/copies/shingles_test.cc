// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/copies/shingles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace broadsheet::copies {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// "w5 w6 w7 ": the words numbered from `first` on.
std::string Words(int first, int count) {
  std::string text;
  for (int i = first; i < first + count; ++i) text += "w" + std::to_string(i) + " ";
  return text;
}

class ShingleReaderTest : public ::testing::Test {
 protected:
  std::vector<uint64_t> SetOf(const std::string& body) { return reader_.ReadSet(body); }
  ShingleReader reader_;
};

TEST_F(ShingleReaderTest, EachWordButTheLastThreeBeginsOne) {
  EXPECT_THAT(SetOf(Words(0, 10)), SizeIs(7));
  EXPECT_THAT(SetOf(Words(0, 4)), SizeIs(1));
  EXPECT_THAT(SetOf(Words(0, 3)), IsEmpty());
  EXPECT_THAT(SetOf(""), IsEmpty());
}

// Pages that lost their punctuation were not told to be copies.
TEST_F(ShingleReaderTest, DoNotDependOnPunctuation) {
  EXPECT_EQ(SetOf("U.S. Sen. Kyl (R-Ariz.) won America's $4,013.50 grant, 436-182: \"We did\""),
            SetOf("U S Sen Kyl R Ariz won America s 4 013 50 grant 436 182 We did"));
  EXPECT_EQ(SetOf("the mayor’s “low–income” plan: and/or nothing"),
            SetOf("the mayor s low income plan and or nothing"));
}

TEST_F(ShingleReaderTest, DoNotDependOnCaseAndAccents) {
  EXPECT_EQ(SetOf("FERRY SERVICE TO ZÜRICH ENDS"), SetOf("Ferry service to Zurich ends"));
  EXPECT_EQ(SetOf("Café de\u00ADla Paix ouvre"), SetOf("CAFE\u0301 dela paix OUVRE"));
}

TEST_F(ShingleReaderTest, AreOfCharactersInScriptsWithoutSpaces) {
  EXPECT_THAT(SetOf("台湾渔港明天开放"), SizeIs(5));
  EXPECT_EQ(SetOf("台湾渔港明天开放"), SetOf("臺灣漁港, 明天開放"));
  EXPECT_THAT(SetOf("2024年台湾"), SizeIs(1));
}

TEST_F(ShingleReaderTest, ReadTextThatIsNotUtf8) {
  EXPECT_EQ(SetOf("the ferry \xff\xfe sails to\xc3 town"), SetOf("the ferry sails to town"));
}

TEST_F(ShingleReaderTest, TakeLongWordsWhole) {
  const std::string word(1000, 'x');
  EXPECT_EQ(SetOf("a b c " + word), SetOf("a b c " + word));
  EXPECT_NE(SetOf("a b c " + word), SetOf("a b c " + word + "y"));
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
  EXPECT_THAT(reader_.Read("a b c d a b c d"), SizeIs(5));
}

TEST_F(ShingleReaderTest, GoOnOverLines) {
  EXPECT_EQ(SetOf(Words(0, 10) + "\n\n" + Words(10, 10)), SetOf(Words(0, 20)));
}

TEST_F(ShingleReaderTest, LeaveOutBylinesAndFooters) {
  const std::vector<uint64_t> plain = SetOf(Words(0, 20));
  EXPECT_EQ(SetOf("By Ana Lopez of The Daily\n\n" + Words(0, 20)), plain);
  EXPECT_EQ(SetOf("LATEST NEWS\nFor release\n" + Words(0, 20) + "\n###\nEnd"), plain);
  EXPECT_EQ(SetOf(Words(0, 20) + "\nReporting by Ana Lopez in Paris; editing by Bo\nMore"), plain);
  EXPECT_EQ(SetOf(Words(0, 20) + "\n\nContact: the press office at the Capitol"), plain);
}

TEST_F(ShingleReaderTest, KeepWhatOnlyLooksLikeOne) {
  EXPECT_THAT(SetOf("by noon the ferries lay in the harbour and nobody knew for how many hours"),
              SizeIs(12));
  EXPECT_THAT(SetOf("by " + Words(0, 12) + "\n\n" + Words(20, 10)), SizeIs(20));
  // Somebody's list has nothing but short lines.
  EXPECT_THAT(SetOf("a b\nc d\ne f\ng h\ni j\nk l\nm n\no p"), SizeIs(1));
}

}  // namespace
}  // namespace broadsheet::copies
