// SPDX-License-Identifier: GPL-3.0-or-later
// What a person looks at, as the URL of a page has it: all of it, so that a page can be shared,
// kept and gone back to. Pure; safe from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search_service.pb.h"
#include "client/request/search_options.h"
#include "client/request/search_request.h"
#include "desk/http/message.h"

namespace broadsheet::desk {

// Names of parameters beside the options' own ("tag", "source", ...; "-tag" leaves the value out).
namespace parameter {
inline constexpr std::string_view kQuery = "q";
inline constexpr std::string_view kSort = "sort";
inline constexpr std::string_view kFrom = "from";
inline constexpr std::string_view kUntil = "until";
inline constexpr std::string_view kMatch = "match";
inline constexpr std::string_view kPage = "page";
inline constexpr std::string_view kSize = "size";
inline constexpr std::string_view kZone = "tz";
inline constexpr std::string_view kCopies = "copies";      // "all": each copy is a hit
inline constexpr std::string_view kSynonyms = "synonyms";  // "off": words stand for themselves
inline constexpr std::string_view kTimeline = "timeline";  // "share": of what was published
inline constexpr std::string_view kDensity = "view";       // "dense": headlines alone
inline constexpr std::string_view kAllValues = "more";  // the field of which all values are shown
inline constexpr std::string_view kFind = "find-";      // "find-tag": values that begin so
}  // namespace parameter

// Pages behind this hit are refused by the server: dates narrow the search instead.
inline constexpr int64_t kDeepestHit = 10'000;

inline constexpr int kPageSizes[] = {20, 50, 100};

struct SearchState {
  // The query, the included values, dates, sort, match, page, size and zone.
  client::SearchOptions options;
  std::string query;
  // By field, such as "tag": the values that no hit has.
  std::map<std::string, std::vector<std::string>> excluded = {};
  // By field: what the values that are listed begin with.
  std::map<std::string, std::string> find = {};
  std::string all_values_of = {};
  bool share = false;
  bool dense = false;

  // True if any condition besides the query narrows what is found.
  bool narrowed() const;
  // Whether words may stand for others too.
  bool with_synonyms() const { return !query.empty() && !options.without_synonyms; }
  // Newest first, whether asked for or since nothing is searched for.
  bool newest_first() const;
};

// Unknown parameters are passed over, so that old links go on working; so are values out of range.
SearchState ParseState(const std::vector<NameAndValue>& parameters,
                       const std::string& default_zone);

// The parameters that ParseState() reads this from again, but for those at their default.
std::vector<NameAndValue> ParametersOf(const SearchState& state, const std::string& default_zone);

// The request of the state. Errors are those of client::PrepareSearch(), for a person.
absl::StatusOr<client::PreparedSearch> RequestOf(const SearchState& state);

// The line to type for the same search, such as "broadsheet search --tag strike -- ferry".
std::string CommandLineOf(const SearchState& state);

// The values of a field that hits must have; null for a name that is no field of these.
std::vector<std::string>* IncludedOf(SearchState& state, std::string_view field);
const std::vector<std::string>* IncludedOf(const SearchState& state, std::string_view field);

}  // namespace broadsheet::desk
