// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/search_request.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "client/commands/date_option.h"
#include "client/commands/search_value_options.h"
#include "client/view/terminal.h"

namespace broadsheet::client {
namespace {

using google::protobuf::RepeatedPtrField;

void Append(const std::vector<std::string>& values, RepeatedPtrField<std::string>* field) {
  field->Add(values.begin(), values.end());
}

void SetTime(absl::Time time, google::protobuf::Timestamp* timestamp) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  timestamp->set_seconds(seconds);
  timestamp->set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
}

void SetDuration(absl::Duration length, google::protobuf::Duration* duration) {
  const int64_t seconds = absl::ToInt64Seconds(length);
  duration->set_seconds(seconds);
  duration->set_nanos(
      static_cast<int32_t>((length - absl::Seconds(seconds)) / absl::Nanoseconds(1)));
}

absl::Status FillFilter(const SearchOptions& options, absl::Time now, v1::Filter* filter) {
  for (const ValueOption& option : ValueOptions()) {
    const std::vector<std::string>& values = options.*option.values;
    if (option.filter == nullptr || values.empty()) continue;
    v1::ValueFilter* condition = (filter->*option.filter)();
    Append(values, option.all ? condition->mutable_all_of() : condition->mutable_any_of());
  }
  if (!options.since.empty()) {
    const auto span = ParseDateOption(options.since, now);
    if (!span.ok()) return span.status();
    SetTime(span->begin, filter->mutable_published_from());
  }
  if (!options.until.empty()) {
    const auto span = ParseDateOption(options.until, now);
    if (!span.ok()) return span.status();
    SetTime(span->end, filter->mutable_published_until());
  }
  return absl::OkStatus();
}

bool HasFilter(const SearchOptions& options) {
  const auto narrows = [&options](const ValueOption& option) {
    return option.filter != nullptr && !(options.*option.values).empty();
  };
  return std::any_of(ValueOptions().begin(), ValueOptions().end(), narrows) ||
         !options.since.empty() || !options.until.empty();
}

// There is no filter on captions, so --caption becomes a clause beside the words.
std::string ClauseOf(const ValueOption& option, const std::string& value) {
  std::string clause = std::string(option.field()) + ":\"";
  for (const char c : value) clause += c == '"' ? ' ' : c;
  return clause + '"';
}

// A query with OR is put in parentheses when a clause is added, since AND binds tighter.
SentQuery ComposeQuery(const std::string& words, const SearchOptions& options) {
  std::vector<std::string> clauses;
  for (const ValueOption& option : ValueOptions()) {
    if (option.filter != nullptr) continue;
    for (const std::string& value : options.*option.values) {
      clauses.push_back(ClauseOf(option, value));
    }
  }
  const bool enclose = !clauses.empty() && words.find(" OR ") != std::string::npos;
  SentQuery sent;
  sent.text = enclose ? "(" : "";
  sent.typed_begin = sent.text.size();
  sent.text += words;
  sent.typed_end = sent.text.size();
  if (enclose) sent.text += ")";
  for (const std::string& clause : clauses) {
    if (!sent.text.empty()) sent.text += ' ';
    sent.text += clause;
  }
  return sent;
}

// What no request can carry, which protobuf would tell in a way that helps nobody.
absl::Status CheckUtf8(std::string_view name, const std::vector<std::string>& values) {
  for (const std::string& value : values) {
    const std::optional<size_t> byte = InvalidByte(value);
    if (!byte) continue;
    return absl::InvalidArgumentError("the " + std::string(name) + " is not valid UTF-8 at byte " +
                                      std::to_string(*byte) +
                                      "; type it again, or convert it with iconv");
  }
  return absl::OkStatus();
}

absl::Status CheckUtf8(const SearchOptions& options, const std::string& words) {
  absl::Status status = CheckUtf8("query", {words});
  for (const ValueOption& option : ValueOptions()) {
    status.Update(CheckUtf8(option.field(), options.*option.values));
  }
  status.Update(CheckUtf8("profile", {options.profile}));
  status.Update(CheckUtf8("time zone", {options.time_zone}));
  return status;
}

}  // namespace

absl::StatusOr<PreparedSearch> PrepareSearch(const SearchOptions& options, const std::string& words,
                                             absl::Time now) {
  if (const absl::Status status = CheckUtf8(options, words); !status.ok()) return status;
  PreparedSearch prepared;
  prepared.sent = ComposeQuery(words, options);
  v1::SearchArticlesRequest& request = prepared.request;
  request.set_query(prepared.sent.text);
  if (HasFilter(options)) {
    const absl::Status status = FillFilter(options, now, request.mutable_filter());
    if (!status.ok()) return status;
  }
  if (request.query().empty() && !request.has_filter()) {
    return absl::InvalidArgumentError(
        "nothing to search for; type some words, or a filter such as --tag or --since");
  }
  request.set_page_size(options.limit);
  // Past what int32 holds the server answers PAGE_TOO_DEEP just the same.
  const int64_t skip = static_cast<int64_t>(options.page - 1) * options.limit;
  request.set_skip(static_cast<int32_t>(std::min<int64_t>(skip, INT32_MAX)));
  if (options.match == "any") request.set_match(v1::MATCH_MODE_ANY);
  if (options.sort == "relevance") request.set_sort(v1::SORT_ORDER_RELEVANCE);
  if (options.sort == "newest") request.set_sort(v1::SORT_ORDER_NEWEST);
  if (options.sort == "oldest") request.set_sort(v1::SORT_ORDER_OLDEST);
  request.set_ranking_profile(options.profile);
  if (options.half_life_days > 0) {
    SetDuration(absl::Hours(24) * options.half_life_days, request.mutable_recency_half_life());
  }
  if (options.recency_cap) request.set_recency_cap(*options.recency_cap);
  request.set_time_zone(options.time_zone);
  request.set_explain(options.explain);
  request.set_exact_total(options.exact_total);
  if (options.output == "ids") {
    request.mutable_read_mask()->add_paths("id");
    request.mutable_highlight()->set_disabled(true);
  }
  return prepared;
}

}  // namespace broadsheet::client
