// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/request/search_request.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "client/request/search_value_options.h"
#include "client/view/article_table.h"
#include "client/view/terminal.h"

namespace broadsheet::client {
namespace {

void SetDuration(absl::Duration length, google::protobuf::Duration* duration) {
  const int64_t seconds = absl::ToInt64Seconds(length);
  duration->set_seconds(seconds);
  duration->set_nanos(
      static_cast<int32_t>((length - absl::Seconds(seconds)) / absl::Nanoseconds(1)));
}

void FillFilter(const SearchOptions& options, v1::Filter* filter) {
  for (const ValueOption& option : ValueOptions()) {
    for (const std::string& value : options.*option.values) {
      const std::optional<std::string> whole = option.FilterValue(options, value);
      if (!whole) continue;
      v1::ValueFilter& condition = *(filter->*option.filter)();
      *(option.all ? condition.add_all_of() : condition.add_any_of()) = *whole;
    }
  }
}

bool HasFilter(const SearchOptions& options) {
  v1::Filter filter;
  FillFilter(options, &filter);
  return filter.ByteSizeLong() > 0;
}

// The server reads the dates of options as those of a query, so they become clauses of it. They
// stand before the words: a quote there that is never closed does not take them in.
std::string DateClauses(const SearchOptions& options) {
  std::string clauses;
  if (!options.since.empty()) clauses += QuotedClause("since", options.since) + " ";
  if (!options.until.empty()) clauses += QuotedClause("until", options.until) + " ";
  return clauses;
}

bool IsPlainWord(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c >= 0x80;
  });
}

// A part of a name stands without quotes, so that the server may take it for a slip.
std::string ClauseOf(const ValueOption& option, const std::string& value) {
  const bool bare = option.filter != nullptr && IsPlainWord(value);
  return bare ? std::string(option.field()) + ":" + value : QuotedClause(option.field(), value);
}

// What the options add behind the words, each clause with `joint` before it.
std::string Clauses(const SearchOptions& options, std::string_view joint) {
  std::string clauses;
  for (const ValueOption& option : ValueOptions()) {
    for (const std::string& value : options.*option.values) {
      if (option.FilterValue(options, value)) continue;
      clauses += joint;
      clauses += ClauseOf(option, value);
    }
  }
  return clauses;
}

// A query with OR is put in parentheses when a clause is added, since AND binds tighter; so is one
// of which any word is enough, and the clauses are not among those words.
SentQuery ComposeQuery(const std::string& words, const SearchOptions& options) {
  const bool any = options.match == "any" && !words.empty();
  std::string clauses = Clauses(options, any ? " AND " : " ");
  const std::string dates = DateClauses(options);
  const bool either =
      words.find(" OR ") != std::string::npos || words.find(" || ") != std::string::npos;
  const bool enclose = (either && !(clauses.empty() && dates.empty())) || (any && !clauses.empty());
  SentQuery sent;
  sent.text = dates + (enclose ? "(" : "");
  sent.typed_begin = sent.text.size();
  sent.text += words;
  sent.typed_end = sent.text.size();
  if (enclose) sent.text += ")";
  const bool gap = sent.text.empty() || sent.text.ends_with(' ');
  sent.text += gap && !clauses.empty() ? clauses.substr(1) : clauses;
  if (words.empty() && clauses.empty() && !dates.empty()) {
    sent.text.pop_back();
    sent.typed_begin = sent.typed_end = sent.text.size();
  }
  sent.mendable = clauses.empty();
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
  status.Update(CheckUtf8("date", {options.since, options.until}));
  status.Update(CheckUtf8("profile", {options.profile}));
  status.Update(CheckUtf8("time zone", {options.time_zone}));
  return status;
}

