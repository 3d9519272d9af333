// SPDX-License-Identifier: GPL-3.0-or-later
// Pages that say of themselves that they may not be shown yet.
#include "indexer/sources/html/held_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "indexer/sources/html/read_html.h"
#include "tests/indexer/sources/html/pages.h"

namespace broadsheet::sources::html {
namespace {

using ::broadsheet::testing::kParagraphs;
using ::broadsheet::testing::NewsPage;
using ::testing::HasSubstr;

const absl::Time kReadAt =
    absl::FromCivil(absl::CivilSecond(2026, 6, 1, 12, 0, 0), absl::UTCTimeZone());

HtmlArticle ReadHeld(const std::string& head, const std::string& line = "") {
  absl::StatusOr<HtmlArticle> read = ReadHtml(
      {.bytes = NewsPage(head, absl::StrCat(line, "<h1>Ferry landing moves</h1>", kParagraphs)),
       .now = kReadAt});
  EXPECT_TRUE(read.ok()) << read.status();
  return read.ok() ? *std::move(read) : HtmlArticle();
}

std::string JsonLd(const std::string& members) {
  return absl::StrCat("<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",", members,
                      "}</script>");
}

// Drafts were shown, since nothing of a page was read about its status.
TEST(HeldPageTest, DraftsAreWithheldWithAWarning) {
  for (const std::string& head :
       {JsonLd(R"("creativeWorkStatus":"Draft")"),
        JsonLd(R"("creativeWorkStatus":{"@type":"DefinedTerm","name":"Draft"})"),
        JsonLd(R"("creativeWorkStatus":"https://schema.org/Draft")"),
        JsonLd(R"("creativeWorkStatus":"Pending")"), JsonLd(R"("creativeWorkStatus":"Wobbly")"),
        JsonLd(R"("isDraft":true)"), JsonLd(R"("status":"draft")"),
        std::string("<meta name=\"article:status\" content=\"draft\">"),
        std::string("<meta name=\"pubStatus\" content=\"withheld\">"),
        std::string("<meta property=\"article:draft\" content=\"true\">"),
        std::string("<script type=\"application/ld+json\">{\"@type\":\"WebPage\","
                    "\"creativeWorkStatus\":\"Draft\"}</script>")}) {
    const HtmlArticle held = ReadHeld(head);
    EXPECT_EQ(held.article.status(), v1::Article::STATUS_WITHHELD) << head;
    EXPECT_THAT(absl::StrJoin(held.warnings, "\n"), HasSubstr("withheld")) << head;
  }
}

TEST(HeldPageTest, AnEmbargoHoldsUntilItsTime) {
  for (const std::string& head :
       {std::string("<meta name=\"prism.embargoDate\" content=\"2031-03-06T08:00:00Z\">"),
        std::string("<meta name=\"embargo\" content=\"2031-03-06T08:00:00Z\">"),
        std::string("<meta property=\"article:embargo_until\" content=\"2031-03-06T09:00+01:00\">"),
        std::string("<meta name=\"dcterms.available\" content=\"2031-03-06T08:00:00Z\">"),
        std::string("<meta name=\"DC.Date.Available\" content=\"2031-03-06T08:00:00Z\">"),
        std::string("<meta name=\"sperrfrist\" content=\"2031-03-06T08:00:00Z\">"),
        JsonLd(R"("embargoDate":"2031-03-06T08:00:00Z")"),
        JsonLd(R"("releaseDate":"2031-03-06T08:00:00Z")")}) {
    EXPECT_EQ(ReadHeld(head).article.embargo_time().seconds(), 1930550400) << head;
  }
}

TEST(HeldPageTest, APrintedEmbargoHolds) {
  for (const char* line :
       {"<p>EMBARGOED UNTIL 6 March 2031, 08:00 UTC</p>",
        "<p>Sperrfrist: 06.03.2031, 08:00 UTC</p>", "<div>Embargo: 2031-03-06 08:00 UTC</div>"}) {
    EXPECT_EQ(ReadHeld("", line).article.embargo_time().seconds(), 1930550400) << line;
  }
  EXPECT_EQ(ReadHeld("", "<p>Embargoed until the minister speaks</p>").article.status(),
            v1::Article::STATUS_WITHHELD);
  EXPECT_FALSE(ReadHeld("", "<h2>Embargo: what we know</h2>").article.has_embargo_time());
}

// A bug once: of a page's metadata a restriction of its use was not read.
TEST(HeldPageTest, ARestrictionOfUseHolds) {
  for (const std::string& head :
       {std::string("<meta name=\"usageRestrictions\" content=\"NOT FOR PUBLICATION\">"),
        JsonLd(R"("usageInfo":"Not for publication before Sunday")"),
        JsonLd(R"("conditionsOfAccess":"Embargoed until Sunday")"),
        JsonLd(R"("creativeWorkStatus":"임시저장")")}) {
    EXPECT_EQ(ReadHeld(head).article.status(), v1::Article::STATUS_WITHHELD) << head;
  }
  EXPECT_EQ(ReadHeld("", "<p>CONFIDENTIAL DRAFT</p>").article.status(),
            v1::Article::STATUS_WITHHELD);
  EXPECT_EQ(ReadHeld(JsonLd(R"("usageInfo":"https://mill.example/terms")")).article.status(),
            v1::Article::STATUS_UNSPECIFIED);
}

// A page that states when it will be published was shown before.
TEST(HeldPageTest, APublicationThatLiesAheadIsAnEmbargo) {
  const HtmlArticle held = ReadHeld(JsonLd(R"("datePublished":"2031-03-06T08:00:00Z")"));
  EXPECT_EQ(held.article.embargo_time().seconds(), 1930550400);
  EXPECT_EQ(held.article.published_time().seconds(), 1930550400);
  EXPECT_FALSE(ReadHeld("", "<p>6 March 2031</p>").article.has_embargo_time());
}

TEST(HeldPageTest, WhatIsPublishedIsShown) {
  for (const std::string& head :
       {JsonLd(R"("creativeWorkStatus":"Published")"), JsonLd(R"("creativeWorkStatus":"")"),
        JsonLd(R"("creativeWorkStatus":null)"), JsonLd(R"("isDraft":false)"),
        JsonLd(R"("datePublished":"2026-06-01T13:30:00+02:00")"),
        JsonLd(R"("datePublished":"2026-06-02")"),
        std::string("<meta name=\"prism.embargoDate\" content=\"\">"),
        std::string("<meta name=\"dcterms.available\" content=\"2024-03-06T08:00:00Z\">"),
        std::string("<meta property=\"video:release_date\" content=\"2031-03-06T08:00:00Z\">"),
        std::string("<meta name=\"status\" content=\"ok\">"),
        std::string("<meta name=\"robots\" content=\"noindex\">")}) {
    const HtmlArticle shown = ReadHeld(head);
    EXPECT_EQ(shown.article.status(), v1::Article::STATUS_UNSPECIFIED) << head;
    EXPECT_LE(shown.article.embargo_time().seconds(), absl::ToUnixSeconds(kReadAt)) << head;
    EXPECT_TRUE(shown.warnings.empty()) << head << shown.warnings.front();
  }
}

// JSON-LD that could not be mended was passed over with what holds the page back.
TEST(HeldPageTest, JsonLdThatCannotBeReadMayStillHoldBack) {
  const auto script = [](const std::string& text) {
    return "<script type=\"application/ld+json\">" + text + "</script>";
  };
  for (const std::string& text :
       {std::string("{'@type':'NewsArticle','headline':'it's','creativeWorkStatus':'Draft'}"),
        std::string(R"({"@type":"NewsArticle","creativeWorkStatus":"Draft" "x":1 {)"),
        std::string(R"({"@type":"NewsArticle" @@ "creativeWorkStatus":{"name":"Draft"} ")"),
        std::string("{@type: 'NewsArticle', @@ \n creativeWorkStatus: 'Pending'"),
        std::string(R"({"@type":"NewsArticle" @@ "isDraft":true, ")"),
        std::string(R"({"@type":"NewsArticle" @@ "embargoDate":"2031-01-01T00:00:00Z" ")"),
        std::string(R"({"@type":"NewsArticle" @@ "publishAt":"2031-01-01T00:00:00Z" ")")}) {
    const HtmlArticle held = ReadHeld(script(text));
    EXPECT_TRUE(held.article.status() == v1::Article::STATUS_WITHHELD ||
                held.article.has_embargo_time())
        << text;
  }
  for (const std::string& text :
       {std::string(R"({"@type":"NewsArticle" @@ "creativeWorkStatus":"Published" ")"),
        std::string(R"({"@type":"NewsArticle" @@ "description":"The status: draft or not" ")"),
        std::string(R"({"@type":"Movie" @@ "releaseDate":"2031-01-01T00:00:00Z" ")")}) {
    const HtmlArticle shown = ReadHeld(script(text));
    EXPECT_EQ(shown.article.status(), v1::Article::STATUS_UNSPECIFIED) << text;
    EXPECT_FALSE(shown.article.has_embargo_time()) << text;
  }
}

TEST(HeldPageTest, AClassOfAnUnpublishedArticleWithholds) {
  const auto status = [](const std::string& name, const std::string& other) {
    const absl::StatusOr<HtmlArticle> read = ReadHtml(
        {.bytes = NewsPage(
             "", absl::StrCat("<article class=\"", name, "\"><h1>Ferry landing moves</h1>",
                              kParagraphs, "</article><div class=\"", other, "\">Next</div>")),
         .now = kReadAt});
    EXPECT_TRUE(read.ok()) << read.status();
    return read.ok() ? read->article.status() : v1::Article::STATUS_CANCELLED;
  };
  for (const char* name :
       {"node node--unpublished", "post status-private hentry", "story--embargoed",
        "post-7 status-draft", "node node--type-article node-unpublished"}) {
    EXPECT_EQ(status(name, ""), v1::Article::STATUS_WITHHELD) << name;
  }
  EXPECT_EQ(status("post status-publish article--draft", "node--unpublished"),
            v1::Article::STATUS_UNSPECIFIED);
}

}  // namespace
}  // namespace broadsheet::sources::html
