// SPDX-License-Identifier: GPL-3.0-or-later
// Whom a page names as its authors, in statements and in print.
#include <gtest/gtest.h>

#include <string>

#include "indexer/sources/html/read_html.h"
#include "tests/indexer/sources/html/pages.h"
#include "tests/indexer/sources/told_bylines.h"

namespace broadsheet::sources::html {
namespace {

using ::broadsheet::testing::kParagraphs;
using ::broadsheet::testing::NewsPage;
using ::broadsheet::testing::ToldBylines;

// The page's authors (ToldBylines), or why it is refused.
std::string BylinesOf(const std::string& head, const std::string& article) {
  const std::string page = NewsPage(head, article);
  const auto read = ReadHtml({.bytes = page});
  if (!read.ok()) return std::string(read.status().message());
  return ToldBylines(read->article.bylines());
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

// A bug once: elements side by side ran together into one name.
TEST(BylinesTest, NamesAndRolesInElementsOfTheirOwnAreApart) {
  const struct {
    const char* html;
    const char* people;
  } kRows[] = {
      {"<span class=author><span>Inga Bredal</span> <span>Senior Writer</span></span>",
       "Inga Bredal [Senior Writer]"},
      {"<div class=author><b>Inga Bredal</b> <em>Health Correspondent</em></div>",
       "Inga Bredal [Health Correspondent]"},
      {"<div class=author><span>Selin Aksoy</span> <span>Muhabir</span></div>",
       "Selin Aksoy [Muhabir]"},
      {"<div class=author><span>Petr Hora</span> <span>redaktor</span></div>",
       "Petr Hora [redaktor]"},
      {"<div class=auteur><span>Luc Ferrand</span> <span>Journaliste</span></div>",
       "Luc Ferrand [Journaliste]"},
      {"<div class=byline> <span>Inga Bredal</span> <span>Anna Maria Quill</span> </div>",
       "Inga Bredal; Anna Maria Quill"},
      {"<div class=byline>By <a href=/1>Inga Bredal</a> <a href=/2>Tom Quill</a></div>",
       "Inga Bredal; Tom Quill"},
      {"<ul class=authors><li>Inga Bredal</li><li>Tom Quill</li></ul>", "Inga Bredal; Tom Quill"},
      {"<div class=author><span>Inga</span> <span>Bredal</span></div>", "Inga Bredal"},
      {"<div class=author><a href=/1>Inga Bredal und Tom Quill</a></div>",
       "Inga Bredal; Tom Quill"},
  };
  for (const auto& row : kRows) EXPECT_EQ(Printed(row.html), row.people) << row.html;
}

TEST(BylinesTest, MarksAndHeadingsInTheNamesPlaceAreNobody) {
  const std::string stated = "<meta name=\"author\" content=\"Inga Bredal\">";
  for (const char* text : {"/", "•", "–", "About the author", "Zur Autorin", "À propos de l’auteur",
                           "Sobre la autora", "Sull'autore", "Over de auteur", "Om författaren",
                           "O autorze", "Yazar hakkında", "Tentang penulis"}) {
    EXPECT_EQ(BylinesOf(stated, "<h1>Ferry landing moves</h1><div class=author><h4>" +
                                    std::string(text) + "</h4></div>" + kParagraphs),
              "Inga Bredal")
        << text;
  }
}

TEST(BylinesTest, NameMayFollowADateWithoutAnElementOfItsOwn) {
  for (const char* line :
       {"<small>posted on <time>2031-03-04</time></small> by Inga Bredal",
        "<time>4. März 2031</time> von Inga Bredal", "<time>4 mars 2031</time> par Inga Bredal",
        "<time>3 marzo 2031</time> di Inga Bredal", "<time>3 de marzo</time> por Inga Bredal"}) {
    EXPECT_EQ(Printed(line), "Inga Bredal") << line;
  }
}

std::string StatedBy(const char* type, const char* name) {
  return std::string(
             "<meta property=\"og:site_name\" content=\"Varnholm Lantern\"><script "
             "type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":"
             "\"Ferry landing moves\",\"author\":{\"@type\":\"") +
         type + "\",\"name\":\"" + name + "\"}}</script>";
}

// `below` stands below the text of a page that names itself as its author.
std::string Signed(const std::string& below) {
  return BylinesOf(StatedBy("Organization", "Varnholm Lantern"),
                   "<h1>Ferry landing moves</h1>" + std::string(kParagraphs) + below);
}

TEST(BylinesTest, WhoSignsTheTextWroteItWhereOnlyTheSiteIsNamed) {
  const struct {
    const char* html;
    const char* names;
  } kRows[] = {
      {"<p style=\"text-align: right\"><strong>Inga Bredal</strong></p>", "Inga Bredal"},
      {"<p align=right>Inga Bredal</p>", "Inga Bredal"},
      {"<p><em>INGA BREDAL</em></p>", "Inga Bredal"},
      {"<p>(Inga Bredal)</p>", "Inga Bredal"},
      {"<p>– Inga Bredal</p>", "Inga Bredal"},
      {"<p><b>Inga Bredal und Tom Quill</b></p>", "Inga Bredal; Tom Quill"},
      {"<p><b>Inga Bredal/dpa</b></p>", "Inga Bredal <dpa>"},
      {"<p><b>Text: Inga Bredal, Fotos: Tom Quill</b></p>", "Inga Bredal"},
      {"<p>(dpa)</p>", "dpa <dpa>"},
      {"<p>Inga Bredal</p>", "Varnholm Lantern <Varnholm Lantern>"},
      {"<p><b>Read more</b></p>", "Varnholm Lantern <Varnholm Lantern>"},
      {"<h3>Old Quay</h3>", "Varnholm Lantern <Varnholm Lantern>"},
  };
  for (const auto& row : kRows) EXPECT_EQ(Signed(row.html), row.names) << row.html;
}

TEST(BylinesTest, PrintedPeopleWinWhereJsonLdHasOnlySomeOfThem) {
  const auto printed = [](const std::string& line) {
    return BylinesOf(StatedBy("Person", "Inga Bredal"),
                     "<h1>Ferry landing moves</h1>" + line + kParagraphs);
  };
  EXPECT_EQ(printed("<p class=byline>By Inga Bredal and Tom Quill</p>"), "Inga Bredal; Tom Quill");
  EXPECT_EQ(printed("<p>Von Tom Quill und Inga Bredal</p>"), "Tom Quill; Inga Bredal");
  EXPECT_EQ(printed("<p class=byline>By Tom Quill</p>"), "Inga Bredal");
  EXPECT_EQ(printed("<p class=byline>By Inga Bredal and Reuters</p>"), "Inga Bredal");
  EXPECT_EQ(printed("<p class=byline>By Inga Bredal, Photographs by Tom Quill</p>"), "Inga Bredal");
}

}  // namespace
}  // namespace broadsheet::sources::html
