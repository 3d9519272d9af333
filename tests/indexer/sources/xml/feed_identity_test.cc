// SPDX-License-Identifier: GPL-3.0-or-later
// What a feed's items are known by, and what of them is held back.
#include <gmock/gmock.h>
#include <google/protobuf/util/time_util.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "engine/schema/article.h"
#include "tests/indexer/sources/collected.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::ReadAs;
using ::google::protobuf::util::TimeUtil;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Collected ReadItems(const std::string& channel, const std::string& items,
                    const std::string& attributes = "") {
  return ReadAs(
      Format::kRss,
      "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" "
      "xmlns:wp=\"http://wordpress.org/export/1.2/\" "
      "xmlns:app=\"http://www.w3.org/2007/app\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
      "xmlns:prism=\"http://prismstandard.org/namespaces/basic/2.0/\"" +
          attributes + "><channel>" + channel + items + "</channel></rss>");
}

std::set<std::string> Identities(Collected got) {
  std::set<std::string> ids;
  for (v1::Article& article : got.articles) {
    EXPECT_TRUE(schema::PrepareArticle(&article).ok());
    ids.insert(article.id());
  }
  return ids;
}

std::string FeedItem(const std::string& title, const std::string& more) {
  return "<item><title>" + title + "</title>" + more + "</item>";
}

// Two feeds with the link /news/1 had the same id, and one article overwrote the other.
TEST(FeedIdentityTest, AddressesAreThoseOfTheSite) {
  const struct {
    const char* channel;
    const char* attributes;
    const char* item;
    const char* url;
  } kRows[] = {
      {"<link>https://a.example/</link>", "", "<link>/news/1</link>", "https://a.example/news/1"},
      {"<link>https://a.example/de/</link>", "", "<link>news/1?x=1&amp;y</link>",
       "https://a.example/de/news/1?x=1&y"},
      {"<atom:link rel='self' href='https://b.example/rss.xml'/>", "", "<link>/news/1</link>",
       "https://b.example/news/1"},
      {"<link>/de/</link><atom:link rel='self' href='https://b.example/rss.xml'/>", "",
       "<link>1</link>", "https://b.example/de/1"},
      {"<link>https://a.example/</link>", " xml:base='https://c.example/x/'",
       "<link xml:base='y/'>1</link>", "https://c.example/x/y/1"},
      {"<link>https://a.example/</link>", "", "<link>//d.example/1</link>", "https://d.example/1"},
      {"<link>https://a.example/</link>", "", "<guid>/news/1</guid>", "https://a.example/news/1"},
      {"<link>https://a.example/</link>", "", "<guid isPermaLink='true'>news/1</guid>",
       "https://a.example/news/1"},
      {"<link>https://a.example/</link>", "", "<atom:link href='/news/1'/>",
       "https://a.example/news/1"},
      {"", "", "<link>/news/1</link>", ""},
  };
  for (const auto& row : kRows) {
    const Collected got = ReadItems(row.channel, FeedItem("T", row.item), row.attributes);
    ASSERT_EQ(got.articles.size(), 1U);
    EXPECT_EQ(got.articles[0].url(), row.url) << row.item;
    EXPECT_THAT(got.articles[0].id(), ::testing::AnyOf("", row.url));
  }
  const std::string item = FeedItem("Title", "<link>/news/1</link><guid>17</guid>");
  std::set<std::string> ids = Identities(ReadItems("<link>https://a.example/</link>", item));
  ids.merge(Identities(ReadItems("<link>https://b.example/</link>", item)));
  ids.merge(Identities(ReadItems("", FeedItem("One title", "<link>/news/1</link>"))));
  ids.merge(Identities(ReadItems("", FeedItem("Another title", "<link>/news/1</link>"))));
  EXPECT_THAT(ids, SizeIs(4));
}

TEST(FeedIdentityTest, NumberIsAnIdWithItsFeed) {
  const std::string item = FeedItem("T", "<guid isPermaLink='false'>17</guid>");
  EXPECT_THAT(Identities(ReadItems("<link>https://a.example/</link>", item)),
              ElementsAre("https://a.example/#17"));
}

// A feed whose items all have the guid of the site was one article.
TEST(FeedIdentityTest, IdOfOtherTitlesIsNoIdentity) {
  const auto items = [](const std::string& one, const std::string& two, const std::string& three) {
    return FeedItem("Harbour burns", one) + FeedItem("Mill reopens", two) +
           FeedItem("Ferry is late", three);
  };
  const std::string same = "<guid>https://a.example/</guid>";
  const std::string zero = "<guid isPermaLink='false'>urn:x:0</guid>";
  const auto link = [](const char* path) {
    return "<link>https://a.example" + std::string(path) + "</link>";
  };
  const std::string rows[] = {
      items(same, same, same),
      items(zero, zero, zero),
      items(same + link("/1"), same + link("/2"), same + link("/3")),
      items(link("/"), link("/"), link("/")),
      items(zero + link("/"), zero + link("/"), zero + link("/")),
  };
  for (const std::string& row : rows) {
    const std::set<std::string> ids = Identities(ReadItems("", row));
    EXPECT_THAT(ids, SizeIs(3)) << row;
    EXPECT_EQ(ids.count("https://a.example/"), 0U) << "it would be another one's tomorrow";
    EXPECT_EQ(ids.count("urn:x:0"), 0U);
    EXPECT_EQ(Identities(ReadItems("", row)), ids) << "the same every time";
  }
}

