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

}  // namespace
}  // namespace broadsheet::sources::html
