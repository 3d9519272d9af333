// SPDX-License-Identifier: GPL-3.0-or-later
// The stages of a search that are timed (base::StageTimes), one after the other.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/base/call_control.h"
#include "engine/base/stage_times.h"

namespace broadsheet::query {

enum class SearchStage : uint8_t {
  kSnapshot,  // the newest snapshot, the plan, and whether the answer is there already
  kCompile,   // the query, as Xapian reads it
  kMatch,     // which articles match, confirmed, ranked and counted
  kNotices,   // what a reader ought to know besides
  kHits,      // the articles of the page, with their highlights
};
// Their names, in that order.
inline constexpr std::array<const char*, 5> kSearchStages = {"snapshot", "compile", "match",
                                                             "notices", "hits"};
static_assert(kSearchStages.size() <= base::StageTimes::kMostStages);

// Begins `stage` for whoever times this call, if anybody does.
inline void BeginStage(const base::CallControl& call, SearchStage stage) {
  if (call.stages != nullptr) call.stages->Begin(static_cast<size_t>(stage));
}

}  // namespace broadsheet::query
