// SPDX-License-Identifier: GPL-3.0-or-later
// Feeds, and what hostile XML is kept from doing.
#include <gmock/gmock.h>
#include <google/protobuf/util/time_util.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "indexer/sources/article/wire_date.h"
#include "tests/indexer/sources/collected.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::ReadAs;
using ::google::protobuf::util::TimeUtil;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Collected ReadFeed(std::string xml) { return ReadAs(Format::kRss, std::move(xml)); }

std::string Rss(const std::string& items) {
  return "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" "
         "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
         "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
         "xmlns:m=\"http://search.yahoo.com/mrss/\" xmlns:atom=\"http://www.w3.org/2005/Atom\">"
         "<channel><title>The Paper</title><atom:link rel=\"self\" href=\"https://p.example/rss\"/>"
         "<language>en</language>" +
         items + "</channel></rss>";
}

TEST(RssTest, ReadsRss2WithItsModules) {
  const Collected got = ReadFeed(
      Rss("<item><title>Curlews &amp;amp; <![CDATA[<b>corn</b>]]></title>"
          "<link>https://p.example/1</link><guid isPermaLink=\"false\">17</guid>"
          "<pubDate>Fri, 19 Jun 2026 05:00:00 +0100</pubDate><dc:creator>By Jane Doe</dc:creator>"
          "<category>birds</category><category domain=\"x\">mills</category>"
          "<description>In short.</description><content:encoded><![CDATA[<p>One.</p><p>Two &nbsp;"
          "&ldquo;x&rdquo;.</p><figure><img src='a.jpg'><figcaption>A bench. <span class=credit>Tim"
          "</span></figcaption></figure><script>evil()</script>]]></content:encoded>"
          "<m:content url=\"b.jpg\"><m:description>A wheel.</m:description><m:credit>Lu</m:credit>"
          "</m:content></item>"));
  EXPECT_THAT(got.rejects, IsEmpty());
  ASSERT_EQ(got.articles.size(), 1U);
  const v1::Article& article = got.articles[0];
  EXPECT_EQ(article.headline(), "Curlews & corn");
  EXPECT_EQ(article.url(), "https://p.example/1");
  EXPECT_EQ(article.id(), "") << "a number is unique in its own feed only";
  EXPECT_EQ(TimeUtil::ToString(article.published_time()), "2026-06-19T04:00:00Z");
  EXPECT_EQ(article.published_offset_minutes(), 60);
  ASSERT_EQ(article.bylines_size(), 1);
  EXPECT_EQ(article.bylines(0).name(), "Jane Doe");
  EXPECT_THAT(article.tags(), ElementsAre("birds", "mills"));
  EXPECT_EQ(article.summary(), "In short.");
  EXPECT_THAT(article.body(), HasSubstr("One.\n\nTwo"));
  EXPECT_THAT(article.body(), Not(HasSubstr("evil")));
  EXPECT_EQ(article.source(), "The Paper");
  EXPECT_EQ(article.language(), "en");
  ASSERT_EQ(article.captions_size(), 2);
  EXPECT_EQ(article.captions(0).text(), "A wheel.");
  EXPECT_EQ(article.captions(0).credit(), "Lu");
  EXPECT_EQ(article.captions(1).text(), "A bench.");
  EXPECT_EQ(article.captions(1).credit(), "Tim");
}

TEST(RssTest, ReadsRss1) {
  const Collected got = ReadFeed(
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
      "xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
      "<channel rdf:about=\"x\"><title>Old Feed</title></channel>"
      "<item rdf:about=\"https://o.example/1\"><title>One</title><link>https://o.example/1</link>"
      "<description>Text.</description><dc:date>2003-06-10</dc:date><dc:subject>a</dc:subject>"
      "</item></rdf:RDF>");
  ASSERT_EQ(got.articles.size(), 1U);
  EXPECT_EQ(got.articles[0].id(), "https://o.example/1");
  EXPECT_EQ(got.articles[0].source(), "Old Feed");
  EXPECT_EQ(got.articles[0].published_precision(), v1::DATE_PRECISION_DAY);
  EXPECT_THAT(got.articles[0].tags(), ElementsAre("a"));
}