void LimitToWhatIsPrinted(const SearchOptions& options, v1::SearchArticlesRequest& request) {
  if (options.count) {
    request.set_exact_total(true);
    // The server takes 0 for 10.
    request.set_page_size(1);
    request.set_skip(0);
  }
  if (options.count || options.output == "ids") request.mutable_read_mask()->add_paths("id");
  const bool plain = options.count || options.output == "ids" || IsTable(options.output);
  if (plain) request.mutable_highlight()->set_disabled(true);
  if (!options.count && IsTable(options.output)) {
    const auto columns = ColumnsOf(options.fields);
    // Names that are none were refused before.
    if (columns.ok()) *request.mutable_read_mask() = MaskOf(*columns);
  }
}

absl::Status CheckOptions(const SearchOptions& options) {
  if (options.fields.empty()) return absl::OkStatus();
  if (!IsTable(options.output)) {
    return absl::InvalidArgumentError(
        "--fields says which columns a table has; add --output csv or --output tsv");
  }
  return ColumnsOf(options.fields).status();
}

}  // namespace

std::string ZoneOfDates(const SearchOptions& options, std::string_view query) {
  if (!options.time_zone.empty()) return options.time_zone;
  constexpr std::array<std::string_view, 5> kDates = {
      "since:", "until:", "after:", "before:", "date:"};
  const bool dated = std::any_of(kDates.begin(), kDates.end(), [&](std::string_view name) {
    return query.find(name) != std::string_view::npos;
  });
  return dated ? options.own_zone : "";
}

std::string QuotedClause(std::string_view field, const std::string& value) {
  std::string clause = std::string(field) + ":\"";
  for (const char c : value) clause += c == '"' || c == '\\' ? ' ' : c;
  return clause + '"';
}

bool IsTable(std::string_view output) { return output == "csv" || output == "tsv"; }

absl::StatusOr<PreparedSearch> PrepareSearch(const SearchOptions& options,
                                             const std::string& words) {
  absl::Status checked = CheckUtf8(options, words);
  checked.Update(CheckOptions(options));
  if (!checked.ok()) return checked;
  PreparedSearch prepared;
  prepared.sent = ComposeQuery(words, options);
  v1::SearchArticlesRequest& request = prepared.request;
  request.set_query(prepared.sent.text);
  if (HasFilter(options)) FillFilter(options, request.mutable_filter());
  if (request.query().empty() && !request.has_filter() && !options.may_be_empty) {
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
  request.set_time_zone(ZoneOfDates(options, request.query()));
  request.set_explain(options.explain);
  request.set_exact_total(options.exact_total);
  request.set_collapse_copies(options.collapse_copies);
  request.set_without_synonyms(options.without_synonyms);
  LimitToWhatIsPrinted(options, request);
  return prepared;
}

v1::ExportArticlesRequest ExportRequest(const v1::SearchArticlesRequest& search) {
  v1::ExportArticlesRequest request;
  request.set_query(search.query());
  if (search.has_filter()) *request.mutable_filter() = search.filter();
  request.set_match(search.match());
  request.set_sort(search.sort());
  request.set_time_zone(search.time_zone());
  request.set_without_synonyms(search.without_synonyms());
  if (search.has_read_mask()) *request.mutable_read_mask() = search.read_mask();
  return request;
}

v1::CountQueriesRequest CountRequest(const v1::SearchArticlesRequest& search) {
  v1::CountQueriesRequest request;
  request.set_query(search.query());
  if (search.has_filter()) *request.mutable_filter() = search.filter();
  request.set_match(search.match());
  request.set_time_zone(search.time_zone());
  request.set_without_synonyms(search.without_synonyms());
  return request;
}

v1::AggregateArticlesRequest AggregateRequest(const v1::SearchArticlesRequest& search) {
  v1::AggregateArticlesRequest request;
  request.set_query(search.query());
  if (search.has_filter()) *request.mutable_filter() = search.filter();
  request.set_match(search.match());
  request.set_time_zone(search.time_zone());
  request.set_without_synonyms(search.without_synonyms());
  return request;
}

}  // namespace broadsheet::client
