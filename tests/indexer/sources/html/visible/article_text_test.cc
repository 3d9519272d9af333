// SPDX-License-Identifier: GPL-3.0-or-later
// Which elements of a page are its article, whatever they are named.
#include "indexer/sources/html/visible/article_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "indexer/sources/html/read_html.h"
#include "tests/indexer/sources/html/pages.h"

namespace broadsheet::sources::html {
namespace {

using ::broadsheet::testing::kParagraphs;
using ::broadsheet::testing::kParagraphsText;
using ::broadsheet::testing::NewsPage;
using ::testing::HasSubstr;
using ::testing::Not;

const char* const kHeading = "<h1>Ferry landing moves</h1>";

// The body, or why there is none.
std::string BodyOf(const std::string& article) {
  const absl::StatusOr<HtmlArticle> read = ReadHtml({.bytes = NewsPage("", article)});
  return read.ok() ? read->article.body() : std::string(read.status().message());
}

std::vector<std::string> SixParagraphs() {
  std::vector<std::string> paragraphs;
  for (const char* day : {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}) {
    paragraphs.push_back(
        absl::StrCat("On ", day,
                     " the harbour board heard the crews of all ferries and wrote down "
                     "what each of them had seen at the old quay."));
  }
  return paragraphs;
}

// Each paragraph in an element of its own, with `attributes`.
std::string Wrapped(const std::vector<std::string>& paragraphs, const std::string& attributes) {
  std::string html;
  for (const std::string& paragraph : paragraphs) {
    absl::StrAppend(&html, "<div ", attributes, "><p>", paragraph, "</p></div>");
  }
  return html;
}

std::string Joined(const std::vector<std::string>& paragraphs) {
  std::string text;
  for (const std::string& paragraph : paragraphs) {
    absl::StrAppend(&text, text.empty() ? "" : "\n\n", paragraph);
  }
  return text;
}

// A page was refused since each of its paragraphs was in an element whose name had a word of
// furniture: none had a third of the text.
TEST(ArticleTextTest, ParagraphsInElementsOfOneNameAreTextWhateverItIs) {
  for (const char* attributes :
       {"class=\"field--label-hidden\"", "class=\"hidden\"", "class=\"promo\"", "id=\"ad\"",
        "class=\"sidebar-text\"", "class=\"related-block\"", "class=\"newsletter\"",
        "class=\"share\"", "class=\"social\" style=\"display: none\"", "aria-hidden=\"true\"",
        "class=\"support wide\"", "data-testid=\"banner-text\""}) {
    EXPECT_EQ(BodyOf(kHeading + Wrapped(SixParagraphs(), attributes)), Joined(SixParagraphs()))
        << attributes;
  }
}

// Names on some paragraphs made holes in the text.
TEST(ArticleTextTest, MostParagraphsOfOneNameAreTextBesideOthersWithoutIt) {
  const std::vector<std::string> all = SixParagraphs();
  const std::vector<std::string> first(all.begin(), all.begin() + 1);
  const std::vector<std::string> rest(all.begin() + 1, all.end());
  for (const char* name : {"promo", "overlay-text", "player", "bio"}) {
    EXPECT_EQ(BodyOf(kHeading + Wrapped(first, "class=story") +
                     Wrapped(rest, std::string("class=\"") + name + "\"")),
              Joined(all))
        << name;
  }
}

TEST(ArticleTextTest, WhatHoldsTheHeadlineIsNoFurniture) {
  for (const char* attributes :
       {"class=\"comments\"", "class=\"newsletter\"", "class=\"cookie-consent-given\"",
        "class=\"article-sidebar\"", "id=\"related\"", "hidden", "role=\"complementary\""}) {
    // Another long text on the page, so that the article is not much of it.
    EXPECT_EQ(BodyOf(absl::StrCat("<div ", attributes, ">", kHeading, kParagraphs, "</div>")),
              kParagraphsText)
        << attributes;
  }
}

TEST(ArticleTextTest, NamesOfThePageItselfSayNothing) {
  const std::string page = absl::StrCat(
      "<html class=\"ads hidden\"><body class=\"sidebar newsletter comments\"><main id=\"promo\" "
      "class=\"social overlay\">",
      kHeading, kParagraphs, "</main></body></html>");
  const absl::StatusOr<HtmlArticle> read = ReadHtml({.bytes = page});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->article.body(), kParagraphsText);
}

// Comments were taken for the article where they were longer.
TEST(ArticleTextTest, CommentsAreNoTextHoweverLong) {
  for (const char* name : {"comments", "comment-list", "comments-area", "disqus_thread"}) {
    const std::string comments =
        absl::StrCat("<div class=\"", name, "\">", Wrapped(SixParagraphs(), "class=c"),
                     Wrapped(SixParagraphs(), "class=d"), "</div>");
    EXPECT_EQ(BodyOf(absl::StrCat(kHeading, kParagraphs, comments)), kParagraphsText) << name;
  }
}

TEST(ArticleTextTest, AHiddenCopyIsNotReadASecondTime) {
  const std::string text = Wrapped(SixParagraphs(), "class=story");
  EXPECT_EQ(BodyOf(absl::StrCat(kHeading, "<div hidden>", text, "</div>", text)),
            Joined(SixParagraphs()));
  EXPECT_EQ(BodyOf(absl::StrCat(kHeading, text, "<div style='display:none'>", text, "</div>")),
            Joined(SixParagraphs()));
  // A name alone hides, too.
  for (const char* name : {"hidden", "is-hidden", "print-only", "offscreen"}) {
    EXPECT_EQ(BodyOf(absl::StrCat(kHeading, "<div class='", name, "'>", text, "</div>", text)),
              Joined(SixParagraphs()))
        << name;
  }
}

// A notice alone makes no article of a page that is none.
TEST(ArticleTextTest, ANoticeAloneIsNoText) {
  EXPECT_THAT(BodyOf("<h1>Page not found</h1><div class=\"newsletter\"><p>Sign up for the letter "
                     "that tells you every morning what the harbour does.</p></div>"),
              HasSubstr("no running text"));
}

TEST(ArticleTextTest, LinesBetweenBreaksBesideParagraphsAreText) {
  std::string html = "<div>";
  std::string text;
  for (const std::string& paragraph : SixParagraphs()) {
    absl::StrAppend(&html, paragraph, "<br><br>See the plan below<br><br>");
    absl::StrAppend(&text, text.empty() ? "" : "\n\n", paragraph, "\n\nSee the plan below");
  }
  EXPECT_EQ(BodyOf(absl::StrCat(kHeading, html, "</div>")), text);
}

TEST(ArticleTextTest, AnElementThatHtmlDoesNotHaveStandsInItsLine) {
  EXPECT_THAT(BodyOf(absl::StrCat(kHeading, kParagraphs,
                                  "<p>Nine thousand carts cross the quay a day (<x-note><a "
                                  "href=\"/n\">1</a></x-note>), it says.</p>")),
              HasSubstr("Nine thousand carts cross the quay a day (1), it says."));
}

struct Post {
  const char* html;
  const char* quoted;
  const char* left_out;
};

// The text of embedded posts was dropped with one network and kept with another, and its author and
// date became the article's.
TEST(ArticleTextTest, OfAnEmbeddedPostTheTextIsQuotedAndNothingElse) {
  const Post kPosts[] = {
      {"<blockquote class=\"twitter-tweet\"><p lang=\"en\">The new pier stands where nobody wanted "
       "it. <a href=\"https://t.co/x\">pic.example/x</a></p>&mdash; Harbour Watch (@harbourwatch) "
       "<a href=\"https://twitter.com/harbourwatch/status/17\">June 5, 2019</a></blockquote>",
       "The new pier stands where nobody wanted it.", "Harbour Watch"},
      {"<blockquote class=\"bluesky-embed\"><p>Eleven years, and the first plan was the right "
       "one.</p>&mdash; Ida (<a href=\"https://bsky.app/profile/ida\">@ida</a>) <a "
       "href=\"https://bsky.app/profile/ida/post/3k\">June 5, 2019 at 9:00 AM</a></blockquote>",
       "Eleven years, and the first plan was the right one.", "Ida"},
      {"<div class=\"fb-post\"><blockquote><p>We shall miss the old quay and all of its "
       "cranes.</p>Posted by <a rel=\"author\" href=\"/author/tom\">Tom Quill</a> on <time "
       "datetime=\"2019-06-05\">5 June 2019</time></blockquote></div>",
       "We shall miss the old quay", "Tom Quill"},
      {"<blockquote><p>No ferry today, says the harbour master.</p>&mdash; Ann Lee <a "
       "href=\"https://x.com/annlee/status/99\">5:00 PM · Jun 5, 2019</a></blockquote>",
       "No ferry today, says the harbour master.", "Ann Lee"},
      {"<div class=\"social-embed\"><blockquote class=\"tiktok-embed\"><section><a "
       "href=\"https://www.tiktok.com/@pier\">@pier</a><p>Watch how the crane is lifted off the "
       "quay in one piece.</p><a>original sound</a></section></blockquote></div>",
       "Watch how the crane is lifted", "original sound"},
  };
  for (const Post& post : kPosts) {
    const absl::StatusOr<HtmlArticle> read =
        ReadHtml({.bytes = NewsPage("", absl::StrCat(kHeading, post.html, kParagraphs))});
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_THAT(read->article.body(), HasSubstr(post.quoted));
    EXPECT_THAT(read->article.body(), Not(HasSubstr(post.left_out)));
    EXPECT_FALSE(read->article.has_published_time()) << post.html;
    EXPECT_EQ(read->article.bylines_size(), 0) << read->article.bylines(0).name();
  }
}

}  // namespace
}  // namespace broadsheet::sources::html