TEST(RssTest, ReadsAtom) {
  const Collected got = ReadFeed(
      "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\"><title>Notes</title>"
      "<author><name>Ottoline Grice</name></author><rights>(c) Trust</rights><entry>"
      "<title type=\"html\">What &amp;amp; why</title><id>tag:n.example,2026:1</id>"
      "<link rel=\"self\" href=\"https://n.example/1.atom\"/>"
      "<link rel=\"alternate\" "
      "href=\"https://n.example/1\"/><updated>2026-06-26T07:45:00Z</updated>"
      "<category term=\"t\" label=\"The log\"/><content type=\"xhtml\">"
      "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>One.</p><p>Two.</p></div></content>"
      "</entry></feed>");
  ASSERT_EQ(got.articles.size(), 1U);
  const v1::Article& article = got.articles[0];
  EXPECT_EQ(article.headline(), "What & why");
  EXPECT_EQ(article.id(), "tag:n.example,2026:1");
  EXPECT_EQ(article.url(), "https://n.example/1");
  EXPECT_EQ(article.bylines(0).name(), "Ottoline Grice");
  EXPECT_THAT(article.tags(), ElementsAre("The log"));
  EXPECT_EQ(article.body(), "One.\n\nTwo.");
  EXPECT_EQ(TimeUtil::ToString(article.published_time()), "2026-06-26T07:45:00Z");
  EXPECT_EQ(article.language(), "de");
  EXPECT_EQ(article.copyright(), "(c) Trust");
}

TEST(RssTest, MistakeIsReportedWithItsLineAndOtherItemsAreRead) {
  const Collected got =
      ReadFeed(Rss("<item><title>One</title></item>\n<item><title>T & Q &eacute;"
                   "</title></item>\n<item><title>A &amp; B</title></item>"));
  ASSERT_EQ(got.articles.size(), 3U);
  EXPECT_EQ(got.articles[2].headline(), "A & B") << "references still work after a mistake";
  EXPECT_EQ(got.articles[1].headline(), "T & Q é");
  EXPECT_THAT(got.rejects, IsEmpty()) << "nothing was lost";
  ASSERT_EQ(got.warnings.size(), 1U);
  EXPECT_EQ(got.warnings[0].place.line, 3U);
  EXPECT_THAT(got.warnings[0].reason, HasSubstr("not well-formed XML"));
}

TEST(RssTest, HtmlErrorPageIsNamedAsWhatItIs) {
  const Collected got = ReadFeed(
      "<!DOCTYPE html><html><head><title>503</title></head><body><p>Busy<br></body></html>");
  ASSERT_EQ(got.rejects.size(), 1U);
  EXPECT_THAT(got.rejects[0].reason, HasSubstr("an HTML page, perhaps a server's error message"));
}

TEST(RssTest, FeedWithoutItemsIsReported) {
  EXPECT_THAT(ReadFeed(Rss("")).rejects[0].reason, HasSubstr("a feed without any item"));
}

TEST(HostileXmlTest, EntitiesAreNeverExpandedNorLoaded) {
  testing::TempDir folder;
  const auto secret = folder.Write("secret.txt", "TOP SECRET");
  std::string xml =
      "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\">"
      "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">"
      "<!ENTITY f SYSTEM \"file://" +
      secret.string() +
      "\"><!ENTITY % p SYSTEM \"file:///nowhere.dtd\"> %p;]><rss><channel><title "
      "x=\"&c;\">T</title>"
      "<item><title>&c; &f; &nbsp;&eacute;</title></item></channel></rss>";
  const Collected got = ReadFeed(xml);
  ASSERT_EQ(got.articles.size(), 1U);
  EXPECT_THAT(got.articles[0].headline(), Not(HasSubstr("ha")));
  EXPECT_THAT(got.articles[0].headline(), Not(HasSubstr("SECRET")));
  EXPECT_THAT(got.articles[0].headline(), HasSubstr("é"));
}

