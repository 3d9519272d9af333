// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/plan/search_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <set>
#include <string>
#include <vector>

#include "engine/query/syntax/tree_text.h"
#include "engine/schema/error.h"
#include "engine/schema/field_table.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::query {
namespace {

using ::testing::ElementsAre;

using Request = v1::SearchArticlesRequest;

class SearchPlanTest : public ::testing::Test {
 protected:
  static Request Asking(const std::string& query) {
    Request request;
    request.set_query(query);
    return request;
  }
  absl::StatusOr<SearchPlan> Make(const Request& request) {
    return MakePlan(request, limits_, ranking_, "build-1");
  }
  SearchPlan PlanOf(const Request& request) {
    absl::StatusOr<SearchPlan> plan = Make(request);
    EXPECT_THAT(plan, testing::IsOk()) << request.ShortDebugString();
    return plan.ok() ? *std::move(plan) : SearchPlan();
  }
  // "INVALID_ARGUMENT PAGE_TOO_DEEP" of the query "one" with a change.
  template <typename Change>
  std::string Refusal(Change change) {
    Request request = Asking("one");
    change(&request);
    const absl::Status status = Make(request).status();
    return absl::StatusCodeToString(status.code()) + " " + schema::ErrorReason(status);
  }
  // A token of the second page of `request`.
  std::string TokenOf(const Request& request, const std::string& build_id,
                      std::optional<DateKey> last = std::nullopt) {
    return Encode(PageToken{.query_hash = PlanOf(request).query_hash,
                            .build_id = build_id,
                            .offset = 10,
                            .ranked_at = 1718755200,
                            .last = std::move(last)});
  }

