// SPDX-License-Identifier: GPL-3.0-or-later
// What the server says to the search of a page.
#pragma once

#include "broadsheet/v1/search_service.pb.h"
#include "client/request/search_request.h"
#include "desk/calls/backend.h"
#include "desk/pages/search_state.h"

namespace broadsheet::desk {

struct SearchAnswers {
  Answer<v1::SearchArticlesResponse> search;
  // Facets and a timeline of all that matches.
  Answer<v1::AggregateArticlesResponse> counts;
};

// The fields that are counted, in the order of the page.
inline constexpr std::string_view kFacetFields[] = {"source", "section", "byline", "tag",
                                                    "language"};

// Asks for hits and counts at the same time. A timeline of few months comes by days.
SearchAnswers AskSearch(Backend& backend, const Caller& caller, const SearchState& state,
                        const client::PreparedSearch& prepared);

}  // namespace broadsheet::desk
