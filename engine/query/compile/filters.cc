// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/filters.h"

#include <string_view>

#include "engine/query/compile/published_range.h"
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

XQuery PublishedRange(MatchContext& context, const Filter& filter) {
  std::vector<XQuery> bounds;
  if (filter.published_from) bounds.push_back(PublishedFrom(*filter.published_from, filter.zone));
  if (filter.published_until) {
    bounds.push_back(PublishedBefore(*filter.published_until, filter.zone));
  }
  const XQuery range = AllOf(context, bounds);
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
    add("published", condition, {absl::FormatTime(absl::RFC3339_full, time, filter.zone)});
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
  if (FiltersByDate(filter)) wanted.push_back(PublishedRange(context, filter));
  XQuery all = wanted.empty() ? xapian::EveryDocument() : AllOf(context, wanted);
  if (!excluded.empty()) all = XQuery(XQuery::OP_AND_NOT, all, AnyOf(context, excluded));
  return all;
}

}  // namespace broadsheet::query
