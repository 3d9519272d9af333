// SPDX-License-Identifier: GPL-3.0-or-later
// What a request for counts may not ask for.
#include "engine/query/plan/aggregation_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "engine/schema/error.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::query {
namespace {

using ::broadsheet::testing::StatusIs;
using ::testing::HasSubstr;

class AggregationPlanTest : public ::testing::Test {
 protected:
  void ExpectRefused(const std::string& message) {
    const auto plan = MakeAggregationPlan(request_, Limits());
    EXPECT_THAT(plan.status(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(message)));
    EXPECT_EQ(schema::ErrorReason(plan.status()), "INVALID_ARGUMENT_VALUE");
  }

  v1::AggregateArticlesRequest request_;
};

TEST_F(AggregationPlanTest, FillsInWhatIsUsual) {
  request_.add_facets()->set_field("Tag");
  const auto plan = MakeAggregationPlan(request_, Limits());
  ASSERT_OK(plan);
  EXPECT_FALSE(plan->search.parsed.has_value()) << "every article is counted";
  EXPECT_EQ(plan->facets[0].name, "tag");
  EXPECT_EQ(plan->facets[0].selection.limit, 10U);
  EXPECT_FALSE(plan->facets[0].without_own_filter);
  EXPECT_FALSE(plan->timeline.has_value());
}

TEST_F(AggregationPlanTest, LeavesOutAFiltersConditionOnTheFieldAlone) {
  request_.mutable_filter()->mutable_tag()->add_any_of("ferries");
  request_.mutable_filter()->mutable_source()->add_none_of("the harbour post");
  for (const char* field : {"tag", "section", "year", "tag"})
    request_.add_facets()->set_field(field);
  request_.mutable_facets(3)->set_keep_own_filter(true);
  const auto plan = MakeAggregationPlan(request_, Limits());
  ASSERT_OK(plan);
  EXPECT_TRUE(plan->facets[0].without_own_filter);
  for (const size_t other : {1U, 2U, 3U}) EXPECT_FALSE(plan->facets[other].without_own_filter);
  EXPECT_EQ(CountValues(WithoutFilterOn(schema::FieldId::kTag, plan->search).filter), 1U);
}

TEST_F(AggregationPlanTest, BoundsHowManyValues) {
  request_.add_facets()->set_field("tag");
  request_.mutable_facets(0)->set_limit(std::numeric_limits<int32_t>::max());
  EXPECT_EQ(MakeAggregationPlan(request_, Limits())->facets[0].selection.limit, 1000U);
  request_.mutable_facets(0)->set_limit(-1);
  ExpectRefused("negative");
}

TEST_F(AggregationPlanTest, RefusesWhatIsNoFacet) {
  for (const char* field : {"", "headline", "date", "id", "years"}) {
    request_.clear_facets();
    request_.add_facets()->set_field(field);
    ExpectRefused("facets are tag, byline");
  }
}

TEST_F(AggregationPlanTest, RefusesTooManyFacetsAndLongPrefixes) {
  for (int i = 0; i < 21; ++i) request_.add_facets()->set_field("tag");
  ExpectRefused("at most 20 facets");
  request_.clear_facets();
  request_.add_facets()->set_field("tag");
  request_.mutable_facets(0)->set_prefix(std::string(1001, 'a'));
  ExpectRefused("prefix");
  request_.mutable_facets(0)->clear_prefix();
  request_.mutable_facets(0)->set_order(static_cast<v1::FacetOrder>(9));
  ExpectRefused("order");
}

TEST_F(AggregationPlanTest, RefusesTimelinesWithoutAnIntervalOrEnd) {
  request_.mutable_timeline();
  ExpectRefused("interval");
  request_.mutable_timeline()->set_interval(static_cast<v1::Interval>(9));
  ExpectRefused("interval");
  request_.mutable_timeline()->set_interval(v1::INTERVAL_DAY);
  request_.mutable_timeline()->mutable_from()->set_seconds(100);
  request_.mutable_timeline()->mutable_until()->set_seconds(100);
  ExpectRefused("ends before it begins");
  request_.mutable_timeline()->mutable_until()->set_seconds(std::numeric_limits<int64_t>::max());
  ExpectRefused("years 1 to 9999");
}

TEST_F(AggregationPlanTest, RefusesWhatASearchRefuses) {
  request_.set_time_zone("Mars/Olympus");
  ExpectRefused("time zone");
  request_.clear_time_zone();
  request_.mutable_filter()->mutable_tag()->add_any_of(" ");
  ExpectRefused("must not be empty");
}

}  // namespace
}  // namespace broadsheet::query
