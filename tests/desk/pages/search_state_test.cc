// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/pages/search_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "desk/pages/page_url.h"

namespace broadsheet::desk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// The URL that the parameters of `query` become.
std::string Again(const std::string& query) {
  return SearchUrl(ParseState(ParseParameters(query), ""), {});
}

v1::SearchArticlesRequest Request(const std::string& query) {
  const auto prepared = RequestOf(ParseState(ParseParameters(query), ""));
  EXPECT_TRUE(prepared.ok()) << prepared.status();
  return prepared->request;
}

TEST(SearchStateTest, TheUrlIsTheWholeState) {
  const std::string whole =
      "/?q=ferry&tag=strike&tag=Oslo&source=Times&-byline=X&from=2024&until=2024-06&sort=oldest"
      "&match=any&synonyms=off&copies=all&size=50&tz=Asia%2FTokyo&timeline=share&view=dense&more="
      "tag"
      "&find-tag=fe&page=3";
  EXPECT_EQ(Again(whole.substr(2)), whole);
}

TEST(SearchStateTest, WhatIsAtItsDefaultStaysOutOfTheUrl) {
  EXPECT_EQ(Again("q=&sort=&from=&page=1&size=20&match=all&copies=&tz=&view="), "/");
}

TEST(SearchStateTest, WhatIsNoValueIsPassedOver) {
  EXPECT_EQ(Again("page=-4&size=7&sort=best&tag=+&unknown=1&match=none&-caption=x"), "/");
  EXPECT_EQ(Again("page=99999999999999999999"), "/");
}

TEST(SearchStateTest, NothingToSearchForFindsAllNewestFirst) {
  const v1::SearchArticlesRequest request = Request("");
  EXPECT_EQ(request.sort(), v1::SORT_ORDER_NEWEST);
  EXPECT_TRUE(request.filter().include_undated());
  EXPECT_EQ(request.query(), "");
}

TEST(SearchStateTest, ValuesAreIncludedAndLeftOutByTheFilter) {
  const v1::SearchArticlesRequest request =
      Request("q=ferry&tag=a&tag=b&source=S&source=T&-tag=c&-source=U");
  EXPECT_EQ(request.query(), "ferry");
  EXPECT_THAT(request.filter().tag().all_of(), ElementsAre("a", "b"));
  EXPECT_THAT(request.filter().tag().none_of(), ElementsAre("c"));
  EXPECT_THAT(request.filter().source().any_of(), ElementsAre("S", "T"));
  EXPECT_THAT(request.filter().source().none_of(), ElementsAre("U"));
}

TEST(SearchStateTest, ADateAloneIsASearch) {
  EXPECT_THAT(Request("from=2024-06").query(), HasSubstr("since:\"2024-06\""));
}

TEST(SearchStateTest, PagesSkipWhatWasShown) {
  const v1::SearchArticlesRequest request = Request("q=a&page=3&size=50");
  EXPECT_EQ(request.skip(), 100);
  EXPECT_EQ(request.page_size(), 50);
}

TEST(SearchStateTest, TheCommandAsksTheSame) {
  const SearchState state =
      ParseState(ParseParameters("q=a+OR+b&tag=x+y&-source=U&sort=newest"), "");
  EXPECT_EQ(CommandLineOf(state),
            "broadsheet search --tag 'x y' --limit 20 --sort newest --collapse-copies -- "
            "'(a OR b) -source:\"U\"'");
}

}  // namespace
}  // namespace broadsheet::desk
