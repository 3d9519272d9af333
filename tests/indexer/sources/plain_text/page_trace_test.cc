// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/page_trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "indexer/sources/plain_text/read_page.h"
#include "tests/indexer/sources/collected.h"

namespace broadsheet::sources::page {
namespace {

using ::testing::SizeIs;

constexpr const char* kCopy =
    "Home\nVarnholm and around\nSign in\n\n"
    "Ferry landing moves north\n\n"
    "By Inga Bredal\nMarch 3, 2025\n\n"
    "The harbour board of Varnholm voted on Monday to move the ferry landing two hundred metres "
    "north, away from the old quay and its cranes.\n\n"
    "The old quay, seen from the fish market. (Photo: Jo Bell/Lantern)\n\n"
    "Work will begin in spring, the board said, and the boats will keep their timetable while the "
    "new pier is being built beside the fish market.\n\n"
    "Copyright 2025 The Varnholm Lantern\n";

std::string FateOf(const RecordTrace& trace, std::string_view start) {
  for (const TracedBlock& block : trace.blocks()) {
    if (!block.text.starts_with(start)) continue;
    if (block.use == BlockUse::kText) return "text";
    return (block.use == BlockUse::kField ? "field: " : "dropped: ") + block.reason;
  }
  return "absent";
}

TEST(TextTraceTest, SaysOfEachLineWhatBecameOfIt) {
  RecordTrace trace;
  ReadPage(kCopy, &trace);
  EXPECT_EQ(FateOf(trace, "Varnholm and around"), "dropped: above the text");
  EXPECT_EQ(FateOf(trace, "Sign in"),
            "dropped: reads like a menu, a button or a notice of the page");
  EXPECT_EQ(FateOf(trace, "Ferry landing"), "field: headline");
  EXPECT_EQ(FateOf(trace, "By Inga"), "field: byline");
  EXPECT_EQ(FateOf(trace, "The harbour"), "text");
  EXPECT_EQ(FateOf(trace, "The old quay"), "field: caption");
  EXPECT_EQ(FateOf(trace, "Work will"), "text");
  EXPECT_EQ(FateOf(trace, "Copyright"), "dropped: a copyright notice");
}

TEST(TextTraceTest, ATextWithoutParagraphsIsTracedToo) {
  RecordTrace trace;
  const v1::Article article = ReadPage("Ferry moves\nTwo lines only.\n", &trace);
  EXPECT_EQ(article.body(), "Two lines only.");
  EXPECT_EQ(FateOf(trace, "Ferry moves"), "field: headline");
  EXPECT_EQ(FateOf(trace, "Two lines"), "text");
}

TEST(TextTraceTest, FilesOfTextAreTraced) {
  const testing::Collected texts = testing::ReadText(kCopy);
  ASSERT_THAT(texts.traces, SizeIs(1));
  EXPECT_EQ(FateOf(texts.traces[0], "The harbour"), "text");
}

}  // namespace
}  // namespace broadsheet::sources::page
