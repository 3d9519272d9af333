// SPDX-License-Identifier: GPL-3.0-or-later
// Whom a page names as its authors, in statements and in print.
#include <gtest/gtest.h>

#include <string>

#include "indexer/sources/html/read_html.h"
#include "tests/indexer/sources/html/pages.h"

namespace broadsheet::sources::html {
namespace {

using ::broadsheet::testing::kParagraphs;
using ::broadsheet::testing::NewsPage;

// The names of the page's authors, "; " between.
std::string BylinesOf(const std::string& head, const std::string& article) {
  const std::string page = NewsPage(head, article);
  const auto read = ReadHtml({.bytes = page});
  if (!read.ok()) return std::string(read.status().message());
  std::string names;
  for (const v1::Byline& byline : read->article.bylines()) {
    if (!names.empty()) names += "; ";
    names += byline.name();
    if (!byline.organisation().empty()) names += " <" + byline.organisation() + ">";
  }
  return names;
}

// `between` stands below the headline.
std::string Printed(const std::string& between) {
  return BylinesOf("<meta property=\"og:site_name\" content=\"Varnholm Lantern\">",
                   "<h1>Ferry landing moves</h1>" + between + kParagraphs);
}

TEST(BylinesTest, BylineMayStandBelowTheStandfirst) {
  EXPECT_EQ(Printed("<p class=\"dek\">The harbour board has voted, and not all of the town is "
                    "happy about it.</p><div class=\"author\"><a>Inga Bredal</a><span>Staff "
                    "Writer</span></div>"),
            "Inga Bredal");
}

TEST(BylinesTest, LinkToAPageOfAnAuthorNamesOne) {
  EXPECT_EQ(Printed("<div>Words <a href=\"/staff/inga-bredal\">Inga Bredal</a> and <a "
                    "href=\"https://lantern.example/author/tq/?ref=1\">Tom Quill</a></div>"),
            "Inga Bredal; Tom Quill");
  EXPECT_EQ(Printed("<div><a href=\"/topic/inga-bredal\">Inga Bredal</a></div>"), "");
  EXPECT_EQ(Printed("<div><a href=\"/author/ib\">See full bio</a></div>"), "");
}

TEST(BylinesTest, FooterOfTheArticlesHeadIsNoFurnitureForAMarkedAuthor) {
  EXPECT_EQ(Printed("<footer><a rel=\"author\" href=\"/ib\">Inga Bredal</a></footer>"),
            "Inga Bredal");
}

TEST(BylinesTest, NameOfAnElementMaySayWhatItHoldsOrLacks) {
  EXPECT_EQ(Printed("<div class=\"sig-line has-social-tools hasnt-bio\">By Inga Bredal</div>"),
            "Inga Bredal");
  EXPECT_EQ(Printed("<div class=\"social-tools\">By Inga Bredal</div>"), "");
}

TEST(BylinesTest, PhotographersOfCaptionsAreNoAuthors) {
  EXPECT_EQ(Printed("<figure><img src=a.jpg><figcaption><span itemprop=\"author\">Jo Bell</span>"
                    "</figcaption></figure><p class=byline>By Inga Bredal</p>"),
            "Inga Bredal");
}

TEST(BylinesTest, NameBesideTheDateIsAnAuthorWhereNothingElseNamesOne) {
  EXPECT_EQ(Printed("<div><span>Inga Bredal |</span> <span>03.03.2025</span></div>"),
            "Inga Bredal");
  EXPECT_EQ(Printed("<div><span>Harbour News |</span> <span>03.03.2025</span></div>"), "");
}

TEST(BylinesTest, NamesInBoldAboveTheTextAreAuthorsWhereOnlyTheSiteIsNamed) {
  const std::string account = "<meta name=\"author\" content=\"Lantern D\">";
  const std::string site = "<meta property=\"og:site_name\" content=\"Varnholm Lantern\">";
  const std::string names = "<p><strong>INGA BREDAL/TOM QUILL</strong></p>";
  EXPECT_EQ(BylinesOf(site + account, "<h1>Ferry landing moves</h1>" + names + kParagraphs),
            "Inga Bredal; Tom Quill");
  // Further down it is a subheading.
  EXPECT_EQ(BylinesOf(site + account, "<h1>Ferry landing moves</h1>" + std::string(kParagraphs) +
                                          names + kParagraphs),
            "Lantern D");
}

TEST(BylinesTest, SiteThatNamesItselfComesLast) {
  const std::string head =
      "<link rel=\"canonical\" href=\"https://www.lantern.example/ferry\">"
      "<meta name=\"author\" content=\"The Lantern (www.lantern.example)\">";
  EXPECT_EQ(BylinesOf(head, "<h1>Ferry landing moves</h1><p>By Inga Bredal</p>" +
                                std::string(kParagraphs)),
            "Inga Bredal");
  EXPECT_EQ(BylinesOf(head, "<h1>Ferry landing moves</h1>" + std::string(kParagraphs)),
            "The Lantern");
}

TEST(BylinesTest, DepartmentOfTheSiteIsWhereTheAuthorWorks) {
  EXPECT_EQ(Printed("<p class=byline>By Inga Bredal, Varnholm Lantern Harbour</p>"),
            "Inga Bredal <Varnholm Lantern Harbour>");
}

TEST(BylinesTest, OfSeveralPrintedAuthorsTheStatedOnesWroteIt) {
  EXPECT_EQ(BylinesOf("<meta name=\"author\" content=\"Inga Bredal\">",
                      "<h1>Ferry landing moves</h1><div class=author>Inga Bredal</div>"
                      "<div class=author>Tom Quill</div>" +
                          std::string(kParagraphs)),
            "Inga Bredal");
}

}  // namespace
}  // namespace broadsheet::sources::html
