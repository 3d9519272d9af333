// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/plan/filter_request.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "engine/schema/error.h"
#include "engine/schema/field_table.h"

namespace broadsheet::query {
namespace {

struct FilteredField {
  const google::protobuf::FieldDescriptor* of_filter;
  schema::FieldId field;
};

// The fields that a Filter has conditions on, in its order. It names them as the field table does;
// a test holds it to that.
std::vector<FilteredField> ReadFilteredFields() {
  std::vector<FilteredField> fields;
  const google::protobuf::Descriptor* filter = v1::Filter::descriptor();
  for (int i = 0; i < filter->field_count(); ++i) {
    if (filter->field(i)->message_type() != v1::ValueFilter::descriptor()) continue;
    const schema::Field* field = schema::FindField(filter->field(i)->name());
    if (field != nullptr) fields.push_back({.of_filter = filter->field(i), .field = field->id});
  }
  return fields;
}

Filter FilterOf(const v1::Filter& from) {
  static const std::vector<FilteredField> fields = ReadFilteredFields();
  const google::protobuf::Reflection* reflection = v1::Filter::GetReflection();
  Filter filter;
  for (const auto& [of_filter, field] : fields) {
    const auto& values =
        static_cast<const v1::ValueFilter&>(reflection->GetMessage(from, of_filter));
    filter.values.push_back({.field = field,
                             .any_of = {values.any_of().begin(), values.any_of().end()},
                             .all_of = {values.all_of().begin(), values.all_of().end()},
                             .none_of = {values.none_of().begin(), values.none_of().end()}});
  }
  const auto time_of = [](const google::protobuf::Timestamp& time) {
    return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
  };
  if (from.has_published_from()) filter.published_from = time_of(from.published_from());
  if (from.has_published_until()) filter.published_until = time_of(from.published_until());
  filter.include_undated = from.include_undated();
  return filter;
}

absl::Status CheckValues(schema::FieldId field, std::string_view list,
                         const std::vector<std::string>& values) {
  const bool blank = std::any_of(values.begin(), values.end(), [](const std::string& value) {
    return value.find_first_not_of(" \t\r\n") == std::string::npos;
  });
  if (!blank) return absl::OkStatus();
  return schema::BadField(
      "filter." + std::string(schema::FieldOf(field).name) + "." + std::string(list),
      "a filter value must not be empty");
}

absl::Status CheckFilter(const Filter& filter, int max_values) {
  const auto most = static_cast<size_t>(max_values);
  if (CountValues(filter) > most) {
    return schema::Error(absl::StatusCode::kInvalidArgument, "QUERY_TOO_COMPLEX",
                         "the filter has more than " + std::to_string(most) + " values");
  }
  absl::Status status;
  for (const auto& [field, any_of, all_of, none_of] : filter.values) {
    if (status.ok()) status = CheckValues(field, "any_of", any_of);
    if (status.ok()) status = CheckValues(field, "all_of", all_of);
    if (status.ok()) status = CheckValues(field, "none_of", none_of);
  }
  return status;
}

}  // namespace

absl::Status ReadFilter(const v1::Filter& from, const Limits& limits, Filter* filter) {
  *filter = FilterOf(from);
  return CheckFilter(*filter, limits.max_expanded_leaves);
}

}  // namespace broadsheet::query
