// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/published_range.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "absl/time/civil_time.h"
#include "engine/schema/terms.h"

namespace broadsheet::query {
namespace {

using XQuery = Xapian::Query;

constexpr int64_t kFirstSecond = std::numeric_limits<int64_t>::min();
constexpr int64_t kLastSecond = std::numeric_limits<int64_t>::max();
constexpr int64_t kDaySeconds = 86400;
constexpr absl::CivilDay kDayZero(1970, 1, 1);

XQuery SecondsRange(int64_t first, int64_t last) {
  if (first > last) return XQuery::MatchNothing;
  return {XQuery::OP_VALUE_RANGE, schema::SlotNumber(schema::Slot::kPublishedTime),
          schema::EncodeSeconds(first), schema::EncodeSeconds(last)};
}

// A moment as instants and as days are compared with it.
struct Moment {
  int64_t instant = 0;  // the first whole second at or after it
  int64_t local = 0;    // the same second's local time, as if it were UTC
};

Moment MomentOf(absl::Time time, absl::TimeZone zone) {
  // Times without end have no local time.
  if (time == absl::InfiniteFuture()) return {kLastSecond, kLastSecond};
  if (time == absl::InfinitePast()) return {kFirstSecond, kFirstSecond};
  const int64_t floor = absl::ToUnixSeconds(time);
  const int64_t instant = absl::FromUnixSeconds(floor) < time ? floor + 1 : floor;
  const absl::CivilSecond civil = absl::ToCivilSecond(absl::FromUnixSeconds(instant), zone);
  return {instant, civil - absl::CivilSecond(1970, 1, 1)};
}

// The articles that state the day, month or year that begins with `day` days after 1970-01-01.
XQuery StatingDay(int64_t day) {
  const absl::CivilDay civil = kDayZero + day;
  const int year = static_cast<int>(civil.year());
  std::vector<XQuery> stated = {XQuery(schema::DayTerm(year, civil.month(), civil.day()))};
  if (civil.day() == 1) stated.emplace_back(schema::MonthTerm(year, civil.month()));
  if (civil == absl::CivilDay(absl::CivilYear(civil))) stated.emplace_back(schema::YearTerm(year));
  // A month's term stands in the articles of all its days: those of the first are wanted.
  const std::string first = schema::EncodeDay(static_cast<int32_t>(day));
  const XQuery begins(XQuery::OP_VALUE_RANGE, schema::SlotNumber(schema::Slot::kLocalFirst), first,
                      first);
  const int64_t midnight = day * kDaySeconds;
  const std::vector<XQuery> all = {XQuery(XQuery::OP_OR, stated.begin(), stated.end()), begins,
                                   SecondsRange(midnight, midnight)};
  return {XQuery::OP_AND, all.begin(), all.end()};
}

// `range` is right for instants. With `wanted` it lacks the articles that state a day whose
// midnight lies in [first, last), without it has them wrongly.
XQuery WithDays(const XQuery& range, int64_t first, int64_t last, bool wanted) {
  // Behind the last day there is no other.
  if (first >= last || first > kLastSecond - kDaySeconds) return range;
  const int64_t day = first / kDaySeconds + (first % kDaySeconds > 0 ? 1 : 0);
  if (day * kDaySeconds >= last) return range;
  return {wanted ? XQuery::OP_OR : XQuery::OP_AND_NOT, range, StatingDay(day)};
}

}  // namespace

XQuery PublishedFrom(absl::Time start, absl::TimeZone zone) {
  const Moment moment = MomentOf(start, zone);
  const XQuery range = SecondsRange(moment.instant, kLastSecond);
  const bool west = moment.local < moment.instant;
  return WithDays(range, std::min(moment.local, moment.instant),
                  std::max(moment.local, moment.instant), west);
}

XQuery PublishedBefore(absl::Time end, absl::TimeZone zone) {
  const Moment moment = MomentOf(end, zone);
  if (moment.instant == kFirstSecond) return XQuery::MatchNothing;
  const XQuery range = SecondsRange(kFirstSecond, moment.instant - 1);
  const bool west = moment.local < moment.instant;
  return WithDays(range, std::min(moment.local, moment.instant),
                  std::max(moment.local, moment.instant), !west);
}

}  // namespace broadsheet::query