TEST(HostileXmlTest, HundredThousandNestedElementsAreRefused) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<x>";
  const Collected xml = ReadFeed("<rss><channel><item><title>T</title>" + deep);
  ASSERT_EQ(xml.rejects.size(), 1U);
  EXPECT_THAT(xml.rejects[0].reason, HasSubstr("nested more than 256 deep"));

  std::string html;
  for (int i = 0; i < 100'000; ++i) html += "<div>";
  const Collected fragment = ReadFeed(Rss("<item><title>T</title><description><![CDATA[" + html +
                                          "]]></description></item>"
                                          "<item><title>Good</title></item>"));
  ASSERT_EQ(fragment.rejects.size(), 1U);
  EXPECT_THAT(fragment.rejects[0].reason, HasSubstr("nested more than 256 deep"));
  ASSERT_EQ(fragment.articles.size(), 1U);
}

TEST(HostileXmlTest, RecordOverTheLimitIsRefusedAndTheNextOneRead) {
  std::string items = "<item><title>";
  for (int i = 0; i < 20; ++i) items += "<b>" + std::string(1 << 20, 'x') + "</b>";
  items += "</title></item><item><title>Good</title></item>";
  const Collected got = ReadFeed(Rss(items));
  ASSERT_EQ(got.rejects.size(), 1U);
  EXPECT_THAT(got.rejects[0].reason, HasSubstr("more than 16777216 bytes cannot be one article"));
  ASSERT_EQ(got.articles.size(), 1U);
  EXPECT_EQ(got.articles[0].headline(), "Good");
}

TEST(HostileXmlTest, LyingEncodingIsReportedAndReadOn) {
  const Collected got = ReadFeed(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss><channel><item>"
      "<title>Caf\xe9 M\xfcller</title></item></channel></rss>");
  ASSERT_EQ(got.articles.size(), 1U);
  EXPECT_EQ(got.articles[0].headline(), "Café Müller");
  EXPECT_THAT(got.rejects, IsEmpty());
  EXPECT_EQ(got.warnings.size(), 1U);
}

TEST(WireDateTest, ReadsWhatFeedsAndAgenciesWrite) {
  const struct {
    const char* text;
    const char* printed;
    v1::DatePrecision precision;
  } kRows[] = {
      {"Tue, 10 Jun 2003 04:00:00 GMT", "2003-06-10T04:00:00Z", v1::DATE_PRECISION_INSTANT},
      {"10 Jun 2003 04:00 EST", "2003-06-10T09:00:00Z", v1::DATE_PRECISION_INSTANT},
      {"Tue, 10 Jun 03 04:00:00 +0200", "2003-06-10T02:00:00Z", v1::DATE_PRECISION_INSTANT},
      {"Thu, 01 Jan 2004 19:48:21 -0530", "2004-01-02T01:18:21Z", v1::DATE_PRECISION_INSTANT},
      {"10 Jun 2003", "2003-06-10T00:00:00Z", v1::DATE_PRECISION_DAY},
      {"Tue, 10 Jun 2003 04:00:00", "2003-06-10T04:00:00Z", v1::DATE_PRECISION_NO_ZONE},
      {"20030610T040000Z", "2003-06-10T04:00:00Z", v1::DATE_PRECISION_INSTANT},
      {"20030610T040000+0100", "2003-06-10T03:00:00Z", v1::DATE_PRECISION_INSTANT},
      {"20030610", "2003-06-10T00:00:00Z", v1::DATE_PRECISION_DAY},
      {"2003-06-10T04:00:00+0200", "2003-06-10T02:00:00Z", v1::DATE_PRECISION_INSTANT},
      {"2003-06-10", "2003-06-10T00:00:00Z", v1::DATE_PRECISION_DAY},
      {"2003-06", "2003-06-01T00:00:00Z", v1::DATE_PRECISION_MONTH},
  };
  for (const auto& row : kRows) {
    v1::Article article;
    EXPECT_TRUE(SetPublishedFrom(row.text, &article)) << row.text;
    EXPECT_EQ(TimeUtil::ToString(article.published_time()), row.printed) << row.text;
    EXPECT_EQ(article.published_precision(), row.precision) << row.text;
  }
  for (const char* text : {"", "soon", "31 Feb 2003 04:00:00 GMT", "20031332T040000Z", "99 Jun"}) {
    v1::Article article;
    EXPECT_FALSE(SetPublishedFrom(text, &article)) << text;
  }
}

}  // namespace
}  // namespace broadsheet::sources
