// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/filters.h"

#include <limits>
#include <string_view>

#include "engine/query/match/polled_query.h"
#include "engine/schema/terms.h"
#include "engine/xapian/every_document.h"

namespace broadsheet::query {
namespace {

using XQuery = Xapian::Query;
using Values = std::vector<std::string>;

std::vector<XQuery> TermsOf(schema::FieldId field, const Values& values) {
  std::vector<XQuery> terms;
  for (const std::string& value : values) terms.emplace_back(schema::ValueTerm(field, value));
  return terms;
}

// The first whole second at or after `time`.
int64_t CeilingSeconds(absl::Time time) {
  return absl::ToUnixSeconds(time + absl::Seconds(1) - absl::Nanoseconds(1));
}

XQuery PublishedRange(const Filter& filter) {
  const int64_t from = filter.published_from ? CeilingSeconds(*filter.published_from)
                                             : std::numeric_limits<int64_t>::min();
  const int64_t until = filter.published_until ? CeilingSeconds(*filter.published_until)
                                               : std::numeric_limits<int64_t>::max();
  XQuery range = XQuery::MatchNothing;
  if (from < until) {
    range = XQuery(XQuery::OP_VALUE_RANGE, schema::SlotNumber(schema::Slot::kPublishedTime),
                   schema::EncodeSeconds(from), schema::EncodeSeconds(until - 1));
  }
  if (!filter.include_undated) return range;
  return {XQuery::OP_OR, range, XQuery(std::string(schema::kUndatedTerm))};
}

}  // namespace

bool FiltersByDate(const Filter& filter) {
  return filter.published_from.has_value() || filter.published_until.has_value();
}

size_t CountValues(const Filter& filter) {
  size_t count = 0;
  for (const ValueCondition& condition : filter.values) {
    count += condition.any_of.size() + condition.all_of.size() + condition.none_of.size();
  }
  return count;
}

bool IsSet(const Filter& filter) { return FiltersByDate(filter) || CountValues(filter) > 0; }

std::vector<v1::AppliedFilter> ExplainFilter(const Filter& filter) {
  std::vector<v1::AppliedFilter> applied;
  const auto add = [&](std::string_view field, std::string_view condition, const Values& values) {
    v1::AppliedFilter& added = applied.emplace_back();
    added.set_field(std::string(field));
    added.set_condition(std::string(condition));
    added.mutable_values()->Add(values.begin(), values.end());
  };
  for (const auto& [field, any_of, all_of, none_of] : filter.values) {
    const std::string_view name = schema::FieldOf(field).name;
    if (!any_of.empty()) add(name, "any_of", any_of);
    if (!all_of.empty()) add(name, "all_of", all_of);
    if (!none_of.empty()) add(name, "none_of", none_of);
  }
  const auto add_time = [&](std::string_view condition, absl::Time time) {
    add("published", condition, {absl::FormatTime(absl::RFC3339_full, time, absl::UTCTimeZone())});
  };
  if (filter.published_from) add_time("from", *filter.published_from);
  if (filter.published_until) add_time("until", *filter.published_until);
  if (FiltersByDate(filter) && filter.include_undated) add("published", "or_undated", {});
  return applied;
}

XQuery CompileFilter(MatchContext& context, const Filter& filter) {
  std::vector<XQuery> wanted;
  std::vector<XQuery> excluded;
  for (const auto& [field, any_of, all_of, none_of] : filter.values) {
    if (!any_of.empty()) wanted.push_back(AnyOf(context, TermsOf(field, any_of)));
    const std::vector<XQuery> all = TermsOf(field, all_of);
    wanted.insert(wanted.end(), all.begin(), all.end());
    const std::vector<XQuery> none = TermsOf(field, none_of);
    excluded.insert(excluded.end(), none.begin(), none.end());
  }
  if (FiltersByDate(filter)) wanted.push_back(PublishedRange(filter));
  XQuery all = wanted.empty() ? xapian::EveryDocument() : AllOf(context, wanted);
  if (!excluded.empty()) all = XQuery(XQuery::OP_AND_NOT, all, AnyOf(context, excluded));
  return all;
}

}  // namespace broadsheet::query
