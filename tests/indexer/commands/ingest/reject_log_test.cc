// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/ingest/reject_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <sstream>
#include <string>

#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::commands {
namespace {

using ::broadsheet::testing::ReadFile;
using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
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

TEST(RejectLogTest, PrintsTheFirstAndKeepsAllAsJson) {
  TempDir folder;
  const std::string file = folder / "rejects.jsonl";
  std::ostringstream err;
  ProgressLine line(err, false);
  auto log = RejectLog::Open(file, line);
  ASSERT_OK(log);
  for (uint64_t i = 1; i <= 25; ++i) {
    ASSERT_OK((*log)->Add({.input = "a.jsonl",
                           .line = i,
                           .byte_offset = 10 * i,
                           .reason = "bad \"x\"",
                           .record = "caf\xe9\n\x01"}));
  }
  ASSERT_OK((*log)->Finish());
  EXPECT_EQ((*log)->count(), 25U);
  EXPECT_THAT(err.str(), HasSubstr("a.jsonl:1: bad \"x\"\n"));
  EXPECT_THAT(err.str(), HasSubstr("a.jsonl:20: "));
  EXPECT_THAT(err.str(), ::testing::Not(HasSubstr("a.jsonl:21: ")));
  EXPECT_THAT(err.str(), HasSubstr("... and 5 more rejected; all are in " + file));

  std::istringstream kept(ReadFile(file));
  std::string row;
  uint64_t rows = 0;
  simdjson::dom::parser parser;
  while (std::getline(kept, row)) {
    ++rows;
    const simdjson::dom::element reject = parser.parse(row);
    EXPECT_EQ(uint64_t(reject["line"]), rows);
    EXPECT_EQ(uint64_t(reject["byteOffset"]), 10 * rows);
    EXPECT_EQ(std::string_view(reject["file"]), "a.jsonl");
    EXPECT_EQ(std::string_view(reject["reason"]), "bad \"x\"");
    EXPECT_EQ(std::string_view(reject["record"]), "caf\xef\xbf\xbd\n\x01");
  }
  EXPECT_EQ(rows, 25U);
}

TEST(RejectLogTest, RejectOfAWholeFileHasNoLine) {
  TempDir folder;
  const std::string file = folder / "rejects.jsonl";
  std::ostringstream err;
  ProgressLine line(err, false);
  auto log = RejectLog::Open(file, line);
  ASSERT_OK(log);
  ASSERT_OK((*log)->Add({.input = "a.txt", .reason = "empty file"}));
  ASSERT_OK((*log)->Finish());
  EXPECT_EQ(err.str(), "a.txt: empty file\n");
  EXPECT_THAT(ReadFile(file), HasSubstr("\"line\":null"));
}

TEST(RejectLogTest, FileThatCannotBeWrittenIsAnError) {
  std::ostringstream err;
  ProgressLine line(err, false);
  EXPECT_THAT(RejectLog::Open("/nowhere/rejects", line),
              StatusIs(absl::StatusCode::kUnavailable,
                       HasSubstr("cannot write the rejects to /nowhere/rejects: No such file")));
}

TEST(RejectLogTest, FullDiskIsAnErrorAndNotSilence) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "/dev/full is absent";
  std::ostringstream err;
  ProgressLine line(err, false);
  auto log = RejectLog::Open("/dev/full", line);
  ASSERT_OK(log);
  ASSERT_OK((*log)->Add({.input = "a", .reason = "b"}));
  EXPECT_THAT((*log)->Finish(), StatusIs(absl::StatusCode::kResourceExhausted));
}

}  // namespace
}  // namespace broadsheet::commands
