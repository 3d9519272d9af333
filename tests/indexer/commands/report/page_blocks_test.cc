// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/report/page_blocks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace broadsheet::commands {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(IndentedRecordTest, ShowsAnObjectOverSeveralLines) {
  EXPECT_EQ(IndentedRecord(R"({"a":"x, {y}: \"z\"","b":[1,{}]})"),
            "{\n  \"a\": \"x, {y}: \\\"z\\\"\",\n  \"b\": [\n    1,\n    {\n      \n    }\n  ]\n}");
}

TEST(IndentedRecordTest, TakesBrokenAndOtherRecords) {
  EXPECT_EQ(IndentedRecord("not json"), "not json");
  EXPECT_EQ(IndentedRecord("{\"a\":\"b\\"), "{\n  \"a\": \"b\\");
  EXPECT_EQ(IndentedRecord("{}}}]]"), "{\n  \n}\n}\n}\n]\n]");
  IndentedRecord(std::string(10'000, '{'));
}

TEST(RenderOriginTest, BlocksHaveTheirUseAndReason) {
  sources::RecordTrace trace;
  trace.AddBlock("Home", sources::BlockUse::kNone, "in a nav element");
  trace.AddBlock("Title", sources::BlockUse::kField, "headline");
  trace.AddBlock("Text", sources::BlockUse::kText, "");
  const std::string html = RenderOrigin(trace);
  EXPECT_THAT(html, HasSubstr("dropped: in a nav element</span><p dir=auto><del>Home</del></p>"));
  EXPECT_THAT(html, HasSubstr("<span class=why>headline</span><p dir=auto>Title</p>"));
  EXPECT_THAT(html, HasSubstr("<li class=keep><p dir=auto>Text</p></li>"));
}

TEST(RenderOriginTest, ManyBlocksOfOneReasonAreFolded) {
  sources::RecordTrace trace;
  for (int i = 0; i < 20; ++i) {
    trace.AddBlock("Line" + std::to_string(i), sources::BlockUse::kNone, "in a nav element");
  }
  const std::string html = RenderOrigin(trace);
  EXPECT_THAT(html, HasSubstr("<summary>14 more like these</summary>"));
  EXPECT_THAT(html, HasSubstr("<del>Line19</del>"));
  EXPECT_EQ(html.find("dropped: "), html.rfind("dropped: "));
}

TEST(RenderOriginTest, NothingIsShownOfNothing) {
  EXPECT_EQ(RenderOrigin(sources::RecordTrace()), "");
}

}  // namespace
}  // namespace broadsheet::commands
