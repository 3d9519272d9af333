// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/metadata/live_blog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "engine/schema/published_time.h"
#include "indexer/sources/html/read_html.h"
#include "tests/indexer/sources/html/pages.h"

namespace broadsheet::sources::html {
namespace {

using ::broadsheet::testing::kParagraphs;
using ::broadsheet::testing::kParagraphsText;
using ::broadsheet::testing::NewsPage;

const char* const kUpdates =
    R"([{"@type":"BlogPosting","headline":"The landing is free","datePublished":
        "2025-03-03T11:40:00+01:00","articleBody":"<p>The cranes are gone.</p>"},
       {"@type":"BlogPosting","headline":"First boat","datePublished":
        "2025-03-03T09:15:00+01:00","articleBody":"The first boat lands.\nNobody is hurt."},
       {"@type":"BlogPosting","datePublished":"2025-03-03T10:00:00Z",
        "articleBody":"The board meets."}])";
const char* const kUpdatesText =
    "2025-03-03 09:15 First boat\n\nThe first boat lands.\n\nNobody is hurt.\n\n"
    "2025-03-03 10:00\n\nThe board meets.\n\n"
    "2025-03-03 11:40 The landing is free\n\nThe cranes are gone.";

v1::Article ReadBlog(const std::string& members, const std::string& text) {
  const absl::StatusOr<HtmlArticle> read = ReadHtml(
      {.bytes = NewsPage(
           absl::StrCat("<script type=\"application/ld+json\">{\"@type\":\"LiveBlogPosting\","
                        "\"headline\":\"Ferry landing moves\",",
                        members, "}</script>"),
           absl::StrCat("<h1>Ferry landing moves</h1>", text))});
  EXPECT_TRUE(read.ok()) << read.status();
  return read.ok() ? read->article : v1::Article();
}

// A live blog that only states its updates had no text at all.
TEST(LiveBlogTest, UpdatesInTheOrderOfTheirTimesAreTheText) {
  const v1::Article blog = ReadBlog(
      absl::StrCat("\"coverageStartTime\":\"2025-03-03T09:00:00+01:00\",\"liveBlogUpdate\":",
                   kUpdates),
      "");
  EXPECT_EQ(blog.body(), kUpdatesText);
  EXPECT_EQ(schema::FormatPublishedTime(blog), "2025-03-03 09:00");
  EXPECT_EQ(blog.updated_time().seconds(), 1740998400);
}

TEST(LiveBlogTest, TheFirstUpdateDatesABlogWithoutAStart) {
  EXPECT_EQ(
      schema::FormatPublishedTime(ReadBlog(absl::StrCat("\"liveBlogUpdate\":", kUpdates), "")),
      "2025-03-03 09:15");
}

// A blog whose updates stand in the page alone had no date.
TEST(LiveBlogTest, TheStartOfTheCoverageDatesABlogThatStatesNoUpdates) {
  const v1::Article blog =
      ReadBlog("\"coverageStartTime\":\"2025-03-03T09:00:00+01:00\"", kParagraphs);
  EXPECT_EQ(blog.body(), kParagraphsText);
  EXPECT_EQ(schema::FormatPublishedTime(blog), "2025-03-03 09:00");
}

TEST(LiveBlogTest, AnIntroductionComesBeforeTheUpdates) {
  const std::string introduction =
      "The ferry landing of Varnholm is being moved north today, and we tell you how.";
  EXPECT_EQ(ReadBlog(absl::StrCat("\"liveBlogUpdate\":", kUpdates),
                     absl::StrCat("<p>", introduction, "</p>"))
                .body(),
            absl::StrCat(introduction, "\n\n", kUpdatesText));
}

TEST(LiveBlogTest, UpdatesThatThePageShowsAreReadThere) {
  EXPECT_EQ(ReadBlog(absl::StrCat("\"liveBlogUpdate\":", kUpdates), kParagraphs).body(),
            kParagraphsText);
}

TEST(LiveBlogTest, OddUpdatesDoNoHarm) {
  EXPECT_EQ(ReadBlog(R"("datePublished":"2025-03-03","liveBlogUpdate":{"@type":"BlogPosting",
                        "text":"Only one."})",
                     "")
                .body(),
            "Only one.");
  EXPECT_EQ(ReadBlog(R"("datePublished":"2025-03-03","liveBlogUpdate":[
                        {"headline":"Second","datePublished":"later"},
                        {"headline":"First","datePublished":"2025-03-03T09:00:00Z"},
                        7, null, "x", {}, []])",
                     "")
                .body(),
            "later Second\n\n2025-03-03 09:00 First");
  EXPECT_EQ(ReadBlog(R"("datePublished":"2025-03-03","liveBlogUpdate":"none")", kParagraphs).body(),
            kParagraphsText);
}

// An update that is a draft or lies ahead was part of the text.
TEST(LiveBlogTest, UpdatesThatMayNotBeShownYetAreLeftOut) {
  const auto update = [](const std::string& text, const std::string& members) {
    return absl::StrCat(R"({"@type":"BlogPosting","articleBody":")", text, "\",", members, "}");
  };
  const std::string past = R"("datePublished":"2025-03-03T11:40:00Z")";
  const std::string updates =
      absl::StrCat("\"liveBlogUpdate\":[", update("Open words.", past), ",",
                   update("Secret one.", past + R"(,"creativeWorkStatus":"Draft")"), ",",
                   update("Secret two.", R"("datePublished":"2031-01-01T00:00:00Z")"), ",",
                   update("Secret three.", past + R"(,"embargoed":"2031-01-01T00:00:00Z")"), ",",
                   update("Secret four.", past + R"(,"isDraft":true)"), ",",
                   update("Later words.", past + R"(,"creativeWorkStatus":"Published")"), "]");
  const std::string body = ReadBlog(updates, "").body();
  EXPECT_THAT(body, ::testing::HasSubstr("Open words."));
  EXPECT_THAT(body, ::testing::HasSubstr("Later words."));
  EXPECT_THAT(body, ::testing::Not(::testing::HasSubstr("Secret")));
}

}  // namespace
}  // namespace broadsheet::sources::html
