// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/pages/search_state.h"

#include <algorithm>
#include <charconv>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "client/request/search_line.h"
#include "client/request/search_value_options.h"

namespace broadsheet::desk {
namespace {

using google::protobuf::RepeatedPtrField;

constexpr int kLastPage = 1'000'000;

int NumberOr(std::string_view text, int otherwise) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : otherwise;
}

std::string Trimmed(std::string text) {
  absl::StripAsciiWhitespace(&text);
  return text;
}

const client::ValueOption* OptionOf(std::string_view field) {
  for (const client::ValueOption& option : client::ValueOptions()) {
    if (option.field() == field) return &option;
  }
  return nullptr;
}

// Takes one parameter for a condition on a field's values. False when it is none.
bool TakeValue(const std::string& name, const std::string& value, SearchState& state) {
  const bool excludes = name.starts_with('-');
  const client::ValueOption* option = OptionOf(excludes ? name.substr(1) : name);
  if (option == nullptr) return false;
  if (value.find_first_not_of(" \t\r\n") == std::string::npos) return true;
  if (!excludes) (state.options.*option->values).push_back(value);
  if (excludes && option->filter != nullptr) state.excluded[name.substr(1)].push_back(value);
  return true;
}

void TakeOther(const std::string& name, const std::string& value, SearchState& state) {
  client::SearchOptions& options = state.options;
  if (name == parameter::kQuery) state.query = Trimmed(value);
  if (name == parameter::kSort &&
      (value == "newest" || value == "oldest" || value == "relevance")) {
    options.sort = value;
  }
  if (name == parameter::kFrom) options.since = Trimmed(value);
  if (name == parameter::kUntil) options.until = Trimmed(value);
  if (name == parameter::kMatch && value == "any") options.match = value;
  if (name == parameter::kPage) options.page = std::clamp(NumberOr(value, 1), 1, kLastPage);
  if (name == parameter::kZone && !value.empty()) options.time_zone = value;
  if (name == parameter::kSynonyms) options.without_synonyms = value == "off";
  if (name == parameter::kCopies) options.collapse_copies = value != "all";
  if (name == parameter::kTimeline) state.share = value == "share";
  if (name == parameter::kDensity) state.dense = value == "dense";
  if (name == parameter::kAllValues) state.all_values_of = value;
  if (name == parameter::kSize) {
    const int size = NumberOr(value, 0);
    if (std::find(std::begin(kPageSizes), std::end(kPageSizes), size) != std::end(kPageSizes)) {
      options.limit = size;
    }
  }
  if (name.starts_with(parameter::kFind) && !value.empty()) {
    state.find[name.substr(parameter::kFind.size())] = value;
  }
}

// Finds every article: a search needs a query or a filter.
void FilterAll(v1::Filter& filter) {
  constexpr int64_t kYearOne = -62135596800;
  filter.mutable_published_from()->set_seconds(kYearOne);
  filter.set_include_undated(true);
}

}  // namespace

bool SearchState::narrowed() const {
  const auto any = [this](const client::ValueOption& option) {
    return !(options.*option.values).empty();
  };
  return !excluded.empty() || !options.since.empty() || !options.until.empty() ||
         std::any_of(client::ValueOptions().begin(), client::ValueOptions().end(), any);
}

bool SearchState::newest_first() const {
  return options.sort == "newest" || (options.sort.empty() && query.empty());
}

SearchState ParseState(const std::vector<NameAndValue>& parameters,
                       const std::string& default_zone) {
  SearchState state;
  state.options.limit = kPageSizes[0];
  state.options.time_zone = default_zone;
  state.options.collapse_copies = true;
  // Values come from the answers.
  state.options.whole_values = true;
  state.options.may_be_empty = true;
  for (const auto& [name, value] : parameters) {
    if (!TakeValue(name, value, state)) TakeOther(name, value, state);
  }
  return state;
}

std::vector<NameAndValue> ParametersOf(const SearchState& state, const std::string& default_zone) {
  std::vector<NameAndValue> parameters;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) parameters.emplace_back(name, value);
  };
  const client::SearchOptions& options = state.options;
  add(parameter::kQuery, state.query);
  for (const client::ValueOption& option : client::ValueOptions()) {
    for (const std::string& value : options.*option.values) add(option.field(), value);
  }
  for (const auto& [field, values] : state.excluded) {
    for (const std::string& value : values) add("-" + field, value);
  }
  add(parameter::kFrom, options.since);
  add(parameter::kUntil, options.until);
  add(parameter::kSort, options.sort);
  add(parameter::kMatch, options.match == "any" ? options.match : "");
  add(parameter::kSynonyms, options.without_synonyms ? "off" : "");
  add(parameter::kCopies, options.collapse_copies ? "" : "all");
  add(parameter::kSize, options.limit == kPageSizes[0] ? "" : std::to_string(options.limit));
  add(parameter::kZone, options.time_zone == default_zone ? "" : options.time_zone);
  add(parameter::kTimeline, state.share ? "share" : "");
  add(parameter::kDensity, state.dense ? "dense" : "");
  add(parameter::kAllValues, state.all_values_of);
  for (const auto& [field, prefix] : state.find) add(absl::StrCat("find-", field), prefix);
  add(parameter::kPage, options.page == 1 ? "" : std::to_string(options.page));
  return parameters;
}

absl::StatusOr<client::PreparedSearch> RequestOf(const SearchState& state) {
  auto prepared = client::PrepareSearch(state.options, state.query);
  if (!prepared.ok()) return prepared;
  v1::SearchArticlesRequest& request = prepared->request;
  for (const auto& [field, values] : state.excluded) {
    const client::ValueOption* option = OptionOf(field);
    RepeatedPtrField<std::string>& none_of =
        *(request.mutable_filter()->*option->filter)()->mutable_none_of();
    none_of.Add(values.begin(), values.end());
  }
  if (request.query().empty() && !request.has_filter()) FilterAll(*request.mutable_filter());
  if (state.query.empty() && state.options.sort.empty()) request.set_sort(v1::SORT_ORDER_NEWEST);
  return prepared;
}

std::string CommandLineOf(const SearchState& state) {
  // The client has no options that leave values out: the query language has.
  std::string query = state.query;
  if (!state.excluded.empty() && query.find(" OR ") != std::string::npos) query = "(" + query + ")";
  for (const auto& [field, values] : state.excluded) {
    for (const std::string& value : values) {
      absl::StrAppend(&query, query.empty() ? "" : " ", "-", client::QuotedClause(field, value));
    }
  }
  client::SearchOptions options = state.options;
  // The client takes no search for everything.
  if (query.empty() && !state.narrowed()) options.since = "0001";
  return client::WholeSearchLine(options, query);
}

std::vector<std::string>* IncludedOf(SearchState& state, std::string_view field) {
  const client::ValueOption* option = OptionOf(field);
  return option == nullptr ? nullptr : &(state.options.*option->values);
}

const std::vector<std::string>* IncludedOf(const SearchState& state, std::string_view field) {
  const client::ValueOption* option = OptionOf(field);
  return option == nullptr ? nullptr : &(state.options.*option->values);
}

}  // namespace broadsheet::desk
