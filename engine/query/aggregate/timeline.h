// SPDX-License-Identifier: GPL-3.0-or-later
// Counts the documents that match by periods of their published time.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/query/aggregate/calendar.h"
#include "engine/query/aggregate/matched_documents.h"

namespace broadsheet::query {

// The most periods of a timeline: 109 years of days.
inline constexpr int kMostPeriods = 40000;

struct TimelineRequest {
  Interval interval = Interval::kDay;
  absl::TimeZone zone;
  // The first period is the one with `from`, the last one that with the instant before `until`;
  // where one is absent, that of the first or last document that matches. `from` is before `until`.
  std::optional<absl::Time> from = {};
  std::optional<absl::Time> until = {};
};

struct PeriodCount {
  Period period = 0;
  uint64_t count = 0;
  uint64_t all = 0;  // of the visible documents
  bool operator==(const PeriodCount&) const = default;
};

struct PeriodCounts {
  std::vector<PeriodCount> periods;  // ascending, without gaps
  uint64_t undated = 0;              // that match, without a date or with a coarser one
};

// How many of some documents are of each period, in no order.
struct PeriodTally {
  std::unordered_map<Period, uint64_t> counts;
  uint64_t undated = 0;  // those without a date, or with one that is coarser than a period

  uint64_t Of(Period period) const;
};

// DATA_LOSS when live is damaged. Throws what Xapian and the deadline throw.
absl::StatusOr<PeriodTally> TallyPeriods(MatchContext& context, Interval interval,
                                         const absl::TimeZone& zone,
                                         const MatchedDocuments& documents);

// `all` is the tally of the visible documents. INVALID_ARGUMENT for more than kMostPeriods. Throws
// what the deadline throws.
absl::StatusOr<PeriodCounts> CountPeriods(MatchContext& context, const TimelineRequest& request,
                                          const PeriodTally& matching, const PeriodTally& all);

}  // namespace broadsheet::query