  Limits limits_;
  RankingOptions ranking_;
};

constexpr char kBadValue[] = "INVALID_ARGUMENT INVALID_ARGUMENT_VALUE";

TEST_F(SearchPlanTest, FillsInTheDefaults) {
  ranking_ = {.recency_half_life = absl::Hours(5), .recency_cap = 7};
  const SearchPlan plan = PlanOf(Asking("kim un"));
  EXPECT_EQ(plan.query, "kim un");
  EXPECT_EQ(plan.match, MatchMode::kAll);
  EXPECT_FALSE(IsSet(plan.filter));
  EXPECT_FALSE(plan.explain);
  EXPECT_FALSE(plan.exact_total);
  ASSERT_TRUE(plan.parsed);
  EXPECT_EQ(ToString(plan.parsed->root), "kim AND un");
  EXPECT_EQ(plan.sort, SortOrder::kRelevance);
  EXPECT_EQ(plan.page_size, 10U);
  EXPECT_EQ(plan.skip, 0U);
  EXPECT_EQ(plan.zone, absl::UTCTimeZone());
  EXPECT_EQ(plan.profile.name, "default");
  EXPECT_EQ(plan.recency_half_life, absl::Hours(5));
  EXPECT_EQ(plan.recency_cap, 7);
  ASSERT_TRUE(plan.highlight);
  EXPECT_EQ(plan.highlight->max_fragments, 3U);
  EXPECT_EQ(plan.highlight->fragment_chars, 160U);
  EXPECT_FALSE(plan.token);
  v1::Article article;
  article.set_id("a");
  article.set_headline("Headline");
  article.set_body("Body");
  plan.read_mask.Apply(&article);
  EXPECT_EQ(article.headline(), "Headline");
  EXPECT_EQ(article.body(), "");
}

TEST_F(SearchPlanTest, TakesWhatIsAskedFor) {
  Request request = Asking("kim un");
  request.set_sort(v1::SORT_ORDER_OLDEST);
  request.set_match(v1::MATCH_MODE_ANY);
  request.set_page_size(25);
  request.set_skip(4);
  request.set_time_zone("America/New_York");
  request.set_ranking_profile("recent");
  request.mutable_recency_half_life()->set_seconds(90);
  request.mutable_recency_half_life()->set_nanos(500'000'000);
  request.set_recency_cap(0);
  request.mutable_read_mask()->add_paths("body");
  request.set_explain(true);
  request.set_exact_total(true);
  const SearchPlan plan = PlanOf(request);
  EXPECT_EQ(plan.match, MatchMode::kAny);
  EXPECT_TRUE(plan.explain);
  EXPECT_TRUE(plan.exact_total);
  EXPECT_EQ(ToString(plan.parsed->root), "kim OR un");
  EXPECT_EQ(plan.sort, SortOrder::kOldest);
  EXPECT_EQ(plan.page_size, 25U);
  EXPECT_EQ(plan.skip, 4U);
  EXPECT_EQ(plan.zone.name(), "America/New_York");
  EXPECT_EQ(plan.profile.name, "recent");
  EXPECT_EQ(plan.recency_half_life, absl::Seconds(90) + absl::Milliseconds(500));
  EXPECT_EQ(plan.recency_cap, 0);
  v1::Article article;
  article.set_id("a");
  article.set_headline("Headline");
  article.set_body("Body");
  plan.read_mask.Apply(&article);
  EXPECT_EQ(article.ShortDebugString(), "id: \"a\" body: \"Body\"");
}

TEST_F(SearchPlanTest, AFilterByItselfFindsEveryArticleNewestFirst) {
  Request request = Asking(" \t");
  request.mutable_filter()->mutable_tag()->add_any_of("Senate");
  const SearchPlan plan = PlanOf(request);
  EXPECT_FALSE(plan.parsed);
  EXPECT_EQ(plan.sort, SortOrder::kNewest);
  request.set_sort(v1::SORT_ORDER_OLDEST);
  EXPECT_EQ(PlanOf(request).sort, SortOrder::kOldest);
}

TEST_F(SearchPlanTest, TakesEveryConditionOfTheFilter) {
  Request request;
  v1::Filter& filter = *request.mutable_filter();
  filter.mutable_tag()->add_any_of("t1");
  filter.mutable_tag()->add_any_of("t2");
  filter.mutable_byline()->add_all_of("b");
  filter.mutable_section()->add_none_of("s");
  filter.mutable_source()->add_any_of("o");
  filter.mutable_language()->add_none_of("l");
  filter.mutable_published_from()->set_seconds(5);
  filter.mutable_published_until()->set_seconds(7);
  filter.mutable_published_until()->set_nanos(3);
  filter.set_include_undated(true);
  const Filter taken = PlanOf(request).filter;
  std::vector<std::string> told;
  for (const v1::AppliedFilter& one : ExplainFilter(taken)) {
    told.push_back(one.field() + " " + one.condition());
    for (const std::string& value : one.values()) told.back() += " " + value;
  }
  EXPECT_THAT(
      told,
      ElementsAre("tag any_of t1 t2", "byline all_of b", "section none_of s", "source any_of o",
                  "language none_of l", "published from 1970-01-01T00:00:05+00:00",
                  "published until 1970-01-01T00:00:07.000000003+00:00", "published or_undated"));
  EXPECT_EQ(CountValues(taken), 6U);
  EXPECT_EQ(taken.published_from, absl::FromUnixSeconds(5));
}

TEST_F(SearchPlanTest, BlankFilterValuesAreRefused) {
  EXPECT_EQ(Refusal([](Request* r) { r->mutable_filter()->mutable_tag()->add_any_of(" "); }),
            kBadValue);
  EXPECT_EQ(Refusal([](Request* r) { r->mutable_filter()->mutable_byline()->add_all_of(""); }),
            kBadValue);
  EXPECT_EQ(Refusal([](Request* r) { r->mutable_filter()->mutable_source()->add_none_of("\t\n"); }),
            kBadValue);
}

TEST_F(SearchPlanTest, NothingToFindIsRefused) {
  EXPECT_EQ(Refusal([](Request* r) { r->set_query(" "); }), "INVALID_ARGUMENT QUERY_SYNTAX");
  // Sets no condition by itself.
  EXPECT_EQ(Refusal([](Request* r) {
              r->set_query("");
              r->mutable_filter()->set_include_undated(true);
            }),
            "INVALID_ARGUMENT QUERY_SYNTAX");
  EXPECT_EQ(Refusal([](Request* r) { r->set_query("(one"); }), "INVALID_ARGUMENT QUERY_SYNTAX");
  EXPECT_EQ(Refusal([](Request* r) { r->set_query("capton:x"); }),
            "INVALID_ARGUMENT QUERY_UNKNOWN_FIELD");
  EXPECT_EQ(Refusal([](Request* r) { r->set_query(std::string(4097, 'a')); }),
            "INVALID_ARGUMENT QUERY_TOO_LONG");
}

TEST_F(SearchPlanTest, UnknownEnumsAreRefused) {
  EXPECT_EQ(Refusal([](Request* r) { r->set_sort(static_cast<v1::SortOrder>(9)); }), kBadValue);
  EXPECT_EQ(Refusal([](Request* r) { r->set_match(static_cast<v1::MatchMode>(9)); }), kBadValue);
}

TEST_F(SearchPlanTest, PagesAreBoundedAndNeverNegative) {
  limits_.max_page_size = 50;
  limits_.default_page_size = 20;
  limits_.max_relevance_depth = 30;
  Request request = Asking("one");
  EXPECT_EQ(PlanOf(request).page_size, 20U);
  request.set_page_size(51);
  EXPECT_EQ(PlanOf(request).page_size, 50U);
  request.set_skip(30);
  EXPECT_EQ(PlanOf(request).skip, 30U);
  EXPECT_EQ(Refusal([](Request* r) { r->set_skip(31); }), "INVALID_ARGUMENT PAGE_TOO_DEEP");
  EXPECT_EQ(Refusal([](Request* r) { r->set_skip(-1); }), kBadValue);
  EXPECT_EQ(Refusal([](Request* r) { r->set_page_size(-1); }), kBadValue);
}

TEST_F(SearchPlanTest, UnknownNamesAreRefused) {
  EXPECT_EQ(Refusal([](Request* r) { r->set_time_zone("Moon/Crater"); }), kBadValue);
  EXPECT_EQ(Refusal([](Request* r) { r->set_ranking_profile("best"); }), kBadValue);
  EXPECT_EQ(Refusal([](Request* r) { r->mutable_read_mask()->add_paths("nose"); }), kBadValue);
}

TEST_F(SearchPlanTest, TheExactProfileTakesEveryPlainWordAsTyped) {
  Request request = Asking("kim \"un putin\" -floods flood*");
  request.set_ranking_profile("exact");
  EXPECT_EQ(ToString(PlanOf(request).parsed->root),
            "=kim AND \"=un =putin\" AND NOT =floods AND flood*");
}

TEST_F(SearchPlanTest, OnlyTheRecentProfileTakesRecencyAndOnlyInRange) {
  EXPECT_EQ(Refusal([](Request* r) { r->mutable_recency_half_life()->set_seconds(1); }), kBadValue);
  EXPECT_EQ(Refusal([](Request* r) { r->set_recency_cap(1); }), kBadValue);
  const auto recent = [this](auto change) {
    return Refusal([&](Request* r) {
      r->set_ranking_profile("recent");
      change(r);
    });
  };
  EXPECT_EQ(recent([](Request* r) { r->mutable_recency_half_life(); }), kBadValue);
  EXPECT_EQ(recent([](Request* r) { r->mutable_recency_half_life()->set_seconds(-1); }), kBadValue);
  EXPECT_EQ(recent([](Request* r) { r->set_recency_cap(-0.1); }), kBadValue);
  EXPECT_EQ(recent([](Request* r) { r->set_recency_cap(1000.1); }), kBadValue);
  EXPECT_EQ(
      recent([](Request* r) { r->set_recency_cap(std::numeric_limits<double>::quiet_NaN()); }),
      kBadValue);
}

TEST_F(SearchPlanTest, HighlightsAreBoundedAndNeverNegative) {
  Request request = Asking("one");
  request.mutable_highlight()->set_max_fragments(21);
  request.mutable_highlight()->set_fragment_chars(39);
  EXPECT_EQ(PlanOf(request).highlight->max_fragments, 20U);
  EXPECT_EQ(PlanOf(request).highlight->fragment_chars, 40U);
  request.mutable_highlight()->set_fragment_chars(1001);
  EXPECT_EQ(PlanOf(request).highlight->fragment_chars, 1000U);
  request.mutable_highlight()->set_disabled(true);
  EXPECT_FALSE(PlanOf(request).highlight);
  // Also what is not used has to make sense.
  EXPECT_EQ(Refusal([](Request* r) {
              r->mutable_highlight()->set_disabled(true);
              r->mutable_highlight()->set_max_fragments(-1);
            }),
            kBadValue);
  EXPECT_EQ(Refusal([](Request* r) { r->mutable_highlight()->set_fragment_chars(-1); }), kBadValue);
}

TEST_F(SearchPlanTest, AFilterHoldsNoMoreValuesThanAQueryHasTerms) {
  limits_.max_expanded_leaves = 3;
  Request request = Asking("one");
  request.mutable_filter()->mutable_tag()->add_any_of("a");
  request.mutable_filter()->mutable_section()->add_none_of("b");
  request.mutable_filter()->mutable_byline()->add_all_of("c");
  EXPECT_EQ(PlanOf(request).limits.max_expanded_leaves, 0) << "what is left for the query";
  request.mutable_filter()->mutable_language()->add_any_of("en");
  EXPECT_EQ(schema::ErrorReason(Make(request).status()), "QUERY_TOO_COMPLEX");
}

TEST_F(SearchPlanTest, ATokenGoesOnWhateverMayChangeFromPageToPage) {
  Request request = Asking("one");
  request.set_page_token(TokenOf(request, "build-1"));
  request.set_page_size(3);
  request.set_skip(1);
  request.set_explain(true);
  request.set_exact_total(true);
  request.mutable_read_mask()->add_paths("headline");
  request.mutable_highlight()->set_disabled(true);
  const SearchPlan plan = PlanOf(request);
  ASSERT_TRUE(plan.token);
  EXPECT_EQ(plan.token->offset, 10U);
  EXPECT_EQ(plan.token->ranked_at, 1718755200);
}

TEST_F(SearchPlanTest, ATokenOfAnotherQueryIsRefused) {
  const std::string token = TokenOf(Asking("one"), "build-1");
  const auto refusal = [&](auto change) {
    return Refusal([&](Request* r) {
      r->set_page_token(token);
      change(r);
    });
  };
  constexpr char kInvalid[] = "INVALID_ARGUMENT PAGE_TOKEN_INVALID";
  EXPECT_EQ(refusal([](Request* r) { r->set_query("two"); }), kInvalid);
  EXPECT_EQ(refusal([](Request* r) { r->mutable_filter()->set_include_undated(true); }), kInvalid);
  EXPECT_EQ(refusal([](Request* r) { r->set_match(v1::MATCH_MODE_ANY); }), kInvalid);
  EXPECT_EQ(refusal([](Request* r) { r->set_sort(v1::SORT_ORDER_NEWEST); }), kInvalid);
  EXPECT_EQ(refusal([](Request* r) { r->set_ranking_profile("plain"); }), kInvalid);
  EXPECT_EQ(refusal([](Request* r) { r->set_time_zone("UTC"); }), kInvalid);
  EXPECT_EQ(refusal([](Request* r) { r->set_page_token("hello"); }), kInvalid);
}

TEST_F(SearchPlanTest, ATokenOfAnotherGenerationIsStaleInOrderOfRelevanceOnly) {
  Request request = Asking("one");
  request.set_page_token(TokenOf(request, "build-0"));
  const absl::Status stale = Make(request).status();
  EXPECT_EQ(stale.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(schema::ErrorReason(stale), "PAGE_TOKEN_STALE");
  request.set_sort(v1::SORT_ORDER_NEWEST);
  request.clear_page_token();
  request.set_page_token(TokenOf(request, "build-0", DateKey{.seconds = 5, .id = "a"}));
  const SearchPlan plan = PlanOf(request);
  ASSERT_TRUE(plan.token && plan.token->last);
  EXPECT_EQ(plan.token->last->id, "a");
}

// A condition that the table knows nothing of would narrow nothing.
TEST_F(SearchPlanTest, TheValuesThatAFilterTakesAreThoseOfTheFieldTable) {
  std::set<std::string> of_filter;
  for (const ValueCondition& condition : PlanOf(Asking("one")).filter.values) {
    of_filter.emplace(schema::FieldOf(condition.field).name);
  }
  std::set<std::string> of_message;
  const google::protobuf::Descriptor* filter = v1::Filter::descriptor();
  for (int i = 0; i < filter->field_count(); ++i) {
    if (filter->field(i)->message_type() == v1::ValueFilter::descriptor()) {
      of_message.insert(filter->field(i)->name());
    }
  }
  std::set<std::string> of_table;
  for (const schema::Field& field : schema::Fields()) {
    if (field.facet) of_table.emplace(field.name);
  }
  EXPECT_EQ(of_filter, of_table);
  EXPECT_EQ(of_message, of_table);
}

TEST_F(SearchPlanTest, ConditionsOfAFilterAreToldInTheOrderOfTheMessage) {
  Request request = Asking("one");
  v1::Filter& filter = *request.mutable_filter();
  filter.mutable_language()->add_any_of("en");
  filter.mutable_byline()->add_all_of("Ann Lee");
  filter.mutable_tag()->add_none_of("x");
  filter.mutable_tag()->add_all_of("y");
  filter.mutable_source()->add_any_of("The Hill");
  filter.mutable_section()->add_any_of("World");
  const SearchPlan plan = PlanOf(request);
  std::vector<std::string> told;
  for (const v1::AppliedFilter& applied : ExplainFilter(plan.filter)) {
    told.push_back(applied.field() + " " + applied.condition() + " " + applied.values(0));
  }
  EXPECT_THAT(told,
              ElementsAre("tag all_of y", "tag none_of x", "byline all_of Ann Lee",
                          "section any_of World", "source any_of The Hill", "language any_of en"));
  EXPECT_EQ(CountValues(plan.filter), 6U);
}

}  // namespace
}  // namespace broadsheet::query
