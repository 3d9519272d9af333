// SPDX-License-Identifier: GPL-3.0-or-later
// Which of a page's titles becomes the headline.
#include <gtest/gtest.h>

#include <string>

#include "indexer/sources/html/read_html.h"
#include "tests/indexer/sources/html/pages.h"

namespace broadsheet::sources::html {
namespace {

using ::broadsheet::testing::kParagraphs;
using ::broadsheet::testing::NewsPage;

// Where a page says how its article is called.
struct Titles {
  std::string json_ld = {};
  std::string open_graph = {};
  std::string title = {};
  std::string site = {};
  // As HTML.
  std::string headings = {};
};

std::string HeadlineOf(const Titles& titles) {
  std::string head;
  if (!titles.json_ld.empty()) {
    head += R"(<script type="application/ld+json">{"@type":"NewsArticle","headline":")" +
            titles.json_ld + "\"}</script>";
  }
  if (!titles.open_graph.empty()) {
    head += "<meta property=\"og:title\" content=\"" + titles.open_graph + "\">";
  }
  if (!titles.site.empty()) {
    head += "<meta property=\"og:site_name\" content=\"" + titles.site + "\">";
  }
  if (!titles.title.empty()) head += "<title>" + titles.title + "</title>";
  const std::string page = NewsPage(head, titles.headings + kParagraphs);
  const auto read = ReadHtml({.bytes = page});
  return read.ok() ? read->article.headline() : std::string(read.status().message());
}

TEST(HeadlineTest, JsonLdAndOpenGraphOutweighTheHeading) {
  EXPECT_EQ(HeadlineOf({.json_ld = "Ferry landing moves north in spring",
                        .open_graph = "Ferry landing moves north in spring",
                        .headings = "<h1>Landing moves</h1>"}),
            "Ferry landing moves north in spring");
}

TEST(HeadlineTest, AStatementThatNamesTheSiteIsNone) {
  EXPECT_EQ(HeadlineOf({.json_ld = "The Lantern",
                        .open_graph = "Ferry landing moves north in spring - The Lantern",
                        .title = "Ferry landing moves north in spring - The Lantern",
                        .site = "The Lantern",
                        .headings = "<h1>Ferry landing moves north in spring</h1>"}),
            "Ferry landing moves north in spring");
}

TEST(HeadlineTest, WhatIsLeftWithoutTheKickerIsNoLesserPart) {
  EXPECT_EQ(HeadlineOf({.open_graph = "Varnholm: board votes",
                        .title = "Varnholm: board votes",
                        .headings = "<h1>Varnholm<span>:</span> <span class=\"kicker\">Ferry "
                                    "landing moves north in spring</span></h1>"}),
            "Varnholm: Ferry landing moves north in spring");
}

TEST(HeadlineTest, HeadingOutweighsAnOpenGraphTitleThatIsRepeatedInTheTitleElement) {
  EXPECT_EQ(HeadlineOf({.open_graph = "Varnholm ferry: all you need to know",
                        .title = "Varnholm ferry: all you need to know | Lantern",
                        .headings = "<h1>Ferry landing moves north</h1>"}),
            "Ferry landing moves north");
}

TEST(HeadlineTest, StatementWrittenApartFromThreeThatAgreeIsTheHeadline) {
  EXPECT_EQ(HeadlineOf({.json_ld = "Varnholm ferry: landing to move",
                        .open_graph = "Two hundred metres that divide a town",
                        .title = "Varnholm ferry: landing to move | Lantern",
                        .headings = "<h1>Varnholm ferry: landing to move</h1>"}),
            "Two hundred metres that divide a town");
  EXPECT_EQ(HeadlineOf({.json_ld = "Two hundred metres that divide a town",
                        .open_graph = "Varnholm ferry: landing to move",
                        .title = "Varnholm ferry: landing to move | Lantern",
                        .headings = "<h1>Varnholm ferry: landing to move</h1>"}),
            "Two hundred metres that divide a town");
}

TEST(HeadlineTest, AdditionToTheHeadingWasNotWrittenApart) {
  EXPECT_EQ(HeadlineOf({.json_ld = "Ferry landing moves north",
                        .open_graph = "Harbour: Ferry landing moves north",
                        .title = "Ferry landing moves north",
                        .headings = "<h1>Ferry landing moves north</h1>"}),
            "Ferry landing moves north");
}

TEST(HeadlineTest, KickerWithinTheHeadingIsLeftOutUnlessAStatementHasIt) {
  const std::string heading =
      "<h1><span class=\"head__kicker\">Harbour</span><span aria-hidden=\"true\"> - </span>"
      "<span>Ferry landing moves north</span></h1>";
  EXPECT_EQ(HeadlineOf({.headings = heading}), "Ferry landing moves north");
  EXPECT_EQ(HeadlineOf({.open_graph = "Ferry landing moves north", .headings = heading}),
            "Ferry landing moves north");
  EXPECT_EQ(HeadlineOf({.open_graph = "Harbour - Ferry landing moves north", .headings = heading}),
            "Harbour - Ferry landing moves north");
}

TEST(HeadlineTest, WordsThatRunIntoOneAnotherInTheHeadingAreSpacedAsStated) {
  EXPECT_EQ(HeadlineOf({.open_graph = "Harbour / Ferry landing moves north",
                        .headings = "<h1><b>Harbour</b>Ferry landing moves north</h1>"}),
            "Harbour / Ferry landing moves north");
}

TEST(HeadlineTest, LinkBehindTheHeadlineIsNoPartOfIt) {
  EXPECT_EQ(HeadlineOf({.open_graph = "Ferry landing moves north",
                        .title = "Ferry landing moves north » Local » Lantern",
                        .headings = "<h1>Ferry landing moves north <a href=/>Lantern</a></h1>"}),
            "Ferry landing moves north");
}

TEST(HeadlineTest, HeadingOfAWordOrTwoGivesWayToTheStatementThatStartsWithIt) {
  EXPECT_EQ(HeadlineOf({.open_graph = "Tidewater: Songs for a Harbour",
                        .title = "Tidewater: Songs for a Harbour Review | Lantern",
                        .headings = "<h1>Tidewater</h1>"}),
            "Tidewater: Songs for a Harbour");
}

TEST(HeadlineTest, LowerHeadingIsTakenWhereTheFirstNamesSiteOrSection) {
  EXPECT_EQ(HeadlineOf({.title = "Harbour Diary - Ferry landing moves north",
                        .headings = "<h1>Harbour Diary</h1><h3>Ferry landing moves north</h3>"}),
            "Ferry landing moves north");
  EXPECT_EQ(HeadlineOf({.open_graph = "Ferry landing moves north",
                        .title = "Varnholm harbour board",
                        .headings = "<h1>Announcements</h1><h2>Ferry landing moves north: what "
                                    "passengers should know</h2>"}),
            "Ferry landing moves north: what passengers should know");
}

TEST(HeadlineTest, OpenGraphTitleBehindTheSitesNameIsTheHeadline) {
  EXPECT_EQ(HeadlineOf({.open_graph = "Ferry landing moves north in spring",
                        .title = "Harbour Diary: Ferry landing moves north in sp",
                        .headings = "<h1>Harbour Diary</h1>"}),
            "Ferry landing moves north in spring");
}

TEST(HeadlineTest, SignThatLinksToAHeadingIsNoPartOfIt) {
  EXPECT_EQ(HeadlineOf({.headings = "<h1>Ferry landing moves north<a href=#top>¶</a></h1>"}),
            "Ferry landing moves north");
}

TEST(HeadlineTest, SiteNameBehindATitleIsLeftOut) {
  const auto stated = [](const std::string& title, const std::string& site) {
    return HeadlineOf({.open_graph = title, .site = site});
  };
  EXPECT_EQ(stated("Ferry landing moves | Harbour | Lantern", ""), "Ferry landing moves");
  EXPECT_EQ(stated("Ferry landing moves - Lantern", "Lantern"), "Ferry landing moves");
  EXPECT_EQ(stated("Ferry landing moves - lantern.example", "Lantern"), "Ferry landing moves");
  EXPECT_EQ(stated("港の渡し船が北へ移る：灯台新聞", "灯台新聞"), "港の渡し船が北へ移る");
  EXPECT_EQ(stated("港の渡し船が北へ移る_地域_灯台新聞", "灯台新聞"), "港の渡し船が北へ移る");
  // Nothing says that these are sites.
  EXPECT_EQ(stated("Ferry landing moves north – at last", "Lantern"),
            "Ferry landing moves north – at last");
  EXPECT_EQ(stated("Ferry landing: what now", "Lantern"), "Ferry landing: what now");
}

TEST(HeadlineTest, PageOfAVideoOrOfTextInAScriptIsAnArticleByWhatItStates) {
  const auto read = ReadHtml(
      {.bytes = "<meta property=\"og:type\" content=\"video.other\"><meta property=\"og:title\" "
                "content=\"The landing from the air\"><meta itemprop=\"datePublished\" "
                "content=\"2025-03-03\"><h1>The landing from the air</h1>"});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->article.headline(), "The landing from the air");
}

}  // namespace
}  // namespace broadsheet::sources::html
