// SPDX-License-Identifier: GPL-3.0-or-later
// Articles published from or before a moment, as Xapian queries over value slots. Undated ones are
// in neither.
//
// An article that states an instant is compared by instants. One that states a day, a month or a
// year is its first day everywhere: it is compared with the local time of the moment in the zone of
// the request. Xapian stores its day as midnight UTC, so the two differ at most in the articles of
// the one day whose midnight lies between the moment and its local time read as UTC. (An instant
// that is midnight UTC and was stated in UTC counts as its day: most often it was one.)
#pragma once

#include <xapian.h>

#include "absl/time/time.h"

namespace broadsheet::query {

// At or after `start`.
Xapian::Query PublishedFrom(absl::Time start, absl::TimeZone zone);

// Before `end`.
Xapian::Query PublishedBefore(absl::Time end, absl::TimeZone zone);

}  // namespace broadsheet::query
