// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/pages/article_answers.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "client/view/first_words.h"
#include "desk/pages/first_words.h"

namespace broadsheet::desk {
namespace {

// As many and as long as the server gives: marks beyond them are not shown.
constexpr int kMostFragments = 20;
constexpr int kLongestFragment = 1000;
constexpr int kMostSimilar = 5;
constexpr int kMostCopies = 50;
// Their texts, too: whether a copy is cut is told by its length, and one without a headline by its
// first words.
constexpr const char* kShownOfCopies[] = {"id",
                                          "headline",
                                          "summary",
                                          "captions",
                                          "body",
                                          "published_time",
                                          "published_precision",
                                          "published_offset_minutes",
                                          "source"};

// Searches for the words of the state in this article alone; nullopt without words, and for an id
// that no clause of a query can hold.
std::optional<v1::SearchArticlesRequest> MarksRequest(const SearchState& state,
                                                      const std::string& id) {
  if (id.find_first_of("\"\\") != std::string::npos) return std::nullopt;
  SearchState words;
  words.query = state.query;
  words.options.captions = state.options.captions;
  words.options.match = state.options.match;
  words.options.without_synonyms = state.options.without_synonyms;
  words.options.time_zone = state.options.time_zone;
  words.options.limit = 1;
  if (words.query.empty() && words.options.captions.empty()) return std::nullopt;
  const auto prepared = RequestOf(words);
  if (!prepared.ok()) return std::nullopt;
  v1::SearchArticlesRequest request = prepared->request;
  request.set_query(absl::StrCat("(", request.query(), ") AND ", client::QuotedClause("id", id)));
  request.mutable_read_mask()->add_paths("id");
  request.mutable_highlight()->set_max_fragments(kMostFragments);
  request.mutable_highlight()->set_fragment_chars(kLongestFragment);
  return request;
}

// The hits around this one.
std::optional<v1::SearchArticlesRequest> NeighboursRequest(const SearchState& state,
                                                           int64_t number) {
  if (number <= 0 || number > kDeepestHit) return std::nullopt;
  const auto prepared = RequestOf(state);
  if (!prepared.ok()) return std::nullopt;
  v1::SearchArticlesRequest request = prepared->request;
  request.set_skip(static_cast<int32_t>(std::max<int64_t>(number - 2, 0)));
  request.set_page_size(number == 1 ? 2 : 3);
  request.mutable_read_mask()->add_paths("id");
  request.mutable_highlight()->set_disabled(true);
  return request;
}

void TakeNeighbours(const v1::SearchArticlesResponse& around, int64_t number,
                    ArticleAnswers& answers) {
  const int own = number == 1 ? 0 : 1;
  if (own > 0 && around.hits_size() > 0) answers.previous_id = around.hits(0).article().id();
  if (around.hits_size() > own + 1) answers.next_id = around.hits(own + 1).article().id();
}

}  // namespace

ArticleAnswers AskArticle(Backend& backend, const Caller& caller, const std::string& id,
                          const SearchState& state, int64_t number) {
  ArticleAnswers answers;
  Answer<v1::SearchArticlesResponse> around;
  v1::GetArticleRequest get;
  get.set_id(id);
  v1::ListArticleCopiesRequest copies;
  copies.set_id(id);
  copies.set_page_size(kMostCopies);
  for (const char* field : kShownOfCopies) copies.mutable_read_mask()->add_paths(field);
  v1::FindSimilarArticlesRequest similar;
  similar.add_ids(id);
  similar.set_page_size(kMostSimilar);
  const auto marks = MarksRequest(state, id);
  const auto neighbours = NeighboursRequest(state, number);
  {
    ParallelCalls calls(backend, caller);
    calls.Start(BROADSHEET_CALL(GetArticle), get, answers.article);
    calls.Start(BROADSHEET_CALL(ListArticleCopies), copies, answers.copies);
    calls.Start(BROADSHEET_CALL(FindSimilarArticles), similar, answers.similar);
    if (marks) calls.Start(BROADSHEET_CALL(SearchArticles), *marks, answers.marks);
    if (neighbours) calls.Start(BROADSHEET_CALL(SearchArticles), *neighbours, around);
  }
  TakeNeighbours(around.response, number, answers);
  FetchTexts(backend, caller, client::ArticlesOf(*answers.similar.response.mutable_hits()));
  return answers;
}

}  // namespace broadsheet::desk
