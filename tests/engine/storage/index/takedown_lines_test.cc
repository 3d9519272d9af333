// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/takedown_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "engine/schema/article.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::storage {
namespace {

using ::broadsheet::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kNoon = absl::FromUnixSeconds(1'718'798'400);
const std::string kFirst = TakedownLine("story-4711", kNoon);
const std::string kSecond = TakedownLine("with spaces, and ünicode", kNoon);

TEST(TakedownLinesTest, AreReadBackInTheirOrder) {
  const auto lines = ParseTakedownLines(kFirst + kSecond);
  ASSERT_OK(lines);
  EXPECT_THAT(lines->ids, ElementsAre("story-4711", "with spaces, and ünicode"));
  EXPECT_THAT(lines->ends, ElementsAre(kFirst.size(), kFirst.size() + kSecond.size()));
  EXPECT_THAT(ParseTakedownLines("")->ids, IsEmpty());
  EXPECT_EQ(ParseTakedownLines("")->bytes(), 0U);
}

TEST(TakedownLinesTest, ALineThatWasBegunIsPassedOver) {
  for (size_t size = 1; size < kSecond.size(); ++size) {
    const auto lines = ParseTakedownLines(kFirst + kSecond.substr(0, size));
    ASSERT_OK(lines);
    EXPECT_THAT(lines->ids, ElementsAre("story-4711"));
    EXPECT_EQ(lines->bytes(), kFirst.size());
  }
}

TEST(TakedownLinesTest, TheLastLineOfAnIdCounts) {
  const std::string undo = UndoLine("story-4711", kNoon + absl::Hours(1));
  const auto lines = ParseTakedownLines(kFirst + kSecond + undo);
  ASSERT_OK(lines);
  EXPECT_THAT(lines->ids, ElementsAre("story-4711", "with spaces, and ünicode", "story-4711"));
  using Down = std::pair<std::string, std::string>;
  const Down second("with spaces, and ünicode", "2024-06-19T12:00:00Z");
  EXPECT_THAT(lines->InForce(), ElementsAre(second));
  const std::string again = TakedownLine("story-4711", kNoon + absl::Hours(2));
  EXPECT_THAT(ParseTakedownLines(kFirst + kSecond + undo + again)->InForce(),
              ElementsAre(second, Down("story-4711", "2024-06-19T14:00:00Z")));
  // A crash may have cut it off anywhere.
  for (size_t size = 1; size < undo.size(); ++size) {
    const auto cut = ParseTakedownLines(kFirst + undo.substr(0, size));
    ASSERT_OK(cut);
    EXPECT_THAT(cut->InForce(), ElementsAre(Down("story-4711", "2024-06-19T12:00:00Z")));
  }
}

TEST(TakedownLinesTest, NothingElseMayFollowTheLast) {
  const std::string begun = kSecond.substr(0, kSecond.size() - 1);
  for (const std::string& end :
       {std::string(1, '\0'), std::string("\n"), std::string("x"), std::string("0x"),
        begun.substr(0, 32) + "\t", begun.substr(0, 53) + "\t\t", begun.substr(0, 40) + "x",
        begun.substr(0, 52) + "+", begun + '\x01', begun + std::string(schema::kMaxIdBytes, 'x')}) {
    EXPECT_THAT(ParseTakedownLines(kFirst + end),
                StatusIs(absl::StatusCode::kDataLoss, "is damaged in line 2"))
        << end;
  }
}

TEST(TakedownLinesTest, AnyChangedByteIsDamage) {
  for (size_t i = 0; i < kFirst.size(); ++i) {
    std::string changed = kFirst + kSecond;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_THAT(ParseTakedownLines(changed), StatusIs(absl::StatusCode::kDataLoss)) << i;
  }
}

TEST(TakedownLinesTest, WhatCanBeReadIsSalvaged) {
  EXPECT_EQ(SalvageTakedownLines("\n" + kFirst + "rubbish\n" + kSecond + kFirst.substr(0, 40)),
            kFirst + kSecond);
  // The end of its line is all that it has lost.
  EXPECT_EQ(SalvageTakedownLines(kFirst.substr(0, kFirst.size() - 1)), kFirst);
  EXPECT_EQ(SalvageTakedownLines(std::string(100, '\0')), "");
}

}  // namespace
}  // namespace broadsheet::storage
