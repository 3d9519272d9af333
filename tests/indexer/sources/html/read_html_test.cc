// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/read_html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/indexer/sources/html/pages.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::sources::html {
namespace {

using ::broadsheet::testing::kParagraphs;
using ::broadsheet::testing::kParagraphsText;
using ::broadsheet::testing::NewsPage;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

v1::Article Read(const std::string& html) {
  const absl::StatusOr<HtmlArticle> read = ReadHtml({.bytes = html});
  EXPECT_TRUE(read.ok()) << read.status();
  return read.ok() ? read->article : v1::Article();
}

std::string RuleOf(const std::string& html, const std::string& field) {
  const absl::StatusOr<HtmlArticle> read = ReadHtml({.bytes = html});
  if (!read.ok()) return std::string(read.status().message());
  const auto found = std::find_if(read->rules.begin(), read->rules.end(),
                                  [&](const FieldRule& rule) { return rule.field == field; });
  return found == read->rules.end() ? "" : found->rule;
}

const std::string kJsonLd =
    "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@graph\":["
    "{\"@type\":\"WebPage\",\"name\":\"Lantern\"},{\"@type\":\"Person\",\"@id\":\"#ib\",\"name\":"
    "\"INGA BREDAL\"},{\"@type\":[\"ReportageNewsArticle\"],\"headline\":\"Ferry landing "
    "moves\",\"datePublished\":\"2025-03-03T09:00:00+01:00\",\"author\":[{\"@id\":\"#ib\"},"
    "{\"@type\":\"Person\",\"name\":\"Tom Quill\"}],\"keywords\":[\"Harbour\",\"Ferries\"],"
    "\"articleSection\":\"Local\",\"publisher\":{\"@type\":\"Organization\",\"name\":\"The "
    "Varnholm Lantern\"}}]}</script>";

TEST(ReadHtmlTest, JsonLdStatesTheFields) {
  const v1::Article article =
      Read(NewsPage(kJsonLd, "<h1>Ferry landing moves</h1>" + std::string(kParagraphs)));
  EXPECT_EQ(article.headline(), "Ferry landing moves");
  EXPECT_EQ(article.body(), kParagraphsText);
  ASSERT_EQ(article.bylines_size(), 2);
  EXPECT_EQ(article.bylines(0).name(), "Inga Bredal");
  EXPECT_EQ(article.bylines(1).name(), "Tom Quill");
  EXPECT_THAT(article.tags(), ElementsAre("Harbour", "Ferries"));
  EXPECT_EQ(article.section(), "Local");
  EXPECT_EQ(article.source(), "The Varnholm Lantern");
  EXPECT_EQ(article.language(), "en");
  EXPECT_EQ(article.published_time().seconds(), 1740988800);
  EXPECT_EQ(article.published_offset_minutes(), 60);
}

TEST(ReadHtmlTest, MetaElementsStateThemWhereThereIsNoJsonLd) {
  const v1::Article article =
      Read(NewsPage("<title>Ferry landing moves | Lantern</title>"
                    "<meta property=\"og:title\" content=\"Ferry landing moves\">"
                    "<meta property=\"og:site_name\" content=\"Lantern\">"
                    "<meta name=\"author\" content=\"By Inga Bredal and Tom Quill\">"
                    "<meta property=\"article:published_time\" content=\"2025-03-03T08:00:00Z\">"
                    "<meta property=\"article:tag\" content=\"Harbour\">"
                    "<meta property=\"article:tag\" content=\"Ferries\">"
                    "<link rel=\"canonical\" href=\"https://lantern.example/ferry\">",
                    "<h1>Ferry landing moves</h1>" + std::string(kParagraphs)));
  EXPECT_EQ(article.headline(), "Ferry landing moves");
  EXPECT_EQ(article.bylines_size(), 2);
  EXPECT_THAT(article.tags(), ElementsAre("Harbour", "Ferries"));
  EXPECT_EQ(article.source(), "Lantern");
  EXPECT_EQ(article.url(), "https://lantern.example/ferry");
  EXPECT_EQ(article.published_time().seconds(), 1740988800);
}

TEST(ReadHtmlTest, TheVisiblePageIsReadWhereNothingIsStated) {
  const std::string page = NewsPage(
      "<title>Ferry landing moves</title>",
      "<h1>Ferry landing moves</h1><p class=\"byline\">By <a href=\"/ib\">Inga Bredal</a></p>"
      "<time datetime=\"2025-03-03\">3 March</time>" +
          std::string(kParagraphs) +
          "<ul class=\"tags\"><li><a href=\"/t/1\">Harbour</a></li></ul>");
  const v1::Article article = Read(page);
  ASSERT_EQ(article.bylines_size(), 1);
  EXPECT_EQ(article.bylines(0).name(), "Inga Bredal");
  EXPECT_EQ(article.published_precision(), v1::DATE_PRECISION_DAY);
  EXPECT_THAT(article.tags(), ElementsAre("Harbour"));
  EXPECT_EQ(article.body(), kParagraphsText);
  EXPECT_EQ(RuleOf(page, "published_time"), "time element beside the headline");
  EXPECT_EQ(RuleOf(page, "tags"), "tag links");
}

TEST(ReadHtmlTest, CaptionsHaveTheirCredits) {
  const v1::Article article = Read(NewsPage(
      "",
      "<h1>Ferry landing moves</h1><figure><img src=\"a.jpg\"><figcaption>The old quay on "
      "Monday. <span class=\"credit\">Jo Bell/The Lantern</span></figcaption></figure>" +
          std::string(kParagraphs) +
          "<figure><img src=\"b.jpg\"><figcaption>The new pier, as drawn in 2014. (Photo: Ann "
          "Lee)</figcaption></figure><p>The last boat leaves at nine, as it always has, and "
          "the first one follows at dawn.</p>"));
  ASSERT_EQ(article.captions_size(), 2);
  EXPECT_EQ(article.captions(0).text(), "The old quay on Monday.");
  EXPECT_EQ(article.captions(0).credit(), "Jo Bell/The Lantern");
  EXPECT_EQ(article.captions(1).text(), "The new pier, as drawn in 2014.");
  EXPECT_EQ(article.captions(1).credit(), "Ann Lee");
  EXPECT_THAT(article.body(), ::testing::Not(HasSubstr("as drawn in 2014")));
}

TEST(ReadHtmlTest, BylineAndDateInSeveralLinesAreNoParagraph) {
  const v1::Article article =
      Read(NewsPage("",
                    "<h1>Ferry landing moves</h1><div><p>Harbour Desk By Inga Bredal of The "
                    "Varnholm Lantern in the old town<br>on March 3, 2025 at 9:06 AM, updated "
                    "March 3, 2025 at 9:10 AM</p>" +
                        std::string(kParagraphs) + "</div>"));
  EXPECT_EQ(article.body(), kParagraphsText);
}

TEST(ReadHtmlTest, WhatATextInJsonLdHasMoreIsTaken) {
  const std::string page = NewsPage(
      "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Ferry\","
      "\"datePublished\":\"2025-03-03\",\"articleBody\":\"The harbour board voted.\\nWork begins "
      "in spring.\"}</script>",
      "<h1>Ferry</h1>");
  EXPECT_EQ(Read(page).body(), "The harbour board voted.\n\nWork begins in spring.");
}

TEST(ReadHtmlTest, PageWithoutAnArticleIsRefusedWithAReason) {
  for (const char* page :
       {"<html><body><form><input name=user></form></body></html>", "", "<html></html>",
        "<html><head><title>Lantern</title></head><body><h1>Lantern</h1><ul><li><a href=/a>Ferry "
        "landing moves north in spring</a></li></ul></body></html>"}) {
    const absl::StatusOr<HtmlArticle> read = ReadHtml({.bytes = page});
    ASSERT_FALSE(read.ok()) << page;
    EXPECT_EQ(read.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(read.status().message()), HasSubstr("no page of an article: no "));
  }
}

// A bug once: a break within a stated address became part of the id.
TEST(ReadHtmlTest, StatedAddressesAreMendedOrLeftOut) {
  const auto url_of = [](const std::string& stated) {
    const absl::StatusOr<HtmlArticle> read =
        ReadHtml({.bytes = NewsPage("<link rel=canonical href=\"" + stated + "\">",
                                    "<h1>Ferry landing moves</h1>" + std::string(kParagraphs))});
    return read.ok() ? read->article.url() : std::string(read.status().message());
  };
  EXPECT_EQ(url_of("\n https://news.example/a\n/b "), "https://news.example/a/b");
  EXPECT_EQ(url_of("https://news.example/a b"), "https://news.example/a%20b");
  for (const char* none : {"javascript:alert(1)", "data:text/html,x", "https://news .example/a"}) {
    EXPECT_EQ(url_of(none), "") << none;
  }
}

}  // namespace
}  // namespace broadsheet::sources::html
