// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of the blocks of a page that a person sees beside the article.
#include "indexer/sources/html/page_trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "indexer/sources/html/read_html.h"
#include "tests/indexer/sources/collected.h"
#include "tests/indexer/sources/html/pages.h"

namespace broadsheet::sources::html {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::kParagraphs;
using ::broadsheet::testing::NewsPage;
using ::broadsheet::testing::ReadAs;
using ::testing::SizeIs;

class PageTraceTest : public ::testing::Test {
 protected:
  absl::StatusOr<HtmlArticle> Read(const std::string& html) {
    trace_ = RecordTrace();
    return ReadHtml({.bytes = html, .trace = &trace_});
  }

  // "text", "field: caption" or "dropped: in a nav element"; "absent" when no block starts so.
  std::string Fate(std::string_view start) const {
    for (const TracedBlock& block : trace_.blocks()) {
      if (!block.text.starts_with(start)) continue;
      if (block.use == BlockUse::kText) return "text";
      return (block.use == BlockUse::kField ? "field: " : "dropped: ") + block.reason;
    }
    return "absent";
  }

  RecordTrace trace_;
};

TEST_F(PageTraceTest, SaysOfEachBlockWhatBecameOfIt) {
  const auto read = Read(NewsPage(
      "",
      "<p class=\"eyebrow\">Harbour</p><h1>Ferry landing moves</h1><p class=\"byline\">By Inga "
      "Bredal</p><figure><img src=\"a.jpg\"><figcaption>The old quay</figcaption></figure>" +
          std::string(kParagraphs) +
          "<div class=\"share-bar\">Tell your friends</div>"
          "<div style=\"display: none\"><p>Nobody sees this line.</p></div>"
          "<div role=\"navigation\">Up and down</div>"
          "<p><a href=\"/x\">A list of ferries that no longer run</a></p>"
          "<h2>Related</h2><ul><li>Short line</li></ul>"));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(Fate("The harbour board"), "text");
  EXPECT_EQ(Fate("\"Nobody will"), "text");
  EXPECT_EQ(Fate("Ferry landing moves"), "field: headline");
  EXPECT_EQ(Fate("By Inga Bredal"), "field: byline");
  EXPECT_EQ(Fate("The old quay"), "field: caption");
  EXPECT_EQ(Fate("Home"), "dropped: in a nav element");
  EXPECT_EQ(Fate("Tuba found"), "dropped: in an aside element");
  EXPECT_EQ(Fate("© 2025"), "dropped: in a footer element");
  EXPECT_EQ(Fate("Tell your"), "dropped: in an element named \"share-bar\" (\"share\")");
  EXPECT_EQ(Fate("Nobody sees"), "dropped: in a hidden element");
  EXPECT_EQ(Fate("Up and down"), "dropped: in an element of role \"navigation\"");
  EXPECT_EQ(Fate("A list of ferries"), "dropped: mostly links");
  EXPECT_EQ(Fate("Short line"), "dropped: behind a heading such as \"Related\" or \"Tags\"");
}

TEST_F(PageTraceTest, TextAndTracedTextAreTheSame) {
  const auto read = Read(NewsPage("", "<h1>Ferry landing moves</h1>" + std::string(kParagraphs)));
  ASSERT_TRUE(read.ok()) << read.status();
  std::string text;
  for (const TracedBlock& block : trace_.blocks()) {
    if (block.use == BlockUse::kText) text += (text.empty() ? "" : "\n\n") + block.text;
  }
  EXPECT_EQ(text, read->article.body());
}

TEST_F(PageTraceTest, ARefusedPageIsTraced) {
  EXPECT_FALSE(Read("<html><body><nav>Home</nav><p>Your name</p></body></html>").ok());
  EXPECT_EQ(Fate("Home"), "dropped: in a nav element");
  EXPECT_EQ(Fate("Your name"), "dropped: outside the element with most of the text");
}

TEST_F(PageTraceTest, TheTextThatAPageOnlyStatesIsSaidToBeFromElsewhere) {
  std::string stated;
  for (int i = 0; i < 8; ++i) stated += "The stated text has a sentence of ten words here. ";
  const auto read = Read(
      "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Ferry\","
      "\"articleBody\":\"" +
      stated + "\"}</script><h1>Ferry</h1><p>Only the first words of the story are shown here.");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(Fate("Only the first"), "dropped: not needed: the text was taken from elsewhere");
}

TEST_F(PageTraceTest, AHostilePageCostsABoundedTrace) {
  std::string page = "<h1>Head</h1><div class=\"share " + std::string(1 << 20, 'x') + "\">";
  for (int i = 0; i < 50'000; ++i) page += "<p>Line</p>";
  Read(page).IgnoreError();
  EXPECT_TRUE(trace_.is_full());
  EXPECT_EQ(trace_.blocks().size() + trace_.left_out(), 50'001U);
}

TEST_F(PageTraceTest, FilesOfPagesAreTracedBeforeTheirArticles) {
  const Collected pages = ReadAs(
      Format::kHtml, NewsPage("", "<h1>Ferry landing moves</h1>" + std::string(kParagraphs)));
  ASSERT_THAT(pages.articles, SizeIs(1));
  ASSERT_THAT(pages.traces, SizeIs(1));
  EXPECT_EQ(pages.traces[0].record(), "");
  EXPECT_GT(pages.traces[0].blocks().size(), 5U);
}

}  // namespace
}  // namespace broadsheet::sources::html
