// SPDX-License-Identifier: GPL-3.0-or-later
// Who feeds name as authors.
#include <gtest/gtest.h>

#include <string>

#include "tests/indexer/sources/collected.h"

namespace broadsheet::sources {
namespace {

using testing::ReadAs;

// A bug once: accounts and addresses of programs became people.
TEST(RssTest, AuthorsThatNobodyIsAreNone) {
  for (const char* nobody : {"www-data", "admin", "noreply@news.example", "(no author)", "Unknown",
                             "https://news.example/", "[email protected]", "By"}) {
    const auto got =
        ReadAs(Format::kRss, std::string("<rss><channel><item><title>T</title><author>") + nobody +
                                 "</author></item></channel></rss>");
    ASSERT_EQ(got.articles.size(), 1U) << nobody;
    EXPECT_EQ(got.articles[0].bylines_size(), 0) << nobody;
  }
}

// "An" and "Author" stand in labels of bylines.
TEST(RssTest, AnAuthorWhoseNameIsMadeOfLabelsIsStated) {
  const auto got = ReadAs(Format::kRss,
                          "<rss><channel><item><title>T</title><author>An Author</author></item>"
                          "</channel></rss>");
  ASSERT_EQ(got.articles.size(), 1U);
  ASSERT_EQ(got.articles[0].bylines_size(), 1);
  EXPECT_EQ(got.articles[0].bylines(0).name(), "An Author");
}

}  // namespace
}  // namespace broadsheet::sources
