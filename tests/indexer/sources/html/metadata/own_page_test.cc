// SPDX-License-Identifier: GPL-3.0-or-later
// Which of several statements of JSON-LD is about the page.
#include "indexer/sources/html/metadata/own_page.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "engine/schema/published_time.h"
#include "indexer/sources/html/read_html.h"
#include "tests/indexer/sources/html/pages.h"

namespace broadsheet::sources::html {
namespace {

using ::broadsheet::testing::kParagraphs;
using ::broadsheet::testing::NewsPage;

constexpr const char* kCanonical =
    "<link rel=\"canonical\" href=\"https://www.lantern.example/news/ferry-landing-moves\">";
// About another article; it tells more than those about the page.
constexpr const char* kOther =
    R"({"@type":"NewsArticle","headline":"Tuba found in the reeds","datePublished":"2011-01-01",)"
    R"("author":{"name":"Ole Maass"},"description":"After nine years","keywords":["a","b","c"]})";
constexpr const char* kOtherWithAddress =
    R"({"@type":"NewsArticle","url":"https://lantern.example/news/tuba-found","headline":)"
    R"("Tuba found in the reeds","datePublished":"2011-01-01","author":{"name":"Ole Maass"}})";
constexpr const char* kOwnByTitle =
    R"({"@type":"NewsArticle","headline":"Ferry landing moves north","datePublished":"2024-02-03",)"
    R"("author":{"name":"Rosalba Ito"}})";
constexpr const char* kOwnByAddress =
    R"({"@type":"NewsArticle","mainEntityOfPage":{"@type":"WebPage","@id":)"
    R"("https://lantern.example/news/ferry-landing-moves/#main"},"headline":"Why boats change",)"
    R"("datePublished":"2024-02-03","author":{"name":"Rosalba Ito"}})";

// "2024-02-03, Rosalba Ito"
std::string DateAndAuthors(const std::string& head) {
  const absl::StatusOr<HtmlArticle> read = ReadHtml(
      {.bytes = NewsPage(head, absl::StrCat("<h1>Ferry landing moves north</h1>", kParagraphs)),
       .url = "",
       .now = absl::FromCivil(absl::CivilSecond(2026, 6, 1), absl::UTCTimeZone())});
  if (!read.ok()) return std::string(read.status().message());
  std::string told = schema::FormatPublishedTime(read->article);
  for (const v1::Byline& byline : read->article.bylines()) {
    absl::StrAppend(&told, ", ", byline.name());
  }
  return told;
}

std::string Script(const std::string& json) {
  return "<script type=\"application/ld+json\">" + json + "</script>";
}

// The first of several articles in JSON-LD gave its date and author to the page, though it was
// another one.
TEST(OwnPageTest, TheStatementWithThePagesAddressOrTitleCounts) {
  for (const std::string& head : {
           Script(absl::StrCat("[", kOther, ",", kOwnByTitle, "]")),
           Script(absl::StrCat("{\"@graph\":[", kOther, ",", kOwnByTitle, "]}")),
           Script(kOther) + Script(kOwnByTitle),
           kCanonical + Script(absl::StrCat("[", kOther, ",", kOwnByAddress, "]")),
           kCanonical + Script(kOtherWithAddress) + Script(kOwnByAddress),
           Script(absl::StrCat("[", kOwnByTitle, ",", kOther, "]")),
           kCanonical + Script(absl::StrCat("{\"@type\":\"ItemList\",\"itemListElement\":[", kOther,
                                            ",", kOwnByAddress, "]}")),
       }) {
    EXPECT_EQ(DateAndAuthors(head), "2024-02-03, Rosalba Ito") << head;
  }
}

TEST(OwnPageTest, OtherArticlesGiveNothing) {
  for (const std::string& head : {
           kCanonical + Script(kOtherWithAddress),
           Script(absl::StrCat("{\"@type\":\"ItemList\",\"itemListElement\":[", kOther, "]}")),
           Script(absl::StrCat("{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":"
                               "\"ListItem\",\"item\":",
                               kOther, "}]}")),
           kCanonical + Script(R"({"@type":"WebPage","url":"https://lantern.example/news/tuba",)"
                               R"("datePublished":"2011-01-01"})"),
       }) {
    EXPECT_EQ(DateAndAuthors(head), "undated") << head;
  }
}

TEST(OwnPageTest, AStatementThatNothingContradictsCounts) {
  // Titles for machines are often other ones.
  EXPECT_EQ(DateAndAuthors(Script(kOther)), "2011-01-01, Ole Maass");
  // Other forms of an address are of the same page.
  for (const char* url :
       {"http://lantern.example/news/ferry-landing-moves?ref=app",
        "https://amp.lantern.example/amp/ferry-landing-moves", "/news/ferry-landing-moves"}) {
    EXPECT_EQ(DateAndAuthors(kCanonical +
                             Script(absl::StrCat("{\"@type\":\"NewsArticle\",\"url\":\"", url,
                                                 "\",\"headline\":\"Why boats change\","
                                                 "\"datePublished\":\"2024-02-03\"}"))),
              "2024-02-03")
        << url;
  }
}

}  // namespace
}  // namespace broadsheet::sources::html
