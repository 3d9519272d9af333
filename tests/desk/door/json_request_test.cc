// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/door/json_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "broadsheet/v1/search_service.pb.h"

namespace broadsheet::desk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(JsonRequestTest, ParametersSetFieldsByEitherName) {
  v1::ListArticleCopiesRequest request;
  ASSERT_TRUE(ReadParameters({{"id", "a\"b\\c\n"},
                              {"page_size", "3"},
                              {"pageToken", "t"},
                              {"read_mask", "id,headline"}},
                             request)
                  .ok());
  EXPECT_EQ(request.id(), "a\"b\\c\n");
  EXPECT_EQ(request.page_size(), 3);
  EXPECT_EQ(request.page_token(), "t");
  EXPECT_THAT(request.read_mask().paths(), ElementsAre("id", "headline"));
}

TEST(JsonRequestTest, ParametersOfEveryKindAreRead) {
  v1::SearchArticlesRequest request;
  ASSERT_TRUE(ReadParameters({{"explain", "true"},
                              {"sort", "SORT_ORDER_NEWEST"},
                              {"recencyCap", "1.5"},
                              {"recency_half_life", "86400s"}},
                             request)
                  .ok());
  EXPECT_TRUE(request.explain());
  EXPECT_EQ(request.sort(), v1::SORT_ORDER_NEWEST);
  EXPECT_EQ(request.recency_cap(), 1.5);
  EXPECT_EQ(request.recency_half_life().seconds(), 86400);
  v1::BatchGetArticlesRequest batch;
  ASSERT_TRUE(ReadParameters({{"ids", "a"}, {"ids", "b"}}, batch).ok());
  EXPECT_THAT(batch.ids(), ElementsAre("a", "b"));
}

TEST(JsonRequestTest, WhatIsNoParameterIsNamed) {
  v1::SearchArticlesRequest request;
  EXPECT_THAT(std::string(ReadParameters({{"qery", "x"}}, request).message()),
              HasSubstr("\"qery\""));
  EXPECT_FALSE(ReadParameters({{"filter", "x"}}, request).ok());
  EXPECT_FALSE(ReadParameters({{"page_size", "many"}}, request).ok());
  EXPECT_FALSE(ReadParameters({{"explain", "perhaps"}}, request).ok());
}

TEST(JsonRequestTest, WhatIsNoJsonIsRefused) {
  v1::SearchArticlesRequest request;
  EXPECT_TRUE(ReadJson("", request).ok());
  EXPECT_TRUE(ReadJson("{\"query\": \"a\"}", request).ok());
  for (const char* json : {"{", "[]", "{\"query\": 1}", "{\"qery\": \"a\"}", "nonsense"}) {
    EXPECT_EQ(ReadJson(json, request).code(), absl::StatusCode::kInvalidArgument) << json;
  }
  EXPECT_FALSE(ReadJson(std::string(100'000, '['), request).ok());
}

}  // namespace
}  // namespace broadsheet::desk
