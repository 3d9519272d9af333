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

std::string JsonFeed(const std::string& items, const std::string& behind = "]}") {
  return R"({"version":"https://jsonfeed.org/version/1.1","title":"Notes","items":[)" + items +
         behind;
}

std::string JsonFeedItem(const std::string& title, const std::string& more = "") {
  return R"({"id":"https://n.example/)" + title + R"(","title":")" + title +
         R"(","content_text":"Boats wait.")" + more + "}";
}

// A bug once: a JSON Feed that breaks off, or has one mistake, lost all its items.
TEST(RssTest, MistakeInJsonFeedCostsItsItem) {
  const std::string a = JsonFeedItem("a");
  const std::string b = JsonFeedItem("b", R"(,"attachments":[{"url":"x","title":"t"}])");
  const std::string c = JsonFeedItem("c");
  for (const std::string& json :
       {JsonFeed(a + "," + b + ",", c.substr(0, 30)), JsonFeed(a + "," + b, ""),
        JsonFeed(a + "," + b + ",", R"({"id":tru}]})"), JsonFeed(a + ",{\"id\":\"x\" 1}," + b)}) {
    const Collected got = ReadFeed(json);
    ASSERT_EQ(got.articles.size(), 2U) << json;
    EXPECT_EQ(got.articles[0].headline(), "a");
    EXPECT_EQ(got.articles[1].headline(), "b");
    EXPECT_EQ(got.articles[0].source(), "Notes");
    ASSERT_EQ(got.rejects.size(), 1U) << json;
    EXPECT_EQ(got.rejects[0].lost, 1U) << json;
  }
}

TEST(RssTest, BrokenJsonFeedThatMayBeHeldBackIsWithheld) {
  const std::string items = JsonFeedItem("a") + R"(,{"id":"x" 1},)" + JsonFeedItem("b");
  std::string before = JsonFeed(items);
  before.insert(1, R"("embargo":"2031-01-01",)");
  for (const std::string& json :
       {before, JsonFeed(items, R"(],"embargo":"2031-01-01","authors":[{"name":"x"}]})")}) {
    const Collected got = ReadFeed(json);
    EXPECT_THAT(got.articles, IsEmpty()) << json;
    ASSERT_FALSE(got.rejects.empty());
    EXPECT_THAT(got.rejects.back().reason, HasSubstr("embargo"));
  }
}

TEST(RssTest, ReadsJsonFeed) {
  const std::string json =
      "\n{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Notes\",\n"
      "\"home_page_url\": \"https://n.example/\", \"language\": \"de\",\n"
      "\"authors\": [{\"name\": \"Ottoline Grice\"}], \"items\": [\n"
      "{\"id\": \"https://n.example/1\", \"url\": \"/1\", \"title\": \"One\",\n"
      "\"content_html\": \"<p>A &amp; B.</p><p>C.</p>\", \"summary\": \"Short.\",\n"
      "\"date_published\": \"2026-06-26T07:45:00Z\", \"tags\": [\"mills\"]},\n"
      "{\"id\": 2, \"content_text\": \"Text.\", \"author\": {\"name\": \"Jane Doe\"}},\n"
      "{\"id\": 3, \"content_text\": \"Held.\", \"embargoed\": \"2031-01-01T00:00:00Z\"}]}";
  const absl::StatusOr<Detected> detected = DetectFormat(json);
  ASSERT_TRUE(detected.ok());
  EXPECT_EQ(detected->format, Format::kRss);
  const Collected got = ReadFeed(json);
  ASSERT_EQ(got.articles.size(), 2U);
  const v1::Article& article = got.articles[0];
  EXPECT_EQ(article.id(), "https://n.example/1");
  EXPECT_EQ(article.url(), "https://n.example/1");
  EXPECT_EQ(article.headline(), "One");
  EXPECT_EQ(article.body(), "A & B.\n\nC.");
  EXPECT_EQ(article.summary(), "Short.");
  EXPECT_EQ(article.bylines(0).name(), "Ottoline Grice");
  EXPECT_EQ(article.source(), "Notes");
  EXPECT_EQ(article.language(), "de");
  EXPECT_THAT(article.tags(), ElementsAre("mills"));
  EXPECT_EQ(TimeUtil::ToString(article.published_time()), "2026-06-26T07:45:00Z");
  EXPECT_EQ(got.articles[1].id(), "https://n.example/#2");
  EXPECT_EQ(got.articles[1].bylines(0).name(), "Jane Doe");
  ASSERT_EQ(got.rejects.size(), 1U) << "what holds an item back is never passed over";
  EXPECT_THAT(got.rejects[0].reason, HasSubstr("embargoed"));
  EXPECT_EQ(ReadFeed(json.substr(0, 500)).rejects.at(0).lost, 1U);
}

