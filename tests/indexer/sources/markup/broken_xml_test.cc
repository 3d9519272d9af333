// SPDX-License-Identifier: GPL-3.0-or-later
// XML with mistakes in it: every record before and after a mistake is read, nothing of it is made
// up, and what is lost is counted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/text/utf8.h"
#include "tests/indexer/sources/collected.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::ReadAs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string Item(const std::string& number, const std::string& text = "") {
  return "<item><title>Title " + number + "</title><link>https://p.example/" + number +
         "</link><description><![CDATA[<p>Text " + number + text + "</p>]]></description></item>\n";
}

std::string Items(int first, int last) {
  std::string items;
  for (int i = first; i <= last; ++i) items += Item(std::to_string(i));
  return items;
}

std::string Feed(const std::string& items) {
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\"><channel>"
         "<title>Paper</title>\n" +
         items + "</channel></rss>";
}

Collected ReadBrokenFeed(std::string xml) { return ReadAs(Format::kRss, std::move(xml)); }

std::vector<std::string> HeadlinesOf(const Collected& got) {
  std::vector<std::string> headlines;
  for (const v1::Article& article : got.articles) headlines.push_back(article.headline());
  return headlines;
}

uint64_t Lost(const Collected& got) {
  uint64_t lost = 0;
  for (const Reject& reject : got.rejects) lost += reject.lost;
  return lost;
}

// A byte that is no UTF-8 in the text of one item made libxml2 stop there: the other half of the
// feed was lost.
TEST(BrokenXmlTest, BadBytesCostNoItem) {
  const std::string kBad[] = {"\x92",
                              "\xff",
                              "\xc3",
                              "\xe2\x82",
                              "\xed\xa0\x80",
                              "\xf5\x80",
                              std::string(1, '\0'),
                              "\x01\x08\x1f",
                              "&#0;",
                              "&#x1F;",
                              "&#xFFFF;",
                              "&#xD800;",
                              "&#99999999999;",
                              "\xef\xbf\xbf"};
  for (const std::string& bad : kBad) {
    const Collected got =
        ReadBrokenFeed(Feed(Items(1, 50) + Item("51", " it" + bad + "s end") + "<item><title>5" +
                            bad + "2</title></item>" + Items(53, 100)));
    EXPECT_EQ(got.articles.size(), 100U) << ::testing::PrintToString(bad);
    EXPECT_THAT(got.rejects, IsEmpty());
    ASSERT_EQ(got.articles.size(), 100U);
    EXPECT_THAT(got.articles[50].summary(), HasSubstr("Text 51 it"));
    EXPECT_THAT(got.articles[50].summary(), HasSubstr("s end"));
    EXPECT_EQ(got.warnings.size(), bad == "&#0;" ? 1U : got.warnings.size());
  }
  EXPECT_EQ(ReadBrokenFeed(Feed(Item("1", " it\x92s \x93so\x94"))).articles[0].summary(),
            "Text 1 it’s “so”");
}

// A bare "&" was dropped with the name behind it: "?a=1&b=2" became "?a=1=2".
TEST(BrokenXmlTest, BareAmpersandIsKeptAsItIsMeant) {
  const Collected got = ReadBrokenFeed(
      Feed("<item><title>AT&T, R & D &nosuch; &copy; &hellip; &#8217; &#x201C; &amp;c. &;"
           "</title><link>https://q.example/1?a=1&b=2&copy=3&amp;d=4</link>"
           "<enclosure url='x?a=1&b=2'/></item>"
           "<item><title>broken<b></title><link>https://q.example/2?a=1&b=2</link></item>"));
  ASSERT_EQ(got.articles.size(), 2U);
  EXPECT_EQ(got.articles[0].headline(), "AT&T, R & D &nosuch; © … ’ “ &c. &;");
  EXPECT_EQ(got.articles[0].url(), "https://q.example/1?a=1&b=2&copy=3&d=4");
  EXPECT_EQ(got.articles[1].headline(), "broken");
  EXPECT_EQ(got.articles[1].url(), "https://q.example/2?a=1&b=2");
}

struct BrokenItem {
  const char* what;
  std::string item;
  size_t read;  // of three items
  uint64_t lost;
};

