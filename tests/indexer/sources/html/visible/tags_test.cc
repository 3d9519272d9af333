// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/visible/tags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "indexer/sources/html/read_html.h"
#include "tests/indexer/sources/html/pages.h"

namespace broadsheet::sources::html {
namespace {

using ::broadsheet::testing::kParagraphs;
using ::broadsheet::testing::NewsPage;
using ::testing::ElementsAre;

std::vector<std::string> TagsOf(const std::string& keywords, const std::string& below = "") {
  const std::string head = keywords.empty()
                               ? ""
                               : "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\","
                                 "\"keywords\":" +
                                     keywords + "}</script>";
  const auto read = ReadHtml(
      {.bytes = NewsPage(head, "<h1>Ferry landing moves</h1>" + std::string(kParagraphs) + below)});
  EXPECT_TRUE(read.ok()) << read.status();
  if (!read.ok()) return {};
  return {read->article.tags().begin(), read->article.tags().end()};
}

std::vector<std::string> TagsOfHead(const std::string& head, const std::string& below = "") {
  const auto read = ReadHtml(
      {.bytes = NewsPage(head, "<h1>Ferry landing moves</h1>" + std::string(kParagraphs) + below)});
  EXPECT_TRUE(read.ok()) << read.status();
  if (!read.ok()) return {};
  return {read->article.tags().begin(), read->article.tags().end()};
}

TEST(TagsTest, KeysOfSubjectsAreCutOffAndThoseOfProgramsDropped) {
  EXPECT_THAT(TagsOf(R"(["Day: Tuesday", "WC: 500-999", "Subject: Ferries", "topic/Harbour",
                         "Language: English", "Dune: Part Two", "source:tagname:Lantern"])"),
              ElementsAre("Ferries", "Harbour", "Dune: Part Two"));
}

TEST(TagsTest, NumbersAndNamesOfProgramsAreNone) {
  EXPECT_THAT(TagsOf(R"(["Harbour", "100312362", "_commerce", "1&1", "NHL"])"),
              ElementsAre("Harbour", "1&1", "NHL"));
}

TEST(TagsTest, ALinkMarkedAsATagCountsInNavigationToo) {
  EXPECT_THAT(TagsOf("",
                     "<nav><a rel=\"tag\" href=\"/h\">Harbour</a> <a rel=\"tag\" "
                     "href=\"/f\">Ferries</a> <a href=\"/s\">Sport</a></nav>"),
              ElementsAre("Harbour", "Ferries"));
}

TEST(TagsTest, CountsMarksAndHashesAreCutOff) {
  EXPECT_THAT(TagsOf(R"j(["Harbour (12)", "(3) Ferries", "#Varnholm", "Quay ›", "Apollo 11",
                         "2024 election", "A"])j"),
              ElementsAre("Harbour", "Ferries", "Varnholm", "Quay", "Apollo 11", "2024 election"));
}

TEST(TagsTest, PathsOfTheSiteAreTheirLastPart) {
  EXPECT_THAT(TagsOf(R"(["/topics/harbour", "sport/rowing", "tone/news", "AC/DC"])"),
              ElementsAre("harbour", "rowing", "AC/DC"));
}

TEST(TagsTest, ListThatHasAllOfTheLikeliestAndMoreWasCutLess) {
  EXPECT_THAT(TagsOfHead("<meta name=\"keywords\" content=\"Harbour,Tides,Varnholm\"><script "
                         "type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"keywords\":"
                         "[\"Harbour\"]}</script>"),
              ElementsAre("Harbour", "Tides", "Varnholm"));
}

TEST(TagsTest, KeyOfSeveralWordsTellsByItsLast) {
  EXPECT_THAT(TagsOf(R"(["NLP Category: Harbour", "NLP Entity Tokens: Varnholm"])"),
              ElementsAre("Harbour", "Varnholm"));
}

TEST(TagsTest, WhatJsonLdSaysTheArticleIsAboutIsTakenWithoutKeywords) {
  const auto head = [](const std::string& members) {
    return "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\"," + members +
           "}</script>";
  };
  const std::string about = "\"about\":[{\"name\":\"Harbour\"},{\"name\":\"Varnholm\"}]";
  EXPECT_THAT(TagsOfHead(head(about)), ElementsAre("Harbour", "Varnholm"));
  EXPECT_THAT(TagsOfHead(head("\"mentions\":[{\"name\":\"Varnholm\"}]")), ElementsAre("Varnholm"));
  EXPECT_THAT(TagsOfHead(head(about + ",\"keywords\":\"Ferry\"")), ElementsAre("Ferry"));
}

TEST(TagsTest, LinksToPagesOfTopicsAreTagsWhereNothingIsStated) {
  const std::string links =
      "<div><a href=\"/topic/harbour\">Harbour</a><a href=\"/topic/varnholm\">Varnholm</a></div>";
  EXPECT_THAT(TagsOfHead("", links), ElementsAre("Harbour", "Varnholm"));
  EXPECT_THAT(TagsOfHead("<meta name=\"keywords\" content=\"Ferry\">", links),
              ElementsAre("Ferry"));
  // A link within a sentence, and lists that the text knows nothing of.
  EXPECT_THAT(TagsOfHead("",
                         "<div>The board has often been asked about the <a "
                         "href=\"/topic/harbour\">harbour</a> before it met on Monday.</div>"),
              ElementsAre());
  EXPECT_THAT(TagsOfHead("",
                         "<div><a href=\"/topic/tuba\">Tuba</a><a href=\"/topic/chess\">Chess"
                         "</a></div>"),
              ElementsAre());
}

TEST(TagsTest, LinksBehindALabelAreTags) {
  EXPECT_THAT(TagsOfHead("", "<div>Topics: <a href=/h>Harbour</a>, <a href=/v>Varnholm</a></div>"),
              ElementsAre("Harbour", "Varnholm"));
  EXPECT_THAT(TagsOfHead("",
                         "<div>Mehr lesen über</div><div>Themen</div><ul><li><a href=/h>Harbour"
                         "</a></li><li><a href=/v>Varnholm</a></li></ul>"),
              ElementsAre("Harbour", "Varnholm"));
  EXPECT_THAT(TagsOfHead("",
                         "<footer><b>Tags</b><ul><li><a rel=tag href=/h>Harbour</a></li></ul>"
                         "</footer>"),
              ElementsAre("Harbour"));
}

TEST(TagsTest, WordsOfTheHeadlineAreNoTagsWhereOthersAreStated) {
  EXPECT_THAT(
      TagsOfHead("<meta name=\"keywords\" content=\"ferry,landing,moves,ferry landing\">"
                 "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"keywords\":"
                 "[\"Harbour\",\"Tides\"]}</script>"),
      ElementsAre("Harbour", "Tides"));
}

}  // namespace
}  // namespace broadsheet::sources::html
