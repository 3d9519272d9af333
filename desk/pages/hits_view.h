// SPDX-License-Identifier: GPL-3.0-or-later
// The hits of a page.
#pragma once

#include "absl/time/time.h"
#include "broadsheet/v1/search_service.pb.h"
#include "desk/pages/render.h"
#include "desk/pages/search_state.h"

namespace broadsheet::desk {

// Adds a section HIT for each. `first` is the number of the first one among all hits.
void FillHits(const v1::SearchArticlesResponse& response, const SearchState& state,
              const std::string& default_zone, int64_t first, Fields& page);

// "/a/ID?q=...": the page of an article, with the search whose marks it shows; `number` is the
// hit's, 0 for none.
std::string ArticleUrl(const std::string& id, const SearchState& state,
                       const std::string& default_zone, int64_t number);

// The zone in which the state shows times; nullptr = as articles state them.
const absl::TimeZone* ZoneOf(const SearchState& state, absl::TimeZone& storage);

}  // namespace broadsheet::desk
