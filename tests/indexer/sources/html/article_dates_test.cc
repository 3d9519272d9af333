// SPDX-License-Identifier: GPL-3.0-or-later
// When a page was published, and what of it only looks as if it told that.
#include "indexer/sources/html/article_dates.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "engine/schema/published_time.h"
#include "indexer/sources/html/read_html.h"
#include "tests/indexer/sources/html/pages.h"

namespace broadsheet::sources::html {
namespace {

using ::broadsheet::testing::kParagraphs;
using ::broadsheet::testing::NewsPage;

const absl::Time kNow =
    absl::FromCivil(absl::CivilSecond(2026, 6, 1, 12, 0, 0), absl::UTCTimeZone());

// "2025-03-03", "2025-03-03 09:00", or "undated"; "none" for a page that is refused.
std::string DateOfPage(const std::string& page, std::string_view url = "") {
  const absl::StatusOr<HtmlArticle> read = ReadHtml({.bytes = page, .url = url, .now = kNow});
  return read.ok() ? schema::FormatPublishedTime(read->article)
                   : std::string(read.status().message());
}

// The date of a page with `lines` between headline and text.
std::string DateOfLines(const std::string& lines) {
  return DateOfPage(NewsPage("", absl::StrCat("<h1>Ferry landing moves</h1>", lines, kParagraphs)));
}

std::string WithLanguage(const std::string& page, const std::string& attributes) {
  return absl::StrReplaceAll(page, {{"lang=\"en\"", attributes}});
}

// Dates and times in elements side by side ran together: 1912.
TEST(ArticleDatesTest, BordersOfElementsPartDateAndTime) {
  for (const char* line : {"<p><span>28.09.19</span><span>12:44</span></p>",
                           "<div><b>28.09.2019</b><i>12:44</i></div>",
                           "<time>28.09.19<span>12:44</span></time>", "<p>28.09.1912:44</p>",
                           "<div><span>28</span>.<span>09</span>.<span>2019</span> "
                           "<span>12:44</span></div>"}) {
    EXPECT_EQ(DateOfLines(line), "2019-09-28 12:44") << line;
  }
}

TEST(ArticleDatesTest, CaptionsProseAndOtherDatesTellNothing) {
  for (const char* line :
       {"<figure><img src=a><figcaption>The quay on March 3, 2019</figcaption></figure>",
        "<figure><img src=a><figcaption><time datetime=\"2019-03-03\">March</time> at the "
        "quay</figcaption></figure>",
        "<div><img src=a><div>The quay on March 3, 2019, seen from the boat.</div></div>",
        "<p>The old landing was opened on March 3, 1999, by nobody in particular, and it "
        "rained.</p>",
        "<p>It opened on <time datetime=\"1999-03-03\">March 3, 1999</time>, and it rained all "
        "day long.</p>",
        "<p>Born March 3, 2001</p>", "<p>* 3. März 2001 in Varnholm</p>",
        "<p>Geboren am 3. März 2001</p>", "<p>Née le 3 mars 2001</p>",
        "<p>Copyright March 3, 2019 The Lantern</p>", "<p>© 03.03.2019 Lantern</p>",
        "<p>Valid until March 3, 2025</p>", "<h2>What we know on March 3, 2025</h2>",
        "<p>March 3, 1912</p>", "<p>March 3, 2031</p>", "<time datetime=\"2031-03-03\">x</time>",
        "<blockquote class=\"twitter-tweet\"><p>No ferry.</p>Ida <a href=\"/x\">June 5, "
        "2019</a></blockquote>"}) {
    EXPECT_EQ(DateOfLines(line), "undated") << line;
  }
}

TEST(ArticleDatesTest, LinesAboutThePageTell) {
  for (const char* line :
       {"<p>March 3, 2025</p>", "<p>Published on March 3, 2025.</p>",
        "<p>Veröffentlicht am 3. März 2025</p>", "<p>Inga Bredal | 3 March 2025 | Harbour</p>",
        "<span class=\"date\">3. März 2025</span>",
        "<p>Updated March 9, 2025</p><p>March 3, "
        "2025</p>",
        "<time class=\"updated\" datetime=\"2025-03-09\">x</time><time "
        "datetime=\"2025-03-03\">y</time>",
        "<aside><ul><li>03.03.2025</li></ul></aside>", "<p>Updated March 3, 2025</p>"}) {
    EXPECT_EQ(DateOfLines(line), "2025-03-03") << line;
  }
}

TEST(ArticleDatesTest, TheLanguageOrTheCountryTellsDayFromMonth) {
  const std::string page =
      NewsPage("", absl::StrCat("<h1>Ferry landing moves</h1><p>03/04/2025</p>", kParagraphs));
  EXPECT_EQ(DateOfPage(page), "undated");
  for (const char* language : {"en-US", "en_us"}) {
    EXPECT_EQ(DateOfPage(WithLanguage(page, absl::StrCat("lang=\"", language, "\""))),
              "2025-03-04");
  }
  for (const char* language : {"en-GB", "en-AU", "fr", "de-AT", "es-MX", "pt_BR", "it"}) {
    EXPECT_EQ(DateOfPage(WithLanguage(page, absl::StrCat("lang=\"", language, "\""))), "2025-04-03")
        << language;
  }
  EXPECT_EQ(DateOfPage(page, "https://lantern.example.co.uk/ferry"), "2025-04-03");
  EXPECT_EQ(DateOfPage(page, "https://www.varnholm.gov/ferry"), "2025-03-04");
  EXPECT_EQ(DateOfPage(page, "https://lantern.io/ferry"), "undated");
  EXPECT_EQ(
      DateOfPage(absl::StrReplaceAll(page, {{"<meta charset=\"utf-8\">",
                                             "<meta charset=\"utf-8\"><meta property=\"og:locale\" "
                                             "content=\"en_GB\">"}})),
      "2025-04-03");
}

TEST(ArticleDatesTest, ADateOfThePageThatCanBeReadInOneWayDecides) {
  const std::string page =
      NewsPage("", absl::StrCat("<h1>Ferry landing moves</h1><p>03/04/2025</p>", kParagraphs,
                                "<p>Seen 04/13/2025</p>"));
  EXPECT_EQ(DateOfPage(WithLanguage(page, "lang=\"en-GB\"")), "2025-03-04");
  EXPECT_EQ(DateOfPage(absl::StrReplaceAll(
                page, {{"04/13/2025", "13/04/2025"}, {"lang=\"en\"", "lang=\"en-US\""}})),
            "2025-04-03");
}

TEST(ArticleDatesTest, StatedDatesInNumbersAreReadInThePagesOrder) {
  const std::string page =
      NewsPage("<meta property=\"article:published_time\" content=\"03/04/2025 08:15\">",
               absl::StrCat("<h1>Ferry landing moves</h1>", kParagraphs));
  EXPECT_EQ(DateOfPage(WithLanguage(page, "lang=\"en-IE\"")), "2025-04-03 08:15");
  EXPECT_EQ(DateOfPage(WithLanguage(page, "lang=\"en-US\"")), "2025-03-04 08:15");
}

std::string WithJsonLd(const std::string& json, const std::string& line = "") {
  return NewsPage(absl::StrCat("<script type=\"application/ld+json\">", json, "</script>"),
                  absl::StrCat("<h1>Ferry landing moves</h1>", line, kParagraphs));
}

TEST(ArticleDatesTest, ThePagesOwnStatementCounts) {
  for (const char* json :
       {R"({"@type":"WebPage","datePublished":"2025-03-03T09:00:00+01:00"})",
        R"({"@graph":[{"@type":"NewsArticle","headline":"Ferry landing moves"},
            {"@type":["WebPage","ItemPage"],"datePublished":"2025-03-03T09:00:00+01:00"}]})",
        R"({"@type":"NewsArticle","datePublished":{"@type":"DateTime",
            "@value":"2025-03-03T09:00:00+01:00"}})",
        R"({"@type":"NewsArticle","datePublished":["2025-03-03T09:00:00+01:00"]})"}) {
    EXPECT_EQ(DateOfPage(WithJsonLd(json)), "2025-03-03 09:00") << json;
  }
  EXPECT_EQ(DateOfPage(WithJsonLd(R"({"@type":"NewsArticle","datePublished":1740988800})")),
            "2025-03-03 08:00");
}

