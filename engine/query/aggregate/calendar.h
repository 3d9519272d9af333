// SPDX-License-Identifier: GPL-3.0-or-later
// The periods of a timeline: hours to years of one time zone.
//
// An article that states an instant is in the period that has the instant. One that states a day, a
// month or a year is that day, month or year everywhere. As for a filter on published times
// (compile/published_range.h), an instant that is midnight UTC, and of the same day where it was
// stated, counts as its day. So the articles of a period are those that a filter from its start
// until the next one finds, but for dates that are coarser than the period.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "engine/storage/columns/article_columns.h"

namespace broadsheet::query {

enum class Interval : uint8_t { kHour, kDay, kWeek, kMonth, kQuarter, kYear };

// A period of the calendar's interval; orders by time.
using Period = int64_t;

// Looks periods up fastest in the order of time. Not thread-safe.
class Calendar {
 public:
  Calendar(Interval interval, absl::TimeZone zone) : interval_(interval), zone_(zone) {}

  // nullopt for an undated article, and for a date that is coarser than the interval.
  std::optional<Period> PeriodOf(const storage::StatedDate& date);
  Period PeriodAt(absl::Time time) const;
  Period Next(Period period) const;

  absl::Time StartOf(Period period) const;
  // As TimelineBucket.label has it.
  std::string NameOf(Period period) const;

 private:
  // Seconds since 1970, or days, of one period.
  struct Known {
    int64_t begin = 0;
    int64_t end = 0;
    Period period = 0;
    bool Has(int64_t at) const { return at >= begin && at < end; }
  };

  bool IsCoarser(const storage::StatedDate& date) const;
  Period PeriodOfInstant(int64_t seconds);
  Period PeriodOfDay(int64_t number);
  absl::CivilDay FirstDay(absl::CivilDay day) const;

  const Interval interval_;
  const absl::TimeZone zone_;
  // Those that were found last.
  Known instants_;
  Known days_;
};

}  // namespace broadsheet::query
