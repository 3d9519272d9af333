// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/pages/search_answers.h"

#include "client/view/first_words.h"
#include "desk/pages/first_words.h"

namespace broadsheet::desk {
namespace {

constexpr int kFewValues = 8;
constexpr int kAllValues = 200;
constexpr size_t kLongestExplained = 400;
// All of an article that a hit shows.
constexpr const char* kShown[] = {"headline",
                                  "summary",
                                  "captions",
                                  "bylines",
                                  "section",
                                  "source",
                                  "published_time",
                                  "published_precision",
                                  "published_offset_minutes"};
// So many months have few bars: their days are shown.
constexpr int kFewMonths = 2;

v1::AggregateArticlesRequest CountsOf(const SearchState& state,
                                      const v1::SearchArticlesRequest& search) {
  v1::AggregateArticlesRequest request = client::AggregateRequest(search);
  request.set_collapse_copies(search.collapse_copies());
  request.mutable_timeline()->set_interval(v1::INTERVAL_MONTH);
  request.mutable_timeline()->set_normalized(state.share);
  for (const std::string_view field : kFacetFields) {
    v1::FacetRequest& facet = *request.add_facets();
    facet.set_field(std::string(field));
    facet.set_limit(state.all_values_of == field ? kAllValues : kFewValues);
    const auto prefix = state.find.find(std::string(field));
    if (prefix != state.find.end()) facet.set_prefix(prefix->second);
  }
  return request;
}

}  // namespace

SearchAnswers AskSearch(Backend& backend, const Caller& caller, const SearchState& state,
                        const client::PreparedSearch& prepared) {
  SearchAnswers answers;
  v1::SearchArticlesRequest search = prepared.request;
  for (const char* field : kShown) search.mutable_read_mask()->add_paths(field);
  // Tells which synonyms words stood for. A pasted text has too many words to look each up again.
  search.set_explain(state.with_synonyms() && state.query.size() <= kLongestExplained);
  if (state.dense) search.mutable_highlight()->set_max_fragments(1);
  const v1::AggregateArticlesRequest counts = CountsOf(state, search);
  {
    ParallelCalls calls(backend, caller);
    calls.Start(BROADSHEET_CALL(SearchArticles), search, answers.search);
    calls.Start(BROADSHEET_CALL(AggregateArticles), counts, answers.counts);
  }
  FetchTexts(backend, caller, client::ArticlesOf(*answers.search.response.mutable_hits()));
  const int months = answers.counts.response.timeline_size();
  if (!answers.counts.status.ok() || months == 0 || months > kFewMonths) return answers;
  v1::AggregateArticlesRequest by_day = counts;
  by_day.clear_facets();
  by_day.mutable_timeline()->set_interval(v1::INTERVAL_DAY);
  Answer<v1::AggregateArticlesResponse> days;
  {
    ParallelCalls calls(backend, caller);
    calls.Start(BROADSHEET_CALL(AggregateArticles), by_day, days);
  }
  if (days.status.ok()) {
    answers.counts.response.mutable_timeline()->Swap(days.response.mutable_timeline());
    answers.counts.response.set_undated(days.response.undated());
  }
  return answers;
}

}  // namespace broadsheet::desk
