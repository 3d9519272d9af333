// SPDX-License-Identifier: GPL-3.0-or-later
// Which of a page's titles becomes the headline.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

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
  // More of the page's head.
  std::string head = {};
};

std::string HeadlineOf(const Titles& titles) {
  std::string head = titles.head;
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

TEST(HeadlineTest, HeadingAloneOutweighsAnOtherWordingOfOneStatement) {
  EXPECT_EQ(HeadlineOf({.json_ld = "What the harbour board decided",
                        .open_graph = "Varnholm: the board has decided",
                        .title = "Ferry landing moves north in spring | Lantern",
                        .headings = "<h1>Ferry landing moves north in spring</h1>"}),
            "Ferry landing moves north in spring");
}

TEST(HeadlineTest, MetaElementForListingsSpeaksForALowerHeading) {
  EXPECT_EQ(HeadlineOf({.open_graph = "The board has made a HUGE mistake",
                        .title = "The board has made a HUGE mistake",
                        .site = "Harbour Diary",
                        .headings = "<h1>Harbour Diary</h1><h2>Ferry landing moves north</h2>",
                        .head = "<meta name=\"sailthru.title\" content=\"Ferry landing moves "
                                "north\">"}),
            "Ferry landing moves north");
}

// The headline lost all that stood behind a dash where it began like the site's name.
TEST(HeadlineTest, SitesNameWithinAHeadlineIsKept) {
  for (const auto& [headline, site] : std::vector<std::pair<std::string, std::string>>{
           {"Harbour nights – Lantern festival opens on the quay", "Lantern"},
           {"Guide to Varnholm - Gazette Street opens to all traffic at last", "Gazette"},
           {"Lantern wins award: a year of the Lantern", "Lantern"},
           {"Why all of Varnholm loves the Lantern", "Lantern"},
           {"Varnholm and the Lantern – a century apart", "Lantern"}}) {
    EXPECT_EQ(HeadlineOf({.open_graph = headline, .title = headline, .site = site}), headline);
    EXPECT_EQ(HeadlineOf({.open_graph = headline,
                          .title = headline + " | " + site,
                          .site = site,
                          .headings = "<h1>" + headline + "</h1>"}),
              headline);
  }
}

// "Lantern - Ferry landing moves" was the headline where nothing else named the site.
TEST(HeadlineTest, SitesNameInFrontIsLeftOut) {
  const auto at = [](const std::string& url) {
    return "<meta property=\"og:url\" content=\"" + url + "\">";
  };
  const std::string kHeadline = "Ferry landing moves north";
  EXPECT_EQ(HeadlineOf({.open_graph = "ProofLantern - " + kHeadline,
                        .title = "ProofLantern | " + kHeadline,
                        .head = at("https://www.prooflantern.example/2031/ferry")}),
            kHeadline);
  EXPECT_EQ(HeadlineOf({.open_graph = "Varnholm Today - " + kHeadline,
                        .title = "Varnholm Today - " + kHeadline,
                        .head = at("https://varnholmtoday.co.uk/a")}),
            kHeadline);
  EXPECT_EQ(HeadlineOf({.open_graph = "Hafenblatt · " + kHeadline,
                        .head = at("https://m.hafenblatt.de:443/x/1")}),
            kHeadline);
  EXPECT_EQ(HeadlineOf({.open_graph = "Varnholm Today | " + kHeadline,
                        .title = "Varnholm Today – " + kHeadline}),
            kHeadline);
  EXPECT_EQ(HeadlineOf({.open_graph = "Lantern - " + kHeadline, .site = "Lantern"}), kHeadline);
  // The heading has it, too: part of the headline.
  EXPECT_EQ(HeadlineOf({.open_graph = "Lantern - the film of the ferry",
                        .site = "Lantern",
                        .headings = "<h1>Lantern - the film of the ferry</h1>"}),
            "Lantern - the film of the ferry");
  EXPECT_EQ(HeadlineOf({.open_graph = "Varnholm - ferry landing moves north",
                        .title = "Varnholm - ferry landing moves north",
                        .site = "Lantern"}),
            "Varnholm - ferry landing moves north");
}

TEST(HeadlineTest, SectionBeforeTheHeadlineInTheHeadingIsLeftOut) {
  for (const char* const heading :
       {"<a href=/o>Opinion</a> ", "Opinion: ", "<b>Opinion</b>", "Opinion | "}) {
    EXPECT_EQ(
        HeadlineOf({.json_ld = "Ferry landing moves north",
                    .open_graph = "Opinion | Ferry landing moves north",
                    .title = "Opinion | Ferry landing moves north - Lantern",
                    .headings = std::string("<h1>") + heading + "Ferry landing moves north</h1>",
                    .head = "<meta property=\"article:section\" content=\"Opinion\">"}),
        "Ferry landing moves north");
  }
}

TEST(HeadlineTest, SectionBehindATitleIsLeftOut) {
  const std::string section = "<meta property=\"article:section\" content=\"정치\">";
  EXPECT_EQ(HeadlineOf({.open_graph = "항구 나루터 북쪽으로 옮긴다-정치ㅣ등대신문",
                        .site = "등대신문",
                        .head = section}),
            "항구 나루터 북쪽으로 옮긴다");
}

TEST(HeadlineTest, OnlyHeadingIsTheHeadlineHoweverShort) {
  for (const char* const deck : {"deck", "article-subtitle", "standfirst"}) {
    const std::string headings = std::string("<h1>Ferries</h1><h2 class=") + deck +
                                 ">What the harbour board wants to change by spring</h2>";
    EXPECT_EQ(HeadlineOf({.headings = headings}), "Ferries");
    EXPECT_EQ(HeadlineOf({.title = "Ferries | Lantern", .headings = headings}), "Ferries");
    EXPECT_EQ(HeadlineOf({.title = "Lantern", .site = "Lantern", .headings = headings}), "Ferries");
    EXPECT_EQ(HeadlineOf({.title = "What the harbour board wants to change by spring | Lantern",
                          .headings = headings}),
              "Ferries");
  }
}

TEST(HeadlineTest, MarkBehindAKickerIsNoPartOfTheHeadline) {
  EXPECT_EQ(HeadlineOf({.headings = "<h1><span class=kicker>Varnholm</span>: Ferry landing moves "
                                    "north</h1>"}),
            "Ferry landing moves north");
  EXPECT_EQ(HeadlineOf({.headings = "<h1><b class=kicker>Varnholm</b> – Ferry landing moves "
                                    "north</h1>"}),
            "Ferry landing moves north");
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

// A title for networks was taken for the headline wherever only Open Graph differed.
TEST(HeadlineTest, WordingForSharingGivesWayToThePrintedHeadingThatOthersRepeat) {
  for (const char* const shared :
       {"You will not believe where the ferry goes now", "Two hundred metres that divide a town",
        "Varnholm ferry", "Watch: the landing that moved", "Varnholm ferry: landing to move?!"}) {
    EXPECT_EQ(HeadlineOf({.json_ld = "Varnholm ferry: landing to move north",
                          .open_graph = shared,
                          .title = "Varnholm ferry: landing to move north | Lantern",
                          .headings = "<h1>Varnholm ferry: landing to move north</h1>"}),
              "Varnholm ferry: landing to move north");
  }
}

TEST(HeadlineTest, StatementThatTheLineBelowTheHeadingRepeatsIsTheHeadline) {
  const std::string headings =
      "<h1>Varnholm ferry: landing to move</h1><h2>Two hundred metres that divide a town</h2>";
  EXPECT_EQ(HeadlineOf({.json_ld = "Varnholm ferry: landing to move",
                        .open_graph = "Two hundred metres that divide a town",
                        .title = "Varnholm ferry: landing to move | Lantern",
                        .headings = headings}),
            "Two hundred metres that divide a town");
  EXPECT_EQ(HeadlineOf({.json_ld = "Two hundred metres that divide a town",
                        .open_graph = "Varnholm ferry: landing to move",
                        .title = "Varnholm ferry: landing to move | Lantern",
                        .headings = headings}),
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

TEST(HeadlineTest, WhatWasWeighedIsToldBestFirst) {
  const std::string page = NewsPage(
      "<meta property=\"og:title\" content=\"Where the ferry goes\">"
      "<title>Ferry landing moves north</title>",
      std::string("<h1>Ferry landing moves north</h1>") + kParagraphs);
  const auto read = ReadHtml({.bytes = page});
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_FALSE(read->rules.empty());
  EXPECT_EQ(read->rules.front().rule, "h1, as in title element");
  const std::vector<ConsideredValue>& considered = read->rules.front().considered;
  ASSERT_EQ(considered.size(), 2U);
  EXPECT_EQ(considered[0].value, "Ferry landing moves north");
  EXPECT_EQ(considered[0].signs, "h1, title element, likeness 1.00");
  EXPECT_EQ(considered[1].value, "Where the ferry goes");
  EXPECT_EQ(considered[1].signs, "Open Graph");
  EXPECT_GT(considered[0].score, considered[1].score);
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
