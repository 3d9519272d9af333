// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "engine/schema/article.h"
#include "engine/schema/published_time.h"

namespace broadsheet::schema {
namespace {

using ::testing::MatchesRegex;

TEST(CanonicalUrlTest, WritesOneAddressOneWay) {
  EXPECT_EQ(CanonicalUrl("HTTPS://Example.COM:443/News/A.html#top"),
            "https://example.com/News/A.html");
  EXPECT_EQ(CanonicalUrl("http://example.com:80"), "http://example.com/");
  EXPECT_EQ(CanonicalUrl("http://example.com:8080/a"), "http://example.com:8080/a");
  EXPECT_EQ(CanonicalUrl("https://example.com?id=1"), "https://example.com/?id=1");
}

TEST(CanonicalUrlTest, DropsTrackingParametersOnly) {
  EXPECT_EQ(CanonicalUrl("https://example.com/a?utm_source=x&id=7&UTM_Medium=y&utmost=1"),
            "https://example.com/a?id=7&utmost=1");
  EXPECT_EQ(CanonicalUrl("https://example.com/a?utm_source=x"), "https://example.com/a");
}

TEST(CanonicalUrlTest, LeavesWhatIsNoWebAddress) {
  EXPECT_EQ(CanonicalUrl("urn:Newsml:AGENCY:1"), "urn:Newsml:AGENCY:1");
  EXPECT_EQ(CanonicalUrl("/local/Path"), "/local/Path");
  EXPECT_EQ(CanonicalUrl("https://"), "https://");
  EXPECT_EQ(CanonicalUrl(""), "");
}

v1::Article WithoutId() {
  v1::Article article;
  article.set_source("Harbour Times");
  article.set_headline("Ferry runs again");
  article.set_body("The ferry runs again.");
  SetPublishedTime(*ParsePublishedTime("2024-06-19"), &article);
  return article;
}

TEST(DeriveIdTest, IsTheCanonicalUrlIfThereIsOne) {
  v1::Article article = WithoutId();
  article.set_url("https://Example.com/ferry?utm_source=feed");
  EXPECT_EQ(DeriveId(article), "https://example.com/ferry");
}

TEST(DeriveIdTest, HashesAUrlThatIsTooLongForAnId) {
  v1::Article article = WithoutId();
  article.set_url("https://example.com/" + std::string(2000, 'x'));
  EXPECT_THAT(DeriveId(article), MatchesRegex("h:[0-9a-f]{32}"));
}

TEST(DeriveIdTest, IsTheSameEachTimeAndAnotherForAnotherArticle) {
  const std::string id = DeriveId(WithoutId());
  EXPECT_THAT(id, MatchesRegex("h:[0-9a-f]{32}"));
  EXPECT_EQ(DeriveId(WithoutId()), id);

  v1::Article other = WithoutId();
  other.set_headline("Ferry stops again");
  EXPECT_NE(DeriveId(other), id);
  other = WithoutId();
  other.set_source("Agency Wire");
  EXPECT_NE(DeriveId(other), id);
  other = WithoutId();
  SetPublishedTime(*ParsePublishedTime("2024-06-20"), &other);
  EXPECT_NE(DeriveId(other), id);
  other = WithoutId();
  other.set_body("The ferry stops again.");
  EXPECT_NE(DeriveId(other), id);
}

TEST(DeriveIdTest, FieldsDoNotRunTogether) {
  v1::Article one;
  one.set_source("ab");
  one.set_headline("c");
  v1::Article two;
  two.set_source("a");
  two.set_headline("bc");
  EXPECT_NE(DeriveId(one), DeriveId(two));
}

// Only the start of a long text counts, so that a correction further down keeps the identity.
TEST(DeriveIdTest, ReadsTheFirstKilobyteOfTheBody) {
  v1::Article article = WithoutId();
  article.set_body(std::string(1024, 'a') + " one");
  v1::Article corrected = WithoutId();
  corrected.set_body(std::string(1024, 'a') + " two");
  EXPECT_EQ(DeriveId(article), DeriveId(corrected));
}

}  // namespace
}  // namespace broadsheet::schema
