// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline above the hits: bars, each a link to its period.
#pragma once

#include "broadsheet/v1/search_service.pb.h"
#include "desk/pages/page_frame.h"
#include "desk/pages/render.h"
#include "desk/pages/search_state.h"

namespace broadsheet::desk {

// Adds TIMELINE with a BAR for each period, unless there are fewer than two. Periods are joined
// until 62 bars at most are left.
void FillTimeline(const v1::AggregateArticlesResponse& counts, const SearchState& state,
                  const DeskSettings& settings, Fields& page);

}  // namespace broadsheet::desk