TEST(RssTest, ReadsCdfAndTextThatIsPacked) {
  const std::string cdf =
      "<CHANNEL HREF=\"https://c.example/\"><TITLE>Channel</TITLE>"
      "<ITEM HREF=\"https://c.example/1\" LASTMOD=\"2004-04-06T23:05:43-05:00\"><TITLE>One</TITLE>"
      "<ABSTRACT>Short.</ABSTRACT></ITEM></CHANNEL>";
  EXPECT_EQ(DetectFormat(cdf)->format, Format::kRss);
  const Collected got = ReadFeed(cdf);
  ASSERT_EQ(got.articles.size(), 1U);
  EXPECT_EQ(got.articles[0].headline(), "One");
  EXPECT_EQ(got.articles[0].summary(), "Short.");
  EXPECT_EQ(got.articles[0].url(), "https://c.example/1");
  EXPECT_EQ(TimeUtil::ToString(got.articles[0].published_time()), "2004-04-07T04:05:43Z");
  const Collected packed = ReadFeed(
      "<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><entry>"
      "<title mode=\"base64\" type=\"text/html\">RXhhbXBsZSA8Yj5BdG9tPC9iPg==</title>"
      "<summary type=\"application/octet-stream\">Not packed at all.</summary>"
      "</entry></feed>");
  ASSERT_EQ(packed.articles.size(), 1U);
  EXPECT_EQ(packed.articles[0].headline(), "Example Atom");
  EXPECT_EQ(packed.articles[0].summary(), "Not packed at all.");
}

