// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/plan/similar_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "engine/query/similar/similar_search.h"
#include "engine/schema/error.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::query {
namespace {

using ::testing::ElementsAre;

v1::FindSimilarArticlesRequest Like(const std::string& id) {
  v1::FindSimilarArticlesRequest request;
  request.add_ids(id);
  return request;
}

std::string ReasonOf(const v1::FindSimilarArticlesRequest& request) {
  return schema::ErrorReason(MakeSimilarPlan(request, {}).status());
}

TEST(SimilarPlanTest, FillsInWhatIsNotSaid) {
  const auto plan = MakeSimilarPlan(Like("strike"), {});
  ASSERT_OK(plan);
  EXPECT_THAT(plan->ids, ElementsAre("strike"));
  EXPECT_EQ(plan->page_size, 10U);
  EXPECT_FALSE(plan->read_mask.Wants(v1::Article::kBodyFieldNumber));
  EXPECT_TRUE(plan->read_mask.Wants(v1::Article::kHeadlineFieldNumber));
}

TEST(SimilarPlanTest, AnIdThatIsGivenTwiceCountsOnce) {
  v1::FindSimilarArticlesRequest request = Like("strike");
  request.add_ids("fares");
  request.add_ids("strike");
  EXPECT_THAT(MakeSimilarPlan(request, {})->ids, ElementsAre("strike", "fares"));
}

TEST(SimilarPlanTest, TakesIdsOrATextAndNotBoth) {
  EXPECT_EQ(ReasonOf({}), "INVALID_ARGUMENT_VALUE");
  v1::FindSimilarArticlesRequest both = Like("strike");
  both.set_text("ferry");
  EXPECT_EQ(ReasonOf(both), "INVALID_ARGUMENT_VALUE");
  both.clear_ids();
  EXPECT_EQ(MakeSimilarPlan(both, {})->text, "ferry");
}

TEST(SimilarPlanTest, HoldsToItsLimits) {
  v1::FindSimilarArticlesRequest many;
  for (int i = 0; i <= kMostSimilarIds; ++i) many.add_ids(std::to_string(i));
  EXPECT_EQ(ReasonOf(many), "INVALID_ARGUMENT_VALUE");
  v1::FindSimilarArticlesRequest text;
  text.set_text(std::string(kMostSimilarBytes, 'a'));
  EXPECT_OK(MakeSimilarPlan(text, {}));
  text.set_text(std::string(kMostSimilarBytes + 1, 'a'));
  EXPECT_EQ(ReasonOf(text), "INVALID_ARGUMENT_VALUE");
  v1::FindSimilarArticlesRequest pages = Like("strike");
  pages.set_page_size(1000);
  EXPECT_EQ(MakeSimilarPlan(pages, {})->page_size, kMostCompared);
  pages.set_page_size(-1);
  EXPECT_EQ(ReasonOf(pages), "INVALID_ARGUMENT_VALUE");
}

TEST(SimilarPlanTest, AnEmptyFilterValueIsRefused) {
  v1::FindSimilarArticlesRequest request = Like("strike");
  request.mutable_filter()->mutable_tag()->add_any_of(" ");
  EXPECT_EQ(ReasonOf(request), "INVALID_ARGUMENT_VALUE");
}

}  // namespace
}  // namespace broadsheet::query
