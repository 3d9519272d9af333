// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/filters.h"

#include <algorithm>
#include <limits>
#include <set>
#include <string_view>
#include <utility>

#include "absl/time/time.h"
#include "engine/query/match/polled_query.h"
#include "engine/schema/error.h"
#include "engine/schema/field_table.h"
#include "engine/schema/terms.h"
#include "engine/text/language.h"
#include "engine/xapian/match_all.h"

namespace broadsheet::query {
namespace {

using schema::FieldId;
using XQuery = Xapian::Query;
using Values = google::protobuf::RepeatedPtrField<std::string>;

struct FilteredField {
  const google::protobuf::FieldDescriptor* of_filter;
  const schema::Field* field;
};

struct Condition {
  FieldId field;
  std::string_view name;
  const v1::ValueFilter& values;
};

// The fields that a Filter has conditions on, in its order. It names them as the field table does;
// a test holds it to that.
std::vector<FilteredField> ReadFilteredFields() {
  std::vector<FilteredField> fields;
  const google::protobuf::Descriptor* filter = v1::Filter::descriptor();
  for (int i = 0; i < filter->field_count(); ++i) {
    if (filter->field(i)->message_type() != v1::ValueFilter::descriptor()) continue;
    const schema::Field* field = schema::FindField(filter->field(i)->name());
    if (field != nullptr) fields.push_back({.of_filter = filter->field(i), .field = field});
  }
  return fields;
}

std::vector<Condition> Conditions(const v1::Filter& filter) {
  static const std::vector<FilteredField> fields = ReadFilteredFields();
  std::vector<Condition> conditions;
  conditions.reserve(fields.size());
  const google::protobuf::Reflection* reflection = v1::Filter::GetReflection();
  for (const auto& [of_filter, field] : fields) {
    const auto& values =
        static_cast<const v1::ValueFilter&>(reflection->GetMessage(filter, of_filter));
    conditions.push_back({field->id, field->name, values});
  }
  return conditions;
}

absl::StatusOr<std::vector<XQuery>> Terms(const Condition& condition, std::string_view list,
                                          const Values& values) {
  std::vector<XQuery> terms;
  for (const std::string& value : values) {
    if (value.find_first_not_of(" \t\r\n") == std::string::npos) {
      return schema::BadField("filter." + std::string(condition.name) + "." + std::string(list),
                              "a filter value must not be empty");
    }
    terms.emplace_back(schema::ValueTerm(condition.field, value));
  }
  return terms;
}

absl::Status Add(MatchContext& context, const Condition& condition, std::vector<XQuery>* wanted,
                 std::vector<XQuery>* excluded) {
  absl::StatusOr<std::vector<XQuery>> any = Terms(condition, "any_of", condition.values.any_of());
  if (!any.ok()) return any.status();
  absl::StatusOr<std::vector<XQuery>> all = Terms(condition, "all_of", condition.values.all_of());
  if (!all.ok()) return all.status();
  absl::StatusOr<std::vector<XQuery>> none =
      Terms(condition, "none_of", condition.values.none_of());
  if (!none.ok()) return none.status();
  if (!any->empty()) wanted->push_back(AnyOf(context, *any));
  wanted->insert(wanted->end(), all->begin(), all->end());
  excluded->insert(excluded->end(), none->begin(), none->end());
  return absl::OkStatus();
}

// The first whole second at or after `time`.
int64_t CeilingSeconds(const google::protobuf::Timestamp& time) {
  return time.seconds() + (time.nanos() > 0 ? 1 : 0);
}

XQuery PublishedRange(const v1::Filter& filter) {
  const int64_t from = filter.has_published_from() ? CeilingSeconds(filter.published_from())
                                                   : std::numeric_limits<int64_t>::min();
  const int64_t until = filter.has_published_until() ? CeilingSeconds(filter.published_until()) - 1
                                                     : std::numeric_limits<int64_t>::max();
  XQuery range = XQuery::MatchNothing;
  if (from <= until) {
    range = XQuery(XQuery::OP_VALUE_RANGE, schema::SlotNumber(schema::Slot::kPublishedTime),
                   schema::EncodeSeconds(from), schema::EncodeSeconds(until));
  }
  if (!filter.include_undated()) return range;
  return {XQuery::OP_OR, range, XQuery(std::string(schema::kUndatedTerm))};
}

}  // namespace

bool FiltersByDate(const v1::Filter& filter) {
  return filter.has_published_from() || filter.has_published_until();
}

size_t CountValues(const v1::Filter& filter) {
  int count = 0;
  for (const Condition& condition : Conditions(filter)) {
    count += condition.values.any_of_size() + condition.values.all_of_size() +
             condition.values.none_of_size();
  }
  return static_cast<size_t>(count);
}

bool IsSet(const v1::Filter& filter) { return FiltersByDate(filter) || CountValues(filter) > 0; }

std::vector<v1::AppliedFilter> ExplainFilter(const v1::Filter& filter) {
  std::vector<v1::AppliedFilter> applied;
  const auto add = [&](std::string_view field, std::string_view condition, const Values& values) {
    v1::AppliedFilter& added = applied.emplace_back();
    added.set_field(std::string(field));
    added.set_condition(std::string(condition));
    *added.mutable_values() = values;
  };
  for (const auto& [field, name, values] : Conditions(filter)) {
    if (values.any_of_size() > 0) add(name, "any_of", values.any_of());
    if (values.all_of_size() > 0) add(name, "all_of", values.all_of());
    if (values.none_of_size() > 0) add(name, "none_of", values.none_of());
  }
  const auto add_time = [&](std::string_view condition, const google::protobuf::Timestamp& time) {
    Values values;
    const absl::Time instant =
        absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
    values.Add(absl::FormatTime(absl::RFC3339_full, instant, absl::UTCTimeZone()));
    add("published", condition, values);
  };
  if (filter.has_published_from()) add_time("from", filter.published_from());
  if (filter.has_published_until()) add_time("until", filter.published_until());
  if (FiltersByDate(filter) && filter.include_undated()) add("published", "or_undated", {});
  return applied;
}

absl::StatusOr<XQuery> CompileFilter(MatchContext& context, const v1::Filter& filter) {
  std::vector<XQuery> wanted;
  std::vector<XQuery> excluded;
  for (const Condition& condition : Conditions(filter)) {
    absl::Status status = Add(context, condition, &wanted, &excluded);
    if (!status.ok()) return status;
  }
  if (FiltersByDate(filter)) wanted.push_back(PublishedRange(filter));
  XQuery all = wanted.empty() ? xapian::MatchAll() : AllOf(context, wanted);
  if (!excluded.empty()) all = XQuery(XQuery::OP_AND_NOT, all, AnyOf(context, excluded));
  return all;
}

std::vector<std::string> QueryLanguages(const v1::Filter& filter,
                                        const std::vector<std::string>& index_languages) {
  std::set<std::string> named;
  for (const Values& values : {filter.language().any_of(), filter.language().all_of()}) {
    for (const std::string& language : values) named.insert(text::PrimaryLanguage(language));
  }
  if (named.empty()) return index_languages;
  return {named.begin(), named.end()};
}

}  // namespace broadsheet::query
