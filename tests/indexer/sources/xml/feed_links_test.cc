// SPDX-License-Identifier: GPL-3.0-or-later
// Links of feeds that are broken, or that are of no page.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/indexer/sources/collected.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::ReadAs;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Collected ReadItem(const std::string& inner) {
  return ReadAs(Format::kRss,
                "<rss><channel><link>https://news.example/</link><item><title>Wall</title>" +
                    inner + "</item></channel></rss>");
}

v1::Article SoleOfFeed(const Collected& got) {
  EXPECT_THAT(got.rejects, IsEmpty());
  EXPECT_THAT(got.articles, SizeIs(1));
  return got.articles.empty() ? v1::Article() : got.articles[0];
}

// A bug once: a break within an address became a blank in it.
TEST(FeedLinksTest, BreaksAndBlanksAreMended) {
  const struct {
    const char* link;
    const char* url;
  } rows[] = {
      {"<link>\n  https://news.example/a \n</link>", "https://news.example/a"},
      {"<link>https://news.example/\n    long/path</link>", "https://news.example/long/path"},
      {"<link>https://news.example/a\tb</link>", "https://news.example/ab"},
      {"<link>https:\r\n//news.example/a</link>", "https://news.example/a"},
      {"<link>https://news.example/a b</link>", "https://news.example/a%20b"},
      {"<link>\n/a\n/b\n</link>", "https://news.example/a/b"},
      {"<link><![CDATA[\n https://news.example/a\n]]></link>", "https://news.example/a"},
      {"<guid>https://news.example/\n  g</guid>", "https://news.example/g"},
  };
  for (const auto& row : rows) {
    const Collected got = ReadItem(row.link);
    EXPECT_EQ(SoleOfFeed(got).url(), row.url) << row.link;
    EXPECT_THAT(got.warnings, IsEmpty()) << row.link;
  }
}

TEST(FeedLinksTest, ScriptsAndDataAreNeitherAddressNorId) {
  for (const std::string address :
       {"javascript:alert(1)", "JavaScript:void(0)", " javascript:x", "java&#10;script:x",
        "data:text/html,x", "DATA:image/png;base64,AAAA", "vbscript:x", "blob:https://a.example/1",
        "about:blank", "&#106;avascript:x"}) {
    const Collected by_link = ReadItem("<link>" + address + "</link>");
    EXPECT_EQ(SoleOfFeed(by_link).url(), "") << address;
    EXPECT_EQ(SoleOfFeed(by_link).id(), "") << address;
    ASSERT_THAT(by_link.warnings, SizeIs(1)) << address;
    EXPECT_THAT(by_link.warnings[0].reason, HasSubstr("no address of a page"));
    for (const char* guid : {"<guid>", "<guid isPermaLink=\"true\">"}) {
      const Collected by_guid = ReadItem(guid + address + "</guid>");
      EXPECT_EQ(SoleOfFeed(by_guid).url(), "") << address;
      EXPECT_EQ(SoleOfFeed(by_guid).id(), "") << address;
    }
  }
}

// The id is then the one that is stated, as for items without any link.
TEST(FeedLinksTest, AnIdBesideAScriptIsKept) {
  EXPECT_EQ(
      SoleOfFeed(ReadItem("<link>javascript:x</link><guid isPermaLink=\"false\">n7</guid>")).id(),
      "https://news.example/#n7");
  EXPECT_EQ(
      SoleOfFeed(ReadItem("<link>javascript:x</link><guid>https://news.example/7</guid>")).url(),
      "https://news.example/7");
}

// A bug once: "file:///srv/1.html" was the article's address.
TEST(FeedLinksTest, OnlyAddressesOfTheWebAreThoseOfArticles) {
  for (const char* link :
       {"file:///srv/1.html", "ftp://news.example/1", "FILE://desk/1", "tag:news.example,2026:1",
        "chrome://settings", "feed:news", "https://"}) {
    const Collected got = ReadItem(std::string("<link>") + link + "</link>");
    EXPECT_EQ(SoleOfFeed(got).url(), "") << link;
    ASSERT_THAT(got.warnings, SizeIs(1)) << link;
    EXPECT_THAT(got.warnings[0].reason, HasSubstr("no address of a page")) << link;
  }
  EXPECT_EQ(SoleOfFeed(ReadItem("<link>HTTPS://News.example/1</link>")).url(),
            "HTTPS://News.example/1");
  const Collected by_guid =
      ReadItem("<link>file:///srv/1.html</link><guid>https://news.example/7</guid>");
  EXPECT_EQ(SoleOfFeed(by_guid).url(), "https://news.example/7");
}

TEST(FeedLinksTest, LinksThatCannotBeMendedAreTold) {
  for (const char* link : {"https://news .example/a", "https: //news.example/a",
                           "https://news.example/a https://news.example/b"}) {
    const Collected got = ReadItem(std::string("<link>") + link + "</link>");
    EXPECT_EQ(SoleOfFeed(got).url(), "") << link;
    ASSERT_THAT(got.warnings, SizeIs(1)) << link;
    EXPECT_THAT(got.warnings[0].reason, HasSubstr(link));
  }
}

TEST(FeedLinksTest, JsonFeedsHaveTheSameRules) {
  const auto read = [](const std::string& members) {
    return ReadAs(Format::kRss,
                  "{\"version\":\"https://jsonfeed.org/version/1.1\",\"home_page_url\":"
                  "\"https://news.example/\",\"items\":[{\"title\":\"Wall\"," +
                      members + "}]}");
  };
  const Collected script = read(R"("id":"javascript:x","url":"data:text/html,x")");
  EXPECT_EQ(SoleOfFeed(script).url(), "");
  EXPECT_EQ(SoleOfFeed(script).id(), "");
  ASSERT_THAT(script.warnings, SizeIs(1));
  const Collected broken =
      read(R"("id":"https://news.example/\n 1","url":" https://news.example/\n1 ")");
  EXPECT_EQ(SoleOfFeed(broken).url(), "https://news.example/1");
  EXPECT_EQ(SoleOfFeed(broken).id(), "https://news.example/1");
}

}  // namespace
}  // namespace broadsheet::sources
