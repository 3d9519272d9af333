// SPDX-License-Identifier: GPL-3.0-or-later
// Which element of a page holds the text.
#include "indexer/sources/html/visible/body_element.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "indexer/sources/html/read_html.h"
#include "tests/indexer/sources/html/pages.h"

namespace broadsheet::sources::html {
namespace {

using ::broadsheet::testing::kParagraphs;
using ::broadsheet::testing::kParagraphsText;

std::string TextOfPage(const std::string& html) {
  const absl::StatusOr<HtmlArticle> read =
      ReadHtml({.bytes = "<html><head><title>Ferry landing moves</title></head><body>" + html +
                         "</body></html>"});
  return read.ok() ? read->article.body() : std::string(read.status().message());
}

// The only long paragraph was taken for the whole text.
TEST(BodyElementTest, WhatStandsBesideASingleParagraphIsRead) {
  const std::string paragraph =
      "The council voted on Tuesday to close the bridge for eleven weeks while divers work on it.";
  for (const char* beside :
       {"<p>It will be loud.</p>", "<ul><li>New planks</li></ul>", "<p>Es wird laut.</p>",
        "<h2>For whom?</h2><p>For the ferry.</p>", "<blockquote>Never again!</blockquote>"}) {
    EXPECT_NE(TextOfPage(absl::StrCat("<article><h1>Ferry landing moves</h1><div><p>", paragraph,
                                      "</p>", beside, "</div></article>")),
              paragraph)
        << beside;
  }
}

// Links among the paragraphs weighed more than the paragraphs.
TEST(BodyElementTest, LinksAmongTheParagraphsWeighNothing) {
  std::string html;
  for (int i = 0; i < 40; ++i)
    absl::StrAppend(&html, "<p><a href=\"/", i, "\">Map ", i, "</a></p>");
  EXPECT_EQ(TextOfPage(absl::StrCat("<div><h1>Ferry landing moves</h1><div>", kParagraphs, html,
                                    "</div></div>")),
            kParagraphsText);
}

std::string Teasers(int count) {
  std::string html = "<section class=latest><h2>Elsewhere</h2>";
  for (int i = 0; i < count; ++i) {
    absl::StrAppend(&html, "<div class=card><h3><a href=\"/", i, "\">Story ", i,
                    "</a></h3><p>Somebody in the upper town has found a thing that nobody was "
                    "looking for, and its owner may fetch it at number ",
                    i, " behind the mill.</p></div>");
  }
  return html + "</section>";
}

// The longer teasers below were the text of a page.
TEST(BodyElementTest, SeveralParagraphsBelowTheHeadlineOutweighLongerTeasers) {
  for (const char* name : {"story-body paywall", "paywall", "metered", "piano-text", "text"}) {
    EXPECT_EQ(TextOfPage(absl::StrCat("<main><article><h1>Ferry landing moves</h1><div class=\"",
                                      name, "\"><div class=\"entry-content\">", kParagraphs,
                                      "</div></div></article>", Teasers(20), "</main>")),
              kParagraphsText)
        << name;
  }
}

// The part of a text behind a paywall, which the page hides, was lost.
TEST(BodyElementTest, HiddenParagraphsBelowVisibleOnesAreText) {
  const std::string hidden =
      "<p>The first chain was forged in winter by two brothers who never agreed on its length.</p>"
      "<p>When the port doubled in size, nobody thought of the chains under the tower.</p>";
  for (const char* attributes :
       {"class=\"subscriber-only\" style=\"display:none\"", "hidden",
        "style=\"visibility: hidden\"", "class=\"premium\" hidden", "aria-hidden=\"true\""}) {
    EXPECT_TRUE(
        TextOfPage(absl::StrCat("<article><h1>Ferry landing moves</h1><div>", kParagraphs, "<div ",
                                attributes, ">", hidden, "</div></div></article>", Teasers(13)))
            .ends_with("under the tower."))
        << attributes;
  }
  for (const char* attributes : {"class=\"newsletter\" hidden", "class=\"related\" hidden"}) {
    EXPECT_EQ(TextOfPage(absl::StrCat("<article><h1>Ferry landing moves</h1><div>", kParagraphs,
                                      "<div ", attributes, ">", hidden, "</div></div></article>")),
              kParagraphsText)
        << attributes;
  }
}

}  // namespace
}  // namespace broadsheet::sources::html