// A feed with a NUL in its first 64 KiB was a binary file.
TEST(RssTest, FeedIsDetectedDespiteControlCharacters) {
  const std::string feed = Rss("<item><title>a" + std::string(1, '\0') + "b</title></item>");
  const absl::StatusOr<Detected> detected = DetectFormat(feed);
  ASSERT_TRUE(detected.ok());
  EXPECT_EQ(detected->format, Format::kRss);
  EXPECT_EQ(ReadFeed(feed).articles.at(0).headline(), "ab");
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
  constexpr v1::DatePrecision kInstant = v1::DATE_PRECISION_INSTANT;
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
      // In other words: the offset was lost, or the date was none.
      {"Samstag, 27. April 2024 08:26:02 +0200", "2024-04-27T06:26:02Z", kInstant},
      {"Sa, 27 Apr 2024 08:26:02 CEST", "2024-04-27T06:26:02Z", kInstant},
      {"Sat Apr 27 08:26:02 2024", "2024-04-27T08:26:02Z", v1::DATE_PRECISION_NO_ZONE},
      {"Sat Apr 27 08:26:02 CEST 2024", "2024-04-27T06:26:02Z", kInstant},
      {"Sat Apr 27 08:26:02 +0000 2024", "2024-04-27T08:26:02Z", kInstant},
      {"Saturday, 27-Apr-24 08:26:02 GMT", "2024-04-27T08:26:02Z", kInstant},
      {"Sat, 27 Apr 2024 08:26:02 UTC+2", "2024-04-27T06:26:02Z", kInstant},
      {"Sat, 27 Apr 2024 08:26:02 GMT+0530", "2024-04-27T02:56:02Z", kInstant},
      {"Sat, 27 Apr 2024 08:26:02 +0200 (CEST)", "2024-04-27T06:26:02Z", kInstant},
      {"Sat, 27 Apr 2024 17:26:02 JST", "2024-04-27T08:26:02Z", kInstant},
      {"Sat, 27 Apr 2024 11:26:02 MSK", "2024-04-27T08:26:02Z", kInstant},
      {"Sat, 27 Apr 2024 12:30 PM EST", "2024-04-27T17:30:00Z", kInstant},
      {"April 27th, 2024 at 12:30 a.m.", "2024-04-27T00:30:00Z", v1::DATE_PRECISION_NO_ZONE},
      {"04/27/2024 3:05:06 PM", "2024-04-27T15:05:06Z", v1::DATE_PRECISION_NO_ZONE},
      {"2024-04-27 12:30 PM", "2024-04-27T12:30:00Z", v1::DATE_PRECISION_NO_ZONE},
      {"27.04.2024 08:26", "2024-04-27T08:26:00Z", v1::DATE_PRECISION_NO_ZONE},
      {"27/04/2024 08:26:02 +02:00", "2024-04-27T06:26:02Z", kInstant},
      {"1714206362", "2024-04-27T08:26:02Z", kInstant},
      {"1714206362000", "2024-04-27T08:26:02Z", kInstant},
      {"1714206362.25", "2024-04-27T08:26:02Z", kInstant},
      {"20240427082602", "2024-04-27T08:26:02Z", v1::DATE_PRECISION_NO_ZONE},
      {"2024-W17-6", "2024-04-27T00:00:00Z", v1::DATE_PRECISION_DAY},
      {"2024W176T082602Z", "2024-04-27T08:26:02Z", kInstant},
      {"2020-W53-7", "2021-01-03T00:00:00Z", v1::DATE_PRECISION_DAY},
      {"2024-118", "2024-04-27T00:00:00Z", v1::DATE_PRECISION_DAY},
      {"2024-04-27T08:26:02,123Z", "2024-04-27T08:26:02Z", kInstant},
      {"2024-04-27t08:26:02.123z", "2024-04-27T08:26:02Z", kInstant},
      {"2024-04-27T10:26:02+02", "2024-04-27T08:26:02Z", kInstant},
      {"2024-04-27 10:26:02 +0200", "2024-04-27T08:26:02Z", kInstant},
      {"2024-04-27 10:26:02 CEST", "2024-04-27T08:26:02Z", kInstant},
      {"2024-04-27 08:26:02 UTC", "2024-04-27T08:26:02Z", kInstant},
      {"2024/04/27 08:26:02", "2024-04-27T08:26:02Z", v1::DATE_PRECISION_NO_ZONE},
      {"27 апреля 2024 г., 08:26", "2024-04-27T08:26:00Z", v1::DATE_PRECISION_NO_ZONE},
      {"Сб, 27 апр 2024 11:26:02 +0300", "2024-04-27T08:26:02Z", kInstant},
      {"27 мая 2024", "2024-05-27T00:00:00Z", v1::DATE_PRECISION_DAY},
      {"27 квітня 2024", "2024-04-27T00:00:00Z", v1::DATE_PRECISION_DAY},
      {"mar. 27 févr. 2024 08:26:02 +0100", "2024-02-27T07:26:02Z", kInstant},
      {"samedi 27 avril 2024 8h26", "2024-04-27T08:26:00Z", v1::DATE_PRECISION_NO_ZONE},
      {"sábado, 27 de abril de 2024", "2024-04-27T00:00:00Z", v1::DATE_PRECISION_DAY},
      {"sáb, 27 dic 2024 08:26:02 +0000", "2024-12-27T08:26:02Z", kInstant},
      {"sobota, 27 kwietnia 2024 10:26:02 CEST", "2024-04-27T08:26:02Z", kInstant},
      {"Σάβ, 27 Απρ 2024 11:26:02 +0300", "2024-04-27T08:26:02Z", kInstant},
      {"lauantai 27. huhtikuuta 2024", "2024-04-27T00:00:00Z", v1::DATE_PRECISION_DAY},
      {"Cmt, 27 Nis 2024 11:26:02 +0300", "2024-04-27T08:26:02Z", kInstant},
      {"27 أبريل 2024", "2024-04-27T00:00:00Z", v1::DATE_PRECISION_DAY},
      {"27 अप्रैल 2024", "2024-04-27T00:00:00Z", v1::DATE_PRECISION_DAY},
      {"27 tháng 4 2024", "2024-04-27T00:00:00Z", v1::DATE_PRECISION_DAY},
      {"2024年4月27日 08:26:02", "2024-04-27T08:26:02Z", v1::DATE_PRECISION_NO_ZONE},
      {"2024年4月27日下午3时05分", "2024-04-27T15:05:00Z", v1::DATE_PRECISION_NO_ZONE},
      {"2024年04月27日(土) 午後3時05分 JST", "2024-04-27T06:05:00Z", kInstant},
      {"2024년 4월 27일 토요일 오후 3:05", "2024-04-27T15:05:00Z", v1::DATE_PRECISION_NO_ZONE},
      {"Sat, 27 Apr 2024 24:00:00 GMT", "2024-04-28T00:00:00Z", kInstant},
      {"April 2024", "2024-04-01T00:00:00Z", v1::DATE_PRECISION_MONTH},
  };
  for (const auto& row : kRows) {
    v1::Article article;
    EXPECT_TRUE(SetPublishedFrom(row.text, &article)) << row.text;
    EXPECT_EQ(TimeUtil::ToString(article.published_time()), row.printed) << row.text;
    EXPECT_EQ(article.published_precision(), row.precision) << row.text;
  }
  for (const char* text : {"", "soon", "31 Feb 2003 04:00:00 GMT", "20031332T040000Z", "99 Jun",
                           "2024-W54-1", "2024-367", "27 Foo 2024", "04/05/2024", "171420636",
                           "we sold 2024 units on 3 May to 7 people"}) {
    v1::Article article;
    EXPECT_FALSE(SetPublishedFrom(text, &article)) << text;
  }
}

}  // namespace
}  // namespace broadsheet::sources