// Reading ended at a mistake in the tags of one item, or took later items for parts of it.
TEST(BrokenXmlTest, MistakeInTagsCostsAtMostItsItem) {
  const BrokenItem kRows[] = {
      {"unclosed element", "<item><title>T<link>https://x.example/</link></item>", 3, 0},
      {"unclosed item", "<item><title>T</title>", 2, 1},
      {"nested wrongly", "<item><title><b>T</title></b><description>D</description></item>", 3, 0},
      {"end tag too many", "<item><title>T</title></b></div></item>", 3, 0},
      {"HTML that is not escaped",
       "<item><title>T</title><description>a<br>b<img src=x><p>c"
       "</description></item>",
       3, 0},
      {"quotes missing", "<item><title>T</title><enclosure url=http://x/y?a=1&b type=a/b></item>",
       3, 0},
      {"quote missing", "<item><title>T</title><a href=\"x>y</a><b c=\"d\"/></item>", 3, 0},
      {"attribute twice", "<item><title>T</title><a b='1' b='2'/></item>", 3, 0},
      {"attribute without value", "<item><title>T</title><a nowrap></a></item>", 3, 0},
      {"less-than in text", "<item><title>T</title><link>1 < 2 <3 a<b</link></item>", 3, 0},
      {"less-than in a value", "<item><title>T</title><a b='x<y> z'/></item>", 3, 0},
      {"tag cut off", "<item><title>T</title><descr", 2, 1},
      {"end tag cut off", "<item><title>T</title></item", 3, 0},
      {"end tag without item", "</item>", 2, 0},
      {"CDATA cut off", "<item><title>T</title><description><![CDATA[ab", 2, 1},
      {"CDATA cut off before the same element",
       "<item><title>T</title><description><![CDATA[ab</description></item>", 3, 0},
      {"comment not ended", "<item><title>T</title><!-- ab</item>", 3, 0},
      {"doubtful declaration", "<item><title>T</title><!ELEMENT x><![if x]></item>", 3, 0},
      {"channel ends too early", "<item><title>T</title></channel></rss>", 2, 1},
  };
  for (const BrokenItem& row : kRows) {
    const Collected got = ReadBrokenFeed(Feed(Item("1") + row.item + Item("3")));
    EXPECT_EQ(got.articles.size(), row.read) << row.what;
    EXPECT_EQ(Lost(got), row.lost) << row.what;
    EXPECT_EQ(got.rejects.size(), row.lost) << row.what;
    EXPECT_THAT(HeadlinesOf(got), Contains("Title 1")) << row.what;
    EXPECT_THAT(HeadlinesOf(got), Contains("Title 3")) << row.what;
    EXPECT_EQ(got.articles.back().url(), "https://p.example/3") << row.what;
    EXPECT_FALSE(got.rejects.empty() && got.warnings.empty()) << "in silence: " << row.what;
  }
}

TEST(BrokenXmlTest, ElementWithoutItsEndDoesNotHideThoseBehindIt) {
  const Collected got =
      ReadBrokenFeed(Feed("<item><title>T<link>https://x.example/</link><description>D</item>"));
  ASSERT_EQ(got.articles.size(), 1U);
  EXPECT_EQ(got.articles[0].headline(), "T");
  EXPECT_EQ(got.articles[0].url(), "https://x.example/");
  EXPECT_EQ(got.articles[0].summary(), "D");
}

TEST(BrokenXmlTest, CutFileCountsTheItemThatIsNotWhole) {
  const std::string whole = Feed(Items(1, 3));
  const size_t third = whole.find("<item><title>Title 3");
  for (size_t size = third + 6; size < whole.find("</item>", third); ++size) {
    const Collected got = ReadBrokenFeed(whole.substr(0, size));
    ASSERT_EQ(got.articles.size(), 2U) << size;
    ASSERT_EQ(Lost(got), 1U) << whole.substr(third, size - third);
    EXPECT_EQ(got.rejects[0].line, 5U);
    EXPECT_EQ(got.rejects[0].byte_offset, third);
  }
  const Collected between = ReadBrokenFeed(whole.substr(0, third));
  EXPECT_EQ(between.articles.size(), 2U);
  EXPECT_EQ(between.warnings.size(), 1U) << "the end of the feed is missing, perhaps items are";
}

// Scripts of a page hold sections of their own, whose ends WordPress escapes.
TEST(BrokenXmlTest, SectionMayHoldTheBeginningOfAnother) {
  const Collected got = ReadBrokenFeed(
      Feed("<item><title>T</title><description><![CDATA[<p>One.</p><script>/* <![CDATA[ */ x() /* "
           "]]&gt; */</script><p>Two.</p>]]></description></item>" +
           Item("2")));
  EXPECT_THAT(got.rejects, IsEmpty());
  EXPECT_THAT(got.warnings, IsEmpty());
  ASSERT_EQ(got.articles.size(), 2U);
  EXPECT_EQ(got.articles[0].summary(), "One.\n\nTwo.");
}

// Elements of a gallery are called items as well.
TEST(BrokenXmlTest, ItemsInsideAnItemAreNoRecords) {
  const Collected got = ReadBrokenFeed(
      Feed("<item><title>T</title><gallery><item><title>a</title></item>"
           "<item><title>b</title></item></gallery><link>https://x.example/</link></item>"));
  EXPECT_THAT(got.rejects, IsEmpty());
  EXPECT_THAT(HeadlinesOf(got), ElementsAre("T"));
}

