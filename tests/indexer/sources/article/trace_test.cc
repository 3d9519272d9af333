// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "engine/text/utf8.h"
#include "tests/indexer/sources/collected.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::ReadAs;
using ::testing::HasSubstr;
using ::testing::SizeIs;

TEST(RecordTraceTest, LongBlocksAreShortenedBetweenCharacters) {
  RecordTrace trace;
  std::string text = "x";
  while (text.size() < 2 * RecordTrace::kMaxBlockBytes) text += "ü";
  trace.AddBlock(text, BlockUse::kText, "");
  ASSERT_THAT(trace.blocks(), SizeIs(1));
  EXPECT_LE(trace.blocks()[0].text.size(), RecordTrace::kMaxBlockBytes + 3);
  EXPECT_TRUE(trace.blocks()[0].text.ends_with("ü…"));
  EXPECT_TRUE(text::IsValidUtf8(trace.blocks()[0].text));
}

TEST(RecordTraceTest, BlocksBeyondTheBoundsAreCounted) {
  RecordTrace many;
  for (size_t i = 0; i < RecordTrace::kMaxBlocks + 7; ++i) many.AddBlock("x", BlockUse::kNone, "y");
  EXPECT_THAT(many.blocks(), SizeIs(RecordTrace::kMaxBlocks));
  EXPECT_EQ(many.left_out(), 7U);

  RecordTrace large;
  const std::string block(RecordTrace::kMaxBlockBytes, 'x');
  for (size_t i = 0; i < 1000; ++i) large.AddBlock(block, BlockUse::kNone, "y");
  EXPECT_LT(large.blocks().size(), 140U);
  EXPECT_EQ(large.blocks().size() + large.left_out(), 1000U);
}

TEST(RecordTraceTest, TheRecordOfEveryFormatWithoutAPageIsTraced) {
  const Collected lines = ReadAs(Format::kJsonl, "{\"headline\":\"A\",\"body\":\"B\"}\nnot json\n");
  ASSERT_THAT(lines.traces, SizeIs(2));
  EXPECT_EQ(lines.traces[0].record(), "{\"headline\":\"A\",\"body\":\"B\"}");
  EXPECT_EQ(lines.traces[1].record(), "not json");

  const Collected ninjs =
      ReadAs(Format::kNinjs,
             "[{\"uri\":\"u\",\"headline\":\"A\",\"versioncreated\":\"2024-01-01T00:00:00Z\"}]");
  ASSERT_THAT(ninjs.traces, SizeIs(1));
  EXPECT_THAT(ninjs.traces[0].record(), HasSubstr("\"uri\":\"u\""));

  const Collected rss = ReadAs(Format::kRss,
                               "<rss><channel><item><title>A &amp; B</title><link>https://a.example"
                               "/1</link></item><item/></channel></rss>");
  ASSERT_THAT(rss.traces, SizeIs(2));
  EXPECT_EQ(rss.traces[0].record(),
            "<item>\n  <title>A & B</title>\n  <link>https://a.example/1</link>\n</item>\n");
  EXPECT_EQ(rss.traces[1].record(), "<item/>\n");
}

TEST(RecordTraceTest, EachItemOfAWrapperIsTracedByItself) {
  const Collected ninjs =
      ReadAs(Format::kNinjs,
             "{\"_items\": [ "
             "{\"uri\":\"u1\",\"headline\":\"A\",\"versioncreated\":\"2024-01-01T00:00:00Z\"},"
             "{\"uri\":\"u2\",\"headline\":\"B\",\"versioncreated\":\"2024-01-01T00:00:00Z\"}]}");
  ASSERT_THAT(ninjs.articles, SizeIs(2));
  ASSERT_THAT(ninjs.traces, SizeIs(3));
  EXPECT_TRUE(ninjs.traces[1].record().starts_with("{\"uri\":\"u1\"")) << ninjs.traces[1].record();
  EXPECT_TRUE(ninjs.traces[2].record().starts_with("{\"uri\":\"u2\""));
}

TEST(RecordTraceTest, ALongRecordIsShortened) {
  const std::string text(4 * RecordTrace::kMaxBytes, 'x');
  const Collected lines =
      ReadAs(Format::kJsonl, "{\"headline\":\"A\",\"body\":\"" + text + "\"}\n");
  ASSERT_THAT(lines.traces, SizeIs(1));
  EXPECT_LE(lines.traces[0].record().size(), RecordTrace::kMaxBytes + 3);
  const Collected rss = ReadAs(
      Format::kRss, "<rss><channel><item><title>" + text + "</title></item></channel></rss>");
  ASSERT_THAT(rss.traces, SizeIs(1));
  EXPECT_LE(rss.traces[0].record().size(), RecordTrace::kMaxBytes + 3);
}

}  // namespace
}  // namespace broadsheet::sources
