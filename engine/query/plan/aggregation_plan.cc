// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/plan/aggregation_plan.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/query/rank/ranking_profile.h"
#include "engine/schema/error.h"
#include "engine/schema/field_table.h"
#include "engine/text/fold.h"

namespace broadsheet::query {
namespace {

// search_service.proto promises these.
constexpr int kMostSignificantValues = 100;
constexpr int kMostFacets = 20;
constexpr int kUsualValues = 10;
constexpr int kMostValues = 1000;
constexpr size_t kMostPrefixBytes = 1000;

struct NamedPart {
  std::string_view name;
  DatePart part;
};
constexpr std::array kDateParts = {NamedPart{"year", DatePart::kYear},
                                   NamedPart{"month", DatePart::kMonth},
                                   NamedPart{"weekday", DatePart::kWeekday}};

bool HasCondition(const ValueCondition& condition) {
  return !condition.any_of.empty() || !condition.all_of.empty() || !condition.none_of.empty();
}

bool FiltersOn(schema::FieldId field, const Filter& filter) {
  return std::any_of(filter.values.begin(), filter.values.end(), [&](const ValueCondition& on) {
    return on.field == field && HasCondition(on);
  });
}

absl::Status ReadCounted(const v1::FacetRequest& request, const std::string& path,
                         FacetPlan* facet) {
  const auto part = std::find_if(kDateParts.begin(), kDateParts.end(), [&](const NamedPart& named) {
    return named.name == request.field();
  });
  if (part != kDateParts.end()) {
    facet->name = part->name;
    facet->counted = part->part;
    return absl::OkStatus();
  }
  const schema::Field* field = schema::FindField(request.field());
  if (field == nullptr || !field->facet) {
    return schema::BadField(
        path + ".field",
        absl::StrFormat("there is no facet \"%s\"; facets are tag, byline, section, source, "
                        "language, year, month and weekday",
                        request.field()));
  }
  facet->name = field->name;
  facet->counted = field->id;
  facet->selection.field = field->id;
  return absl::OkStatus();
}

absl::StatusOr<FacetPlan> ReadFacet(const v1::FacetRequest& request, const std::string& path,
                                    const Filter& filter) {
  FacetPlan facet;
  if (absl::Status bad = ReadCounted(request, path, &facet); !bad.ok()) return bad;
  if (request.limit() < 0) {
    return schema::BadField(path + ".limit", "the number of values is negative");
  }
  if (request.prefix().size() > kMostPrefixBytes) {
    return schema::BadField(path + ".prefix",
                            absl::StrFormat("the prefix is over %d bytes", kMostPrefixBytes));
  }
  if (!v1::FacetOrder_IsValid(request.order())) {
    return schema::BadField(path + ".order", "unknown order of values");
  }
  const int limit = request.limit() == 0 ? kUsualValues : std::min(request.limit(), kMostValues);
  facet.selection.limit = static_cast<size_t>(limit);
  facet.selection.prefix = text::FoldValue(request.prefix());
  facet.selection.by_value = request.order() == v1::FACET_ORDER_VALUE;
  const auto* field = std::get_if<schema::FieldId>(&facet.counted);
  facet.without_own_filter =
      field != nullptr && !request.keep_own_filter() && FiltersOn(*field, filter);
  return facet;
}

std::optional<Interval> IntervalOf(v1::Interval interval) {
  switch (interval) {
    case v1::INTERVAL_HOUR:
      return Interval::kHour;
    case v1::INTERVAL_DAY:
      return Interval::kDay;
    case v1::INTERVAL_WEEK:
      return Interval::kWeek;
    case v1::INTERVAL_MONTH:
      return Interval::kMonth;
    case v1::INTERVAL_QUARTER:
      return Interval::kQuarter;
    case v1::INTERVAL_YEAR:
      return Interval::kYear;
    default:
      return std::nullopt;
  }
}

// protobuf's bounds of a Timestamp: the years 1 to 9999.
constexpr int64_t kEarliestSeconds = -62135596800;
constexpr int64_t kLatestSeconds = 253402300799;

absl::StatusOr<absl::Time> TimeOf(std::string_view field, const google::protobuf::Timestamp& time) {
  constexpr int kMostNanos = 999999999;
  if (time.seconds() < kEarliestSeconds || time.seconds() > kLatestSeconds || time.nanos() < 0 ||
      time.nanos() > kMostNanos) {
    return schema::BadField(field, "the time is not within the years 1 to 9999");
  }
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

absl::StatusOr<TimelineRequest> ReadTimeline(const v1::Timeline& request, absl::TimeZone zone) {
  TimelineRequest timeline{.zone = zone};
  const std::optional<Interval> interval = IntervalOf(request.interval());
  if (!interval) {
    return schema::BadField("timeline.interval",
                            "the interval is not stated, or not one that there is");
  }
  timeline.interval = *interval;
  if (request.has_from()) {
    absl::StatusOr<absl::Time> from = TimeOf("timeline.from", request.from());
    if (!from.ok()) return from.status();
    timeline.from = *from;
  }
  if (request.has_until()) {
    absl::StatusOr<absl::Time> until = TimeOf("timeline.until", request.until());
    if (!until.ok()) return until.status();
    timeline.until = *until;
  }
  if (timeline.from && timeline.until && *timeline.from >= *timeline.until) {
    return schema::BadField("timeline.until", "the timeline ends before it begins");
  }
  return timeline;
}

}  // namespace

v1::SearchArticlesRequest SearchOf(const v1::AggregateArticlesRequest& request) {
  v1::SearchArticlesRequest search;
  search.set_query(request.query());
  *search.mutable_filter() = request.filter();
  search.set_match(request.match());
  search.set_time_zone(request.time_zone());
  search.mutable_highlight()->set_disabled(true);
  search.set_collapse_copies(request.collapse_copies());
  search.set_without_synonyms(request.without_synonyms());
  return search;
}

absl::StatusOr<AggregationPlan> MakeAggregationPlan(const v1::AggregateArticlesRequest& request,
                                                    const Limits& limits) {
  absl::StatusOr<SearchPlan> search =
      MakePlan(SearchOf(request), limits, RankingOptions(), "", BlankRequest::kEveryArticle);
  if (!search.ok()) return search.status();
  AggregationPlan plan{.search = *std::move(search), .facets = {}, .timeline = {}};
  if (request.facets_size() > kMostFacets) {
    return schema::BadField("facets", absl::StrFormat("at most %d facets are counted at once; "
                                                      "these are %d",
                                                      kMostFacets, request.facets_size()));
  }
  for (int i = 0; i < request.facets_size(); ++i) {
    absl::StatusOr<FacetPlan> facet =
        ReadFacet(request.facets(i), absl::StrFormat("facets[%d]", i), plan.search.filter);
    if (!facet.ok()) return facet.status();
    plan.facets.push_back(*std::move(facet));
  }
  if (request.significant_values() < 0) {
    return schema::BadField("significant_values", "the number of values is negative");
  }
  plan.significant =
      static_cast<size_t>(std::min(request.significant_values(), kMostSignificantValues));
  if (!request.has_timeline()) return plan;
  absl::StatusOr<TimelineRequest> timeline = ReadTimeline(request.timeline(), plan.search.zone);
  if (!timeline.ok()) return timeline.status();
  plan.timeline = *std::move(timeline);
  plan.shares = request.timeline().normalized();
  return plan;
}

SearchPlan WithoutFilterOn(schema::FieldId field, const SearchPlan& plan) {
  SearchPlan without = plan;
  std::erase_if(without.filter.values,
                [&](const ValueCondition& condition) { return condition.field == field; });
  return without;
}

}  // namespace broadsheet::query
