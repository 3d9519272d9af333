// SPDX-License-Identifier: GPL-3.0-or-later
// What the server says of one article and of what is around it.
#pragma once

#include <optional>
#include <string>

#include "broadsheet/v1/search_service.pb.h"
#include "desk/calls/backend.h"
#include "desk/pages/search_state.h"

namespace broadsheet::desk {

struct ArticleAnswers {
  Answer<v1::Article> article;
  Answer<v1::ListArticleCopiesResponse> copies;
  Answer<v1::FindSimilarArticlesResponse> similar;
  // What of it the search matched; empty without a query.
  Answer<v1::SearchArticlesResponse> marks;
  // The hits before and behind it, where its number is known.
  std::optional<std::string> previous_id;
  std::optional<std::string> next_id;
};

// Asks all of it at the same time. `number` is the article's among the hits of `state`, from 1; 0 =
// not known. Only where `article` failed is there nothing to show.
ArticleAnswers AskArticle(Backend& backend, const Caller& caller, const std::string& id,
                          const SearchState& state, int64_t number);

}  // namespace broadsheet::desk
