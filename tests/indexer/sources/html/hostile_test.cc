// SPDX-License-Identifier: GPL-3.0-or-later
// Pages made to break readers: each is read or refused with a reason, in bounded time and memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "indexer/sources/html/read_html.h"
#include "indexer/sources/html/tree/tree.h"
#include "tests/indexer/sources/html/pages.h"

namespace broadsheet::sources::html {
namespace {

using ::broadsheet::testing::kParagraphs;
using ::broadsheet::testing::kParagraphsText;
using ::broadsheet::testing::NewsPage;
using ::testing::HasSubstr;

std::string Repeated(const std::string& text, size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (size_t i = 0; i < times; ++i) all += text;
  return all;
}

std::string WhyRefused(const std::string& html) {
  const absl::StatusOr<HtmlArticle> read = ReadHtml({.bytes = html});
  EXPECT_EQ(read.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(read.status().message());
}

TEST(HostileHtmlTest, HundredThousandNestedTagsAreRefused) {
  EXPECT_THAT(WhyRefused(Repeated("<div>", 100'000) + "text" + Repeated("</div>", 100'000)),
              HasSubstr("more than 10000 elements within one another"));
}

TEST(HostileHtmlTest, UnclosedTagsOfABadEditorDoNoHarm) {
  const absl::StatusOr<HtmlArticle> read =
      ReadHtml({.bytes = NewsPage("", "<h1>Ferry landing moves</h1>" + Repeated("<font>", 3000) +
                                          std::string(kParagraphs))});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(read->article.body(), HasSubstr("voted on Monday"));
}

TEST(HostileHtmlTest, MillionsOfElementsAreRefused) {
  EXPECT_THAT(WhyRefused(Repeated("<b>x</b>", 600'000)), HasSubstr("more than 1000000 elements"));
}

// Each of them a place where parts of a page are compared with one another: no such loop may take
// more than a moment, however many parts there are.
TEST(HostileHtmlTest, ManyOfOneKindTakeNoLongerThanTheirShare) {
  constexpr int kMany = 10'000;
  for (const std::string& many :
       {Repeated("<h1>Harbour Diary</h1><h2>Ferry landing moves</h2>", kMany),
        Repeated("<p class=caption>The old quay</p>", kMany),
        "<figure><img src=a><figcaption>" + Repeated("<div>a</div><div>b</div>", kMany) +
            "</figcaption></figure>",
        Repeated("<figure><img src=a><figcaption>The old quay</figcaption></figure>", kMany),
        Repeated("<aside>", 200) + Repeated("<i></i>", kMany) +
            "a<img src=a><p class=caption>b</p>" + Repeated("</aside>", 200),
        Repeated("<a rel=author href=/author/a>Inga Bredal</a>", kMany),
        Repeated("<div><img src=a><div>a</div></div>", kMany)}) {
    const absl::StatusOr<HtmlArticle> read =
        ReadHtml({.bytes = NewsPage("<title>Harbour Diary - The landing</title>",
                                    many + "<h1>The landing</h1>" + kParagraphs)});
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_THAT(read->article.body(), HasSubstr("Work will begin")) << many.substr(0, 40);
  }
}

// Sizes at which work that grows with the square of a page's would take minutes.
TEST(HostileHtmlTest, PagesOfOneEnormousPartAreReadByTheirBytes) {
  constexpr size_t kMany = 20'000;
  std::string attributes;
  std::string classes;
  std::string named;
  for (size_t i = 0; i < kMany; ++i) {
    attributes += " a" + std::to_string(i) + "=b";
    classes += " field" + std::to_string(i);
    if (i % 10 == 0) named += "<div class=\"c" + std::to_string(i) + "\">x</div>";
  }
  for (const std::string& part :
       {"<div" + attributes + ">x</div>", "<div class=\"" + classes + "\">x</div>",
        "<div class=\"" + Repeated("a-", kMany) + "\">x</div>", named,
        Repeated("<table><tr><td>", 1500) + "x" + Repeated("</td></tr></table>", 1500),
        "<table>" + Repeated("<tr><td>a</td><td>b</td></tr>", kMany / 4) + "</table>",
        Repeated("<div>", 3000) + "x" + Repeated("</div>", 3000), Repeated("<!-- x -->", kMany),
        Repeated("<![CDATA[ x", kMany), "<p>" + Repeated("word<br>", kMany) + "</p>",
        "<p class=byline>By " + Repeated("Inga Bredal and ", kMany) + "</p>",
        "<p class=byline>By Inga Bredal " + Repeated("posted ", kMany) + "</p>",
        "<p class=date>" + Repeated("March 3, 2026 ", kMany) + "</p>"}) {
    const absl::StatusOr<HtmlArticle> read = ReadHtml(
        {.bytes = NewsPage("", "<h1>Ferry landing moves</h1>" + part + std::string(kParagraphs))});
    ASSERT_TRUE(read.ok()) << read.status() << part.substr(0, 40);
    EXPECT_THAT(read->article.body(), HasSubstr("Work will begin")) << part.substr(0, 40);
  }
}

TEST(HostileHtmlTest, AnUnclosedCommentHidesWhatFollowsIt) {
  EXPECT_FALSE(ReadHtml({.bytes = NewsPage("", "<h1>Ferry</h1><!-- " + Repeated("-- <p>x", 50'000) +
                                                   std::string(kParagraphs))})
                   .ok());
}

TEST(HostileHtmlTest, GiganticJsonLdIsReadOnce) {
  constexpr size_t kMany = 10'000;
  const std::string article = R"({"@type":"NewsArticle","headline":"Ferry landing moves")";
  for (const std::string& json :
       {"[" + Repeated(article + "},", kMany) + article + "}]",
        article + R"(,"keywords":[)" + Repeated("\"quay\",", kMany) + "\"ferry\"]}",
        article + R"(,"author":[)" + Repeated(R"({"name":"Inga Bredal"},)", kMany / 10) + "{}]}",
        article + R"(,"description":")" + Repeated("a \\\"b\\\" ", kMany) + "\"}",
        article + "," + Repeated(R"("x":"y",)", kMany) + "}",
        article + R"(,"articleBody":")" + Repeated("the \"old\" quay ", kMany) + "\"}"}) {
    const absl::StatusOr<HtmlArticle> read =
        ReadHtml({.bytes = NewsPage("<script type=\"application/ld+json\">" + json + "</script>",
                                    "<h1>Ferry landing moves</h1>" + std::string(kParagraphs))});
    ASSERT_TRUE(read.ok()) << read.status() << json.substr(0, 60);
    EXPECT_EQ(read->article.headline(), "Ferry landing moves") << json.substr(0, 60);
  }
}

TEST(HostileHtmlTest, TooLargeAPageIsRefusedBeforeItIsParsed) {
  EXPECT_THAT(WhyRefused(std::string(kMaxHtmlBytes + 1, 'x')),
              HasSubstr("a page of more than 16777216 bytes cannot be one article"));
}

TEST(HostileHtmlTest, EntitiesOfOwnMakingAreNotExpanded) {
  const std::string bomb =
      "<!DOCTYPE html [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c "
      "\"&b;&b;&b;&b;\"><!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
      "<html><body><h1>Ferry &c;&x; moves</h1>" +
      std::string(kParagraphs) + "</body></html>";
  const absl::StatusOr<HtmlArticle> read = ReadHtml({.bytes = bomb});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->article.headline(), "Ferry &c;&x; moves");
}

TEST(HostileHtmlTest, EntitiesOfHtmlAreResolvedOnce) {
  const absl::StatusOr<HtmlArticle> read =
      ReadHtml({.bytes = NewsPage("", "<h1>Fish &amp; ships &#8211; caf&eacute; &amp;lt;</h1>" +
                                          std::string(kParagraphs))});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->article.headline(), "Fish & ships – café &lt;");
}

TEST(HostileHtmlTest, BrokenJsonLdLeavesTheVisiblePage) {
  for (const std::string& json :
       {std::string("{"), std::string("{\"@type\":\"NewsArticle\",\"headline\":"),
        Repeated("[", 100'000), Repeated("{\"a\":", 50'000), std::string("null"),
        std::string("{\"@type\":7,\"author\":[[[]]]}"),
        std::string("{\"@type\":\"NewsArticle\",\"headline\":{\"x\":1},\"author\":3}")}) {
    const absl::StatusOr<HtmlArticle> read =
        ReadHtml({.bytes = NewsPage("<script type=\"application/ld+json\">" + json + "</script>",
                                    "<h1>Ferry landing moves</h1>" + std::string(kParagraphs))});
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(read->article.headline(), "Ferry landing moves");
    EXPECT_EQ(read->article.body(), kParagraphsText);
  }
}

TEST(HostileHtmlTest, JsonLdWithRawLineEndsAndCommentsIsStillRead) {
  const absl::StatusOr<HtmlArticle> read =
      ReadHtml({.bytes = NewsPage(
                    "<script type=\"application/ld+json\">//<![CDATA[\n{\"@type\":\"NewsArticle\","
                    "\"headline\":\"Ferry landing\nmoves\"}\n//]]></script>",
                    std::string(kParagraphs))});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->article.headline(), "Ferry landing moves");
}

TEST(HostileHtmlTest, AnythingAtAllIsSurvived) {
  for (const std::string& html :
       {std::string("<"), std::string("</"), std::string("<!--"), std::string("<![CDATA["),
        std::string("\0\0\0", 3), std::string("<a href="), std::string("&#0;&#x110000;&#xD800;"),
        Repeated("<p", 10'000), Repeated("</p>", 100'000), Repeated("<table>", 9'000),
        Repeated("<a b=c ", 10'000), Repeated("&amp", 100'000), std::string(100'000, '<')}) {
    const absl::StatusOr<HtmlArticle> read = ReadHtml({.bytes = html});
    EXPECT_FALSE(read.ok()) << html.substr(0, 20);
  }
}

}  // namespace
}  // namespace broadsheet::sources::html
