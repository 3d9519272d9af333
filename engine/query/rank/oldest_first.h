// SPDX-License-Identifier: GPL-3.0-or-later
// Base with the oldest first. Docids of base have the newest first, and Xapian only goes forward:
// so stretches of docids are matched one by one from the end, each as long as twice the one before
// until enough is found, and each is turned round. What it costs depends on how many documents are
// wanted and how rare matches are, not on how many match in all.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/query/match/match_context.h"
#include "engine/query/rank/date_order.h"

namespace broadsheet::query {

// The first `most` matches of base behind `after`, oldest first, undated last, with their times;
// `order` is that order. Throws what Xapian and the deadline throw.
std::vector<DatedDoc> FindOldest(MatchContext& context, const Xapian::Query& query,
                                 const std::optional<DateKey>& after, uint32_t most,
                                 DateOrder& order);

}  // namespace broadsheet::query
