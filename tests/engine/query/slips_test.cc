// SPDX-License-Identifier: GPL-3.0-or-later
// Which query is offered in the place of one with slips.
#include "engine/query/slips.h"

#include <string>

#include "engine/storage/index/takedowns.h"
#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

class SlipsTest : public SearchFixture {
 protected:
  void SetUp() override {
    call_.now = absl::FromUnixSeconds(1999);
    for (int i = 0; i < 12; ++i) {
      Add("f" + std::to_string(i), {.headline = "Ferry crews strike over pay",
                                    .body = "Parliament discussed the ferries of Lindholm.",
                                    .tags = {"Ferries"},
                                    .published = "2024-06-19"});
    }
    Add("rare", {.headline = "A ferrry sinks", .body = "Lindhelm."});
  }
  // The query that is offered, and how many articles the notice says it finds; "" for none.
  std::string Offered(const v1::SearchArticlesRequest& request) {
    const v1::SearchArticlesResponse response = Answer(request);
    for (const v1::Notice& notice : response.notices()) {
      if (notice.reason() != "DID_YOU_MEAN") continue;
      EXPECT_EQ(response.suggested_query(), notice.metadata().at("suggestion"));
      return response.suggested_query() + " | " + notice.metadata().at("slips") + " | " +
             notice.metadata().at("count");
    }
    return "";
  }
  std::string Offered(const std::string& query) { return Offered(Request(query)); }
};

TEST_F(SlipsTest, AWordThatFewArticlesHaveIsMendedWhenThatFindsMore) {
  EXPECT_EQ(Offered("ferrry"), "ferry | ferrry | 12");
  EXPECT_EQ(Offered("parlaiment crews"), "parliament crews | parlaiment | 12");
  EXPECT_EQ(Offered("ferry"), "");
}

TEST_F(SlipsTest, AllSlipsOfAQueryAreMendedAtOnce) {
  EXPECT_EQ(Offered("parlament strke"), "parliament strike | parlament strke | 12");
}

TEST_F(SlipsTest, TheRestOfTheQueryStaysAsItWasTyped) {
  EXPECT_EQ(Offered("strke  AND (tag:ferries OR \"a pact\") -Oslo"),
            "strike  AND (tag:ferries OR \"a pact\") -Oslo | strke | 12");
}

TEST_F(SlipsTest, AFieldHasTheWordInItself) {
  EXPECT_EQ(Offered("headline:strke"), "headline:strike | strke | 12");
  // No headline has the word that the bodies have.
  EXPECT_EQ(Offered("headline:parlament"), "");
}

TEST_F(SlipsTest, WhatIsMeantAsItIsTypedIsLeftAlone) {
  EXPECT_EQ(Offered("\"ferrry\""), "");
  EXPECT_EQ(Offered("=ferrry"), "");
  EXPECT_EQ(Offered("crews Lindhelm"), "");
  EXPECT_EQ(Offered("Lindhelm"), "lindholm | Lindhelm | 12");
  EXPECT_EQ(Offered("crews lindhelm"), "crews lindholm | lindhelm | 12");
  EXPECT_EQ(Offered("fer1y"), "");
  EXPECT_EQ(Offered("crew -strke ferrry"), "crew -strke ferry | ferrry | 12");
}

TEST_F(SlipsTest, NothingIsOfferedThatFindsNoMore) {
  EXPECT_EQ(Offered("ferrry zinc"), "");
  v1::SearchArticlesRequest request = Request("strke");
  request.mutable_filter()->mutable_tag()->add_any_of("Zinc");
  EXPECT_EQ(Offered(request), "");
}

TEST_F(SlipsTest, ALaterPageOffersNothing) {
  v1::SearchArticlesRequest request = Request("ferrry");
  request.set_skip(1);
  EXPECT_EQ(Offered(request), "");
}

TEST_F(SlipsTest, AWordOfHiddenArticlesIsNoWord) {
  Article secret{.headline = "zeppelin", .body = "zeppelin"};
  secret.status = v1::Article::STATUS_WITHHELD;
  for (int i = 0; i < 8; ++i) Add("secret" + std::to_string(i), secret);
  secret.status = v1::Article::STATUS_UNSPECIFIED;
  for (int i = 0; i < 8; ++i) Add("down" + std::to_string(i), {.headline = "airships zephyr"});
  EXPECT_EQ(Offered("zeppelyn"), "");
  EXPECT_EQ(Offered("zephir"), "zephyr | zephir | 8");
  std::vector<std::string> ids;
  for (int i = 0; i < 8; ++i) ids.push_back("down" + std::to_string(i));
  ASSERT_OK(storage::AddTakedowns(storage::Layout(index_.path()), ids, absl::Now()));
  EXPECT_EQ(Offered("zephir"), "");
}

TEST_F(SlipsTest, AMissingValueOfAFilterIsNamedWithTheNearestOne) {
  v1::SearchArticlesRequest request = Request("strike");
  request.mutable_filter()->mutable_tag()->add_any_of("Feries");
  const v1::SearchArticlesResponse response = Answer(request);
  ASSERT_EQ(response.notices_size(), 1);
  EXPECT_EQ(response.notices(0).reason(), "NO_SUCH_VALUE");
  EXPECT_EQ(response.notices(0).message(),
            "no article has the tag \"Feries\"; there is \"Ferries\"");
}

}  // namespace
}  // namespace broadsheet::query
