// SPDX-License-Identifier: GPL-3.0-or-later
// The hits of a page.
#pragma once

#include "absl/time/time.h"
#include "broadsheet/v1/search_service.pb.h"
#include "desk/pages/page_url.h"
#include "desk/pages/render.h"
#include "desk/pages/search_state.h"

namespace broadsheet::desk {

// Adds a section HIT for each. `first` is the number of the first one among all hits.
void FillHits(const v1::SearchArticlesResponse& response, const SearchState& state,
              const DeskSettings& settings, int64_t first, Fields& page);

// Shows WHEN: DATED, with DATE for people and INSTANT as HTML's <time> has it, or DATELESS.
void SetDate(const v1::Article& article, const absl::TimeZone* zone, Fields& fields);

// The zone in which the state shows times; nullptr = as articles state them.
const absl::TimeZone* ZoneOf(const SearchState& state, absl::TimeZone& storage);

}  // namespace broadsheet::desk
