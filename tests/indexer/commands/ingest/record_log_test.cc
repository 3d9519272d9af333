// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/ingest/record_log.h"

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

// The log of rejects in `file`.
absl::StatusOr<RecordLog> OpenRejects(const std::string& file, ProgressLine& line) {
  absl::StatusOr<ReportFile> report = ReportFile::Open(file, "the rejects");
  if (!report.ok()) return report.status();
  return RecordLog(*std::move(report), "rejected", "--rejects FILE", line);
}

// A bug once: a mark of direction in a note went to the terminal, which then showed the rest of the
// line turned round.
TEST(RecordLogTest, PrintsMarksThatTurnTextRoundAsNumbers) {
  std::ostringstream err;
  ProgressLine line(err, false);
  auto log = OpenRejects("", line);
  ASSERT_OK(log);
  ASSERT_OK(log->Add(sources::Warning{
      .place = {.input = "a.jsonl", .line = 1},
      .reason = "a note says \"HOLD \u202etill\u2066 FRIDAY\", and \u05d0\u200f is Hebrew"}));
  EXPECT_THAT(err.str(), HasSubstr("\"HOLD <U+202E>till<U+2066> FRIDAY\", and \u05d0\u200f is"));
}

TEST(RecordLogTest, PrintsTheFirstAndKeepsAllAsJson) {
  TempDir folder;
  const std::string file = folder / "rejects.jsonl";
  std::ostringstream err;
  ProgressLine line(err, false);
  auto log = OpenRejects(file, line);
  ASSERT_OK(log);
  for (uint64_t i = 1; i <= 25; ++i) {
    ASSERT_OK(log->Add(sources::Reject{.input = "a.jsonl",
                                       .line = i,
                                       .byte_offset = 10 * i,
                                       .reason = "bad \"x\"",
                                       .record = "caf\xe9\n\x01"}));
  }
  ASSERT_OK(log->Finish());
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

TEST(RecordLogTest, RejectOfAWholeFileHasNoLine) {
  TempDir folder;
  const std::string file = folder / "rejects.jsonl";
  std::ostringstream err;
  ProgressLine line(err, false);
  auto log = OpenRejects(file, line);
  ASSERT_OK(log);
  ASSERT_OK(log->Add(sources::Reject{.input = "a.txt", .reason = "empty file"}));
  ASSERT_OK(log->Finish());
  EXPECT_EQ(err.str(), "a.txt: empty file\n");
  EXPECT_THAT(ReadFile(file), HasSubstr("\"line\":null"));
}

TEST(RecordLogTest, ALossSaysHowManyRecordsAreLost) {
  TempDir folder;
  const std::string file = folder / "rejects.jsonl";
  std::ostringstream err;
  ProgressLine line(err, false);
  auto log = OpenRejects(file, line);
  ASSERT_OK(log);
  ASSERT_OK(log->Add(sources::Reject{
      .input = "a.xml", .line = 7, .reason = "the document breaks off", .lost = 3}));
  ASSERT_OK(log->Finish());
  EXPECT_EQ(err.str(), "a.xml:7: at least 3 records lost: the document breaks off\n");
  EXPECT_THAT(ReadFile(file), HasSubstr("\"lost\":3}"));
}

TEST(RecordLogTest, NoByteOfAFileReachesTheTerminalAsACommand) {
  std::ostringstream err;
  ProgressLine line(err, false);
  auto log = OpenRejects("", line);
  ASSERT_OK(log);
  ASSERT_OK(log->Add(sources::Reject{.input = "a\x1b[2J.xml", .reason = "no \xff\x07 charset"}));
  EXPECT_EQ(err.str(), "a[2J.xml: no \xef\xbf\xbd charset\n");
}

TEST(RecordLogTest, AWarningSaysThatItIsOne) {
  TempDir folder;
  const std::string file = folder / "warnings.jsonl";
  std::ostringstream err;
  ProgressLine line(err, false);
  auto report = ReportFile::Open(file, "the warnings");
  ASSERT_OK(report);
  RecordLog log(*std::move(report), "warnings", "--warnings FILE", line);
  ASSERT_OK(log.Add(sources::Warning{.place = {.input = "a.xml", .line = 7, .byte_offset = 90},
                                     .reason = "withheld"}));
  ASSERT_OK(log.Finish());
  EXPECT_EQ(err.str(), "a.xml:7: warning: withheld\n");
  EXPECT_EQ(ReadFile(file),
            "{\"file\":\"a.xml\",\"line\":7,\"byteOffset\":90,\"reason\":\"withheld\"}\n");
}

TEST(RecordLogTest, FileThatCannotBeWrittenIsAnError) {
  std::ostringstream err;
  ProgressLine line(err, false);
  EXPECT_THAT(OpenRejects("/nowhere/rejects", line),
              StatusIs(absl::StatusCode::kUnavailable,
                       HasSubstr("cannot write the rejects to /nowhere/rejects: No such file")));
}

TEST(RecordLogTest, FullDiskIsAnErrorAndNotSilence) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "/dev/full is absent";
  std::ostringstream err;
  ProgressLine line(err, false);
  auto log = OpenRejects("/dev/full", line);
  ASSERT_OK(log);
  ASSERT_OK(log->Add(sources::Reject{.input = "a", .reason = "b"}));
  EXPECT_THAT(log->Finish(), StatusIs(absl::StatusCode::kResourceExhausted));
}

}  // namespace
}  // namespace broadsheet::commands
