// SPDX-License-Identifier: GPL-3.0-or-later
// Which blocks beside, before and behind the paragraphs are text.
#include "indexer/sources/html/visible/text_picker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "indexer/sources/html/read_html.h"
#include "tests/indexer/sources/html/pages.h"

namespace broadsheet::sources::html {
namespace {

using ::broadsheet::testing::kParagraphs;
using ::broadsheet::testing::kParagraphsText;
using ::broadsheet::testing::NewsPage;
using ::testing::HasSubstr;
using ::testing::Not;

// The body of an article whose headline is followed by `html`, or why there is none.
std::string TextOfArticle(const std::string& html) {
  const absl::StatusOr<HtmlArticle> read =
      ReadHtml({.bytes = NewsPage("", "<h1>Ferry landing moves</h1>" + html)});
  return read.ok() ? read->article.body() : std::string(read.status().message());
}

std::string InBox(const std::string& html) { return "<div class=text>" + html + "</div>"; }

// Texts began with their first long paragraph.
TEST(TextPickerTest, LinesAmongTheParagraphsAreTextBeforeTheFirst) {
  struct Edge {
    const char* html;
    const char* text;
  };
  for (const Edge& edge : {Edge{"<p>It is official now</p>", "It is official now"},
                           Edge{"<h2>What changes</h2>", "What changes"},
                           Edge{"<ul><li>Closed in April</li><li>Open in June</li></ul>",
                                "Closed in April\n\nOpen in June"},
                           Edge{"<p><b>Es wird laut.</b></p>", "Es wird laut."},
                           Edge{"<h3>何が変わるか</h3>", "何が変わるか"}}) {
    EXPECT_EQ(TextOfArticle(InBox(absl::StrCat(edge.html, kParagraphs))),
              absl::StrCat(edge.text, "\n\n", kParagraphsText))
        << edge.html;
  }
}

TEST(TextPickerTest, BylinesDatesAndLinksBeforeTheFirstParagraphAreNoText) {
  for (const char* html :
       {"<p>By Orla Penhale</p>", "<p>3 March 2025, 9:00</p>", "<p>Orla Penhale</p>",
        "<p><a href=\"/h\">More from the harbour</a></p>", "<p>Share this article</p>",
        "<p>2025-03-03 09:18 | Harbour | Orla Penhale</p>", "<p>orla@lantern.example</p>"}) {
    EXPECT_EQ(TextOfArticle(InBox(absl::StrCat(html, kParagraphs))), kParagraphsText) << html;
  }
}

// Lists and short lines behind the last long paragraph were lost.
TEST(TextPickerTest, LinesAmongTheParagraphsAreTextBehindTheLast) {
  for (const char* html :
       {"<h3>Where it lands</h3><ul><li>Fish market: until noon</li></ul>",
        "<p>So be it, she says</p>", "<p>Und dann?</p>", "<ol><li>Premier quai</li></ol>",
        "<blockquote><p>Nobody asked us</p></blockquote>"}) {
    EXPECT_THAT(TextOfArticle(InBox(absl::StrCat(kParagraphs, html))), Not(kParagraphsText))
        << html;
  }
  for (const char* html :
       {"<h3>Where it lands</h3>", "<p>Orla Penhale</p>", "<p><b>More soon</b></p>",
        "<p>orla@lantern.example</p>", "<p><a href=\"/t\">Timetable</a></p>"}) {
    EXPECT_EQ(TextOfArticle(InBox(absl::StrCat(kParagraphs, html))), kParagraphsText) << html;
  }
}

// Sentences that link most of their words were taken for menus.
TEST(TextPickerTest, ASentenceWithWordsOutsideItsLinkIsText) {
  for (const char* sentence :
       {"Divers say <a href=\"/a\">the chains were painted over and never looked at</a> again.",
        "Laut Hafenmeister <a href=\"/a\">liegt das Gutachten seit Jahren</a> im Schrank.",
        "Le port avait promis <a href=\"/a\">un bac gratuit pour les commerçants</a> du quai.",
        "Ya lo dijo el capitán: no." /* no link: as before */,
        "It was <a href=\"/a\">the second delay of the year</a> for them."}) {
    EXPECT_NE(TextOfArticle(InBox(absl::StrCat(kParagraphs, "<p>", sentence, "</p>", kParagraphs))),
              TextOfArticle(InBox(absl::StrCat(kParagraphs, kParagraphs))))
        << sentence;
  }
  for (const char* link : {"<a href=\"/a\">The second delay of the year is over now.</a>",
                           "Read on: <a href=\"/a\">The second delay of the year is over now.</a>",
                           "Our rules: <a href=\"/a\">The standards of the harbour board.</a>"}) {
    EXPECT_EQ(TextOfArticle(InBox(absl::StrCat(kParagraphs, "<p>", link, "</p>"))), kParagraphsText)
        << link;
  }
}

// Notes to readers were the end of many texts.
TEST(TextPickerTest, TheTextEndsBeforeNotesToReaders) {
  const char* const kNotes =
      "<h4>Stay with us</h4><p>Follow us on Instagram and sign up for our newsletter.</p>"
      "<p>Please sign in to leave a comment below this article.</p><p>Copyright 2025 The Lantern. "
      "Nothing of it may be printed without a letter.</p>";
  EXPECT_EQ(TextOfArticle(InBox(absl::StrCat(kParagraphs, kNotes))), kParagraphsText);
  // In the middle such words are what somebody said.
  EXPECT_THAT(TextOfArticle(InBox(absl::StrCat("<p>Subscribe to our newsletter, the poster on the "
                                               "old crane says.</p>",
                                               kParagraphs))),
              HasSubstr("the poster on the old crane"));
  const char* const kCorrection =
      "Correction: An earlier version of this article named the wrong quay.";
  EXPECT_EQ(TextOfArticle(InBox(absl::StrCat(kParagraphs, "<p>", kCorrection, "</p>", kNotes))),
            absl::StrCat(kParagraphsText, "\n\n", kCorrection));
}

// A paragraph of rules for readers behind the text's element became its end.
TEST(TextPickerTest, BehindTheElementWithNearlyAllOfTheTextThereIsNone) {
  const std::string notice =
      "<p>Whoever buys a rope by way of the links in this paper helps to pay for it.</p>";
  EXPECT_EQ(TextOfArticle(InBox(kParagraphs) + notice), kParagraphsText);
  EXPECT_EQ(TextOfArticle("<div class=\"entry-content\">" + std::string(kParagraphs) +
                          "</div><div class=legal>" + notice + notice + "</div>"),
            kParagraphsText);
  // The text goes on in another element of its kind, as behind an advertisement.
  EXPECT_THAT(TextOfArticle(InBox(kParagraphs) + "<div class=ad>Ropes</div>" + InBox(notice)),
              HasSubstr("Whoever buys a rope"));
}

// Quotations that a page shows as figures were lost as captions.
TEST(TextPickerTest, AQuotationInAFigureIsTextUnlessItRepeatsTheText) {
  const std::string said = "We have waited for eleven years, and now the boats will come to us.";
  for (const char* const figure :
       {"<figure><blockquote><p>“$”</p></blockquote></figure>",
        "<figure class=quote><blockquote>$</blockquote><figcaption>Ann Lee</figcaption></figure>",
        "<figure><blockquote class=q><p>«$»</p></blockquote><cite>Ann Lee</cite></figure>",
        "<figure><div><blockquote>„$“</blockquote></div></figure>",
        "<figure id=q1><blockquote><p>$</p></blockquote></figure>"}) {
    const std::string html = absl::StrReplaceAll(figure, {{"$", said}});
    EXPECT_THAT(TextOfArticle(InBox(absl::StrCat(kParagraphs, html, kParagraphs))), HasSubstr(said))
        << figure;
    const std::string paragraph = absl::StrCat("<p>She smiled. \"", said, "\" So she said.</p>");
    EXPECT_EQ(TextOfArticle(InBox(absl::StrCat(paragraph, html, kParagraphs))),
              absl::StrCat("She smiled. \"", said, "\" So she said.\n\n", kParagraphsText))
        << figure;
  }
}

// Boxes of facts and profiles among the paragraphs were read with the text.
TEST(TextPickerTest, ABoxWithAHeadingOfItsOwnIsNoText) {
  const std::string in =
      "<h3>The crane</h3><p>The old crane was built by two brothers and has stood for years.</p>";
  for (const char* kind : {"div class=facts", "section", "div class=\"c-12 x\"", "div id=b",
                           "section class=story-profil"}) {
    const std::string box =
        absl::StrCat("<", kind, ">", in, "</", kind[0] == 'd' ? "div" : "section", ">");
    EXPECT_EQ(TextOfArticle(InBox(absl::StrCat(kParagraphs, box, kParagraphs))),
              absl::StrCat(kParagraphsText, "\n\n", kParagraphsText))
        << kind;
    // Many of a kind divide the text.
    EXPECT_THAT(TextOfArticle(InBox(absl::StrCat(kParagraphs, box, box, box, kParagraphs))),
                HasSubstr("The old crane"))
        << kind;
  }
  EXPECT_THAT(TextOfArticle(InBox(absl::StrCat(kParagraphs, in, kParagraphs))),
              HasSubstr("The old crane"));
}

// Articles below a heading such as "Related" were read as the end of the text.
TEST(TextPickerTest, ArticlesBehindAHeadingOfOthersAreNoText) {
  const std::string other =
      "<article class=post><p>Whoever waits for the tide should bring a chair, said the ferryman "
      "of Norhaven, and he has been right about that in each of the forty years.</p></article>";
  for (const char* heading : {"<h3 class=\"relatedtitle\">Even this</h3>", "<h3>Lees ook</h3>",
                              "<h2>Related stories</h2>", "<h4>Mehr zum Thema</h4>",
                              "<h3 class=\"recommended-title\">Chosen for you</h3>"}) {
    EXPECT_EQ(TextOfArticle(absl::StrCat(kParagraphs, heading, other, other, other)),
              kParagraphsText)
        << heading;
  }
  // Updates of a day in articles of their own are text.
  EXPECT_THAT(TextOfArticle(absl::StrCat(kParagraphs, "<h2>How it went</h2>", other, other)),
              HasSubstr("bring a chair"));
}

TEST(TextPickerTest, AHeadingOfTheSameRankLeadsBackToTheText) {
  EXPECT_THAT(TextOfArticle(InBox(absl::StrCat(
                  kParagraphs,
                  "<h3>Related stories</h3><ul><li><a href=\"/a\">Tuba found</a></li>"
                  "</ul><h3>Timetable</h3><ul><li>Fish market: until noon</li></ul>"))),
              ::testing::EndsWith("Timetable\n\nFish market: until noon"));
}

}  // namespace
}  // namespace broadsheet::sources::html
