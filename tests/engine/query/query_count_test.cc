// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/query_count.h"

#include <string>
#include <vector>

#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

class QueryCountTest : public SearchFixture {
 protected:
  void SetUp() override {
    for (int i = 0; i < 1500; ++i) {
      Add("id" + std::to_string(1000 + i),
          {.headline = "flood",
           .published = i < 18 ? "2024-06-" + std::to_string(10 + i) : "2023"});
    }
    Add("secret", {.headline = "zeppelin flood", .status = v1::Article::STATUS_WITHHELD});
    AddToLive("live", {.headline = "flood warning", .published = "2024-07-01"});
    // One fewer of base.
    AddToLive("id2000", {.headline = "drought"});
  }

  static v1::CountQueriesRequest CountOf(const std::string& query, int sample = 0) {
    v1::CountQueriesRequest request;
    request.set_query(query);
    request.set_sample(sample);
    return request;
  }
  absl::StatusOr<QueryCount> Count(const v1::CountQueriesRequest& request) {
    return searcher().Count(request, call_);
  }
};

TEST_F(QueryCountTest, CountsExactlyAndGivesTheNewest) {
  for (const int sample : {0, 3, 1000}) {
    const auto count = Count(CountOf("flood", sample));
    ASSERT_OK(count);
    EXPECT_EQ(count->total.value(), 1500);
    EXPECT_EQ(count->total.relation(), v1::Total::RELATION_EXACT);
    EXPECT_EQ(count->sample_ids.size(), static_cast<size_t>(std::min(sample, 100)));
  }
  EXPECT_EQ(Count(CountOf("flood", 3))->sample_ids,
            (std::vector<std::string>{"live", "id1017", "id1016"}));
  EXPECT_EQ(Count(CountOf("\"flood warning\"", 3))->sample_ids, std::vector<std::string>{"live"});
}

TEST_F(QueryCountTest, WhatIsHiddenIsNotCounted) {
  for (const char* query : {"zeppelin", "zepp*", "zeppelin OR nobody"}) {
    const auto count = Count(CountOf(query, 5));
    ASSERT_OK(count);
    EXPECT_EQ(count->total.value(), 0) << query;
    EXPECT_EQ(count->total.relation(), v1::Total::RELATION_EXACT);
    EXPECT_TRUE(count->sample_ids.empty());
  }
}

TEST_F(QueryCountTest, RefusesAsASearchDoes) {
  const auto reason = [this](const v1::CountQueriesRequest& request) {
    return schema::ErrorReason(Count(request).status());
  };
  EXPECT_EQ(reason(CountOf("(flood")), "QUERY_SYNTAX");
  EXPECT_EQ(reason(CountOf("flood", -1)), "INVALID_ARGUMENT_VALUE");
  EXPECT_EQ(reason(CountOf("")), "QUERY_SYNTAX");
  auto request = CountOf("flood");
  request.set_key(std::string(1001, 'k'));
  EXPECT_EQ(reason(request), "INVALID_ARGUMENT_VALUE");
  request = CountOf("flood");
  request.set_time_zone("Atlantis");
  EXPECT_EQ(reason(request), "INVALID_ARGUMENT_VALUE");
}

}  // namespace
}  // namespace broadsheet::query