std::string Nitf(const std::string& number, const std::string& more = "") {
  return "<?xml version=\"1.0\"?>\n<nitf><head><docdata><doc-id id-string=\"n" + number +
         "\"/></docdata></head><body><body.head><hedline><hl1>Title " + number +
         "</hl1></hedline></body.head><body.content><p>Text" + more +
         "</p></body.content></body></nitf>\n";
}

// What follows a broken or a second document in a file of agency stories was lost.
TEST(BrokenXmlTest, AgencyFilesGoOnBehindAMistake) {
  const std::string broken[] = {"<nitf><head></docdata></head><body/></nitf>",
                                "<nitf><head><docdata></head><body></body></nitf>",
                                "<nitf><body><body.content><p>Cut of",
                                "<nitf><head><docdata a=\"b>"};
  for (const std::string& document : broken) {
    const Collected got =
        ReadAs(Format::kNitf, Nitf("1", " \x92 AT&T") + document + Nitf("2") + Nitf("3"));
    EXPECT_THAT(HeadlinesOf(got), ElementsAre("Title 1", "Title 2", "Title 3")) << document;
    ASSERT_EQ(got.rejects.size(), 1U) << document;
    EXPECT_EQ(got.rejects[0].line, 3U);
    EXPECT_THAT(got.rejects[0].reason, HasSubstr("not well-formed XML"));
  }
}

TEST(BrokenXmlTest, BrokenNewsItemIsNoArticleAndTheNextOneIs) {
  const auto item = [](const std::string& number, const std::string& inside) {
    return "<newsItem guid=\"" + number + "\"><itemMeta>" + inside +
           "</itemMeta><contentMeta><headline>Title " + number +
           "</headline></contentMeta><contentSet><inlineData>Text.</inlineData></contentSet>"
           "</newsItem>\n";
  };
  const std::string usable = "<pubStatus qcode=\"stat:usable\"/>";
  const Collected got =
      ReadAs(Format::kNewsml,
             "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemSet>" +
                 item("1", usable) + item("2", "<pubStatus qcode=\"stat:withheld\"><x>") +
                 item("3", "<pubStatus qcode=\"stat:withheld/>") +
                 item("4", usable).substr(0, 150) + item("5", usable) + "</itemSet></newsMessage>");
  EXPECT_THAT(HeadlinesOf(got), ElementsAre("Title 1", "Title 5"));
  EXPECT_EQ(got.rejects.size(), 3U);
}

TEST(BrokenXmlTest, FeedsOneAfterTheOtherAreAllRead) {
  const Collected got =
      ReadBrokenFeed(Feed(Item("1")) + "\n" + Feed(Item("2")) + "\xef\xbb\xbf" +
                     "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>Title "
                     "3</title></entry></feed>");
  EXPECT_THAT(HeadlinesOf(got), ElementsAre("Title 1", "Title 2", "Title 3"));
  EXPECT_THAT(got.rejects, IsEmpty());
}

TEST(HostileMarkupTest, NothingTakesLongerThanItsSizeAllows) {
  constexpr size_t kBytes = 200'000;
  const std::string kParts[] = {"<",
                                "<!--",
                                "<![CDATA[",
                                "<?",
                                "<!DOCTYPE \"",
                                "<!DOCTYPE [",
                                "<a b=\"<",
                                "<a b='",
                                "<a ",
                                "</a",
                                "&",
                                "&#",
                                "<item>",
                                "<item><![CDATA[",
                                "<x><![CDATA[",
                                "<a b='<' ",
                                "<a b=\"<c d='<",
                                "<x></y>",
                                "<g><item>",
                                "<p>",
                                "a=b ",
                                "</item>",
                                "<!",
                                "]]>",
                                "<x><![CDATA[</x>",
                                "\xff",
                                "<a xmlns:b='c'>"};
  for (const std::string& part : kParts) {
    std::string xml = "<rss><channel><item>";
    while (xml.size() < kBytes) xml += part;
    const Collected got = ReadBrokenFeed(xml);
    EXPECT_FALSE(got.rejects.empty() && got.warnings.empty()) << part;
  }
}

TEST(BrokenXmlTest, ALongNameIsQuotedUpToAWholeCharacter) {
  // It was cut within a character, so that the warning was no UTF-8.
  std::string name = "x";
  for (int i = 0; i < 30; ++i) name += "\xc3\xa9";
  const Collected read = ReadAs(Format::kRss, "<rss><channel><item><title>Weir</title><" + name +
                                                  " a></" + name + "></item></channel></rss>");
  ASSERT_EQ(read.warnings.size(), 1U);
  EXPECT_TRUE(text::IsValidUtf8(read.warnings[0].reason)) << read.warnings[0].reason;
}

}  // namespace
}  // namespace broadsheet::sources
