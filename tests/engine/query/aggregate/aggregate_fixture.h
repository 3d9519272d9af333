// SPDX-License-Identifier: GPL-3.0-or-later
// Counts over a real index, with answers that read like a table: "Budget 2, Aid 1".
#pragma once

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {

// "Budget 2, Aid 1 | 3 distinct, 1 without"
inline std::string Written(const v1::Facet& facet) {
  std::string written;
  for (const v1::ValueCount& value : facet.values()) {
    absl::StrAppend(&written, written.empty() ? "" : ", ", value.value(), " ", value.count());
  }
  absl::StrAppend(&written, " | ", facet.distinct(), " distinct, ", facet.without(), " without");
  return written;
}

class AggregateFixture : public SearchFixture {
 protected:
  using Request = v1::AggregateArticlesRequest;

  static Request CountsOf(const std::string& field, const std::string& query = "") {
    Request request;
    request.set_query(query);
    request.add_facets()->set_field(field);
    return request;
  }
  static Request PeriodsOf(v1::Interval interval, const std::string& query = "",
                           const std::string& zone = "") {
    Request request;
    request.set_query(query);
    request.set_time_zone(zone);
    request.mutable_timeline()->set_interval(interval);
    return request;
  }

  absl::StatusOr<v1::AggregateArticlesResponse> AskCounts(const Request& request) {
    return searcher().Aggregate(request, call_);
  }
  v1::AggregateArticlesResponse Counts(const Request& request) {
    absl::StatusOr<v1::AggregateArticlesResponse> response = AskCounts(request);
    EXPECT_THAT(response, testing::IsOk()) << request.ShortDebugString();
    return response.ok() ? *std::move(response) : v1::AggregateArticlesResponse();
  }
  std::string FacetOf(const Request& request) {
    const v1::AggregateArticlesResponse response = Counts(request);
    return response.facets_size() == 1 ? Written(response.facets(0)) : "not one facet";
  }
  std::string FacetOf(const std::string& field, const std::string& query = "") {
    return FacetOf(CountsOf(field, query));
  }
  // "2024-06 2/3, 2024-07 0/1 | 1 undated"
  std::string TimelineOf(const Request& request) {
    const v1::AggregateArticlesResponse response = Counts(request);
    std::string written;
    for (const v1::TimelineBucket& bucket : response.timeline()) {
      absl::StrAppend(&written, written.empty() ? "" : ", ", bucket.label(), " ", bucket.count(),
                      "/", bucket.all());
    }
    return absl::StrCat(written, " | ", response.undated(), " undated");
  }
  static std::string ReasonOf(const absl::Status& status) { return schema::ErrorReason(status); }
};

}  // namespace broadsheet::query