// What a program writes that has no date was taken for one.
TEST(ArticleDatesTest, NoDateAtAllIsNone) {
  for (const char* none : {"0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "1970-01-01",
                           "1969-12-31T19:00:00-05:00", "1900-01-01", "0000-00-00", "null"}) {
    EXPECT_EQ(DateOfPage(WithJsonLd(
                  absl::StrCat("{\"@type\":\"NewsArticle\",\"datePublished\":\"", none, "\"}"),
                  "<p>March 3, 2025</p>")),
              "2025-03-03")
        << none;
  }
  // An old paper may state the day it was printed.
  EXPECT_EQ(DateOfPage(WithJsonLd(R"({"@type":"NewsArticle","datePublished":"1912-04-15"})")),
            "1912-04-15");
}

// The date of a posting that the page embeds was taken for the page's.
// The time of a post that a page shows became the article's.
TEST(ArticleDatesTest, TimesOfWhatIsQuotedOrEmbeddedTellNothing) {
  for (const char* shown :
       {"<div class=\"tgme_widget_message\"><div>The boat is late today.</div><a "
        "href=\"https://t.me/quay/12\">TIME</a></div>",
        "<div class=\"vk_post\">Inga TIME</div>",
        "<blockquote><p>The boat is late today.</p><a href=\"https://t.me/s/quay/12\">TIME</a>"
        "</blockquote>",
        "<blockquote><p>The boat is late today.</p>TIME</blockquote>",
        "<figure class=\"wp-block-embed\"><div>TIME</div></figure>",
        "<div class=\"embed-container\"><span>Inga</span>TIME</div>", "<iframe>TIME</iframe>"}) {
    const std::string html = absl::StrReplaceAll(
        shown, {{"TIME", "<time datetime=\"2019-03-03T10:00:00Z\">March 3</time>"}});
    EXPECT_EQ(DateOfPage(NewsPage("", absl::StrCat("<h1>Ferry landing moves</h1>", kParagraphs,
                                                   html, kParagraphs))),
              "undated")
        << html;
  }
}

TEST(ArticleDatesTest, APostingOrACommentIsNotTheArticle) {
  EXPECT_EQ(DateOfPage(WithJsonLd(
                R"([{"@type":"SocialMediaPosting","headline":"Look!","datePublished":"2019-06-05",
                     "author":"Ida","keywords":["a","b","c"]},
                    {"@type":"NewsArticle","datePublished":"2025-03-03"}])")),
            "2025-03-03");
  EXPECT_EQ(DateOfLines("<div itemscope itemtype=\"https://schema.org/SocialMediaPosting\"><meta "
                        "itemprop=\"datePublished\" content=\"2019-06-05\"></div>"),
            "undated");
}

}  // namespace
}  // namespace broadsheet::sources::html
