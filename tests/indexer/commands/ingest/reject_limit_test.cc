// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/ingest/reject_limit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/status_matchers.h"

namespace broadsheet::commands {
namespace {

using ::broadsheet::testing::StatusIs;
using ::testing::HasSubstr;

TEST(RejectLimitTest, NumberIsExceededByOneMore) {
  const auto limit = RejectLimit::Parse("2");
  ASSERT_OK(limit);
  EXPECT_FALSE(limit->ExceededAlready(2));
  EXPECT_TRUE(limit->ExceededAlready(3));
  EXPECT_FALSE(limit->Exceeded(2, 2));
  EXPECT_TRUE(limit->Exceeded(3, 1000000));
}

TEST(RejectLimitTest, ShareIsOfAllRecordsButLeavesSmallInputsAlone) {
  const auto limit = RejectLimit::Parse("10%");
  ASSERT_OK(limit);
  EXPECT_FALSE(limit->ExceededAlready(1000));
  EXPECT_FALSE(limit->Exceeded(10, 11));
  EXPECT_FALSE(limit->Exceeded(11, 110));
  EXPECT_TRUE(limit->Exceeded(11, 109));
}

TEST(RejectLimitTest, AnythingElseIsRefusedWithAnExample) {
  for (const char* text : {"", "%", "x", "-1", "5 %", "101%", "-3%", "1.5"}) {
    EXPECT_THAT(RejectLimit::Parse(text),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("as in 100 or 5%")))
        << text;
  }
}

}  // namespace
}  // namespace broadsheet::commands