TEST(FeedIdentityTest, CorrectedTitleIsOfTheSameArticle) {
  const std::string id = "<guid>https://a.example/1</guid>";
  EXPECT_THAT(
      Identities(ReadItems("", FeedItem("Harbour burns", id) + FeedItem("Harbour burns down", id) +
                                   FeedItem("Harbour  BURNS", id))),
      ElementsAre("https://a.example/1"));
}

TEST(FeedReleaseTest, WhatWordPressHoldsBackIsWithheld) {
  const struct {
    const char* status;
    bool is_withheld;
  } kRows[] = {
      {"<wp:status>publish</wp:status>", false},
      {"<wp:status>draft</wp:status>", true},
      {"<wp:status>private</wp:status>", true},
      {"<wp:status>pending</wp:status>", true},
      {"<wp:status>future</wp:status>", true},
      {"<wp:status>trash</wp:status>", true},
      {"<wp:status>auto-draft</wp:status>", true},
      {"<wp:status>acf-disabled</wp:status>", true},
      {"<wp:status>publish</wp:status><wp:post_password>x</wp:post_password>", true},
      {"<wp:status>publish</wp:status><wp:post_password></wp:post_password>", false},
      {"<wp:status>publish</wp:status><wp:comment_status>closed</wp:comment_status>", false},
      {"<app:control><app:draft>yes</app:draft></app:control>", true},
      {"<app:control><app:draft>no</app:draft></app:control>", false},
      {"<app:control><app:draft>yes</app:draft>", true},
      {"<prism:embargoDate>soon</prism:embargoDate>", true},
      {"<x><embargo/></x>", true},
      {"<status>draft</status>", true},
      {"<pubStatus>withheld</pubStatus>", true},
      {"<isDraft>true</isDraft>", true},
      {"<isDraft>false</isDraft>", false},
      {"<status>closed</status>", false},
  };
  for (const auto& row : kRows) {
    const Collected got = ReadItems("", FeedItem("T", row.status));
    ASSERT_EQ(got.articles.size(), 1U) << row.status;
    EXPECT_EQ(got.articles[0].status() == v1::Article::STATUS_WITHHELD, row.is_withheld)
        << row.status;
  }
}

TEST(FeedReleaseTest, TimesOfReleaseAreEmbargoes) {
  for (const char* stated :
       {"<prism:embargoDate>2031-03-06T08:00:00Z</prism:embargoDate>",
        "<dcterms:available>2031-03-06T08:00:00Z</dcterms:available>",
        "<dcterms:valid>start=2031-03-06T08:00:00Z; end=2032-03-06; scheme=W3C-DTF</dcterms:valid>",
        "<embargoed_until>2031-03-06T08:00:00Z</embargoed_until>",
        "<publishAfter>2031-03-06T08:00:00Z</publishAfter>"}) {
    const Collected got = ReadItems("", FeedItem("T", stated));
    ASSERT_EQ(got.articles.size(), 1U);
    EXPECT_EQ(TimeUtil::ToString(got.articles[0].embargo_time()), "2031-03-06T08:00:00Z") << stated;
  }
  const Collected past =
      ReadItems("", FeedItem("T", "<dcterms:available>2003-03-06T08:00Z</dcterms:available>"));
  EXPECT_FALSE(past.articles[0].has_embargo_time());
  EXPECT_EQ(past.articles[0].status(), v1::Article::STATUS_UNSPECIFIED);
}

// Pictures and menus of an export of WordPress were articles.
TEST(FeedReleaseTest, WhatIsNoArticleOfWordPressIsPassedOver) {
  const Collected got =
      ReadItems("", FeedItem("A", "<wp:post_type>post</wp:post_type>") +
                        FeedItem("B", "<wp:post_type>attachment</wp:post_type>") +
                        FeedItem("C", "<wp:post_type>nav_menu_item</wp:post_type>") +
                        FeedItem("D", "<wp:post_type>interview</wp:post_type>"));
  EXPECT_THAT(got.articles, SizeIs(2));
  EXPECT_THAT(got.rejects, IsEmpty());
  EXPECT_EQ(got.counts.skipped.at("attachment of WordPress"), 1U);
  EXPECT_EQ(got.counts.passed_over, 2U);
}

}  // namespace
}  // namespace broadsheet::sources
