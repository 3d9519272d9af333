// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/date_clause.h"

#include <limits>
#include <optional>
#include <string>

#include "engine/query/compile/published_range.h"
#include "engine/schema/published_time.h"
#include "engine/schema/terms.h"

namespace broadsheet::query {
namespace {

using schema::LocalPeriod;
using schema::Slot;

int32_t DaysSince1970(absl::CivilDay day) {
  return static_cast<int32_t>(day - absl::CivilDay(1970, 1, 1));
}

Xapian::Query SlotRange(Slot slot, const std::string& from, const std::string& to) {
  return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, schema::SlotNumber(slot), from, to);
}

Xapian::Query WithinDays(std::optional<absl::CivilDay> first, std::optional<absl::CivilDay> last) {
  const std::string lowest = schema::EncodeDay(std::numeric_limits<int32_t>::min());
  const std::string highest = schema::EncodeDay(std::numeric_limits<int32_t>::max());
  const std::string from = first ? schema::EncodeDay(DaysSince1970(*first)) : lowest;
  const std::string to = last ? schema::EncodeDay(DaysSince1970(*last)) : highest;
  if (!last) return SlotRange(Slot::kLocalFirst, from, highest);
  if (!first) return SlotRange(Slot::kLocalLast, lowest, to);
  return Xapian::Query(Xapian::Query::OP_AND, SlotRange(Slot::kLocalFirst, from, highest),
                       SlotRange(Slot::kLocalLast, lowest, to));
}

Xapian::Query WithinPeriod(const LocalPeriod& period) {
  const absl::CivilDay first = period.first;
  const int year = static_cast<int>(first.year());
  if (period.first == period.last) {
    return Xapian::Query(schema::DayTerm(year, first.month(), first.day()));
  }
  const absl::CivilMonth month(first);
  if (first == absl::CivilDay(month) && period.last == absl::CivilDay(month + 1) - 1) {
    return Xapian::Query(schema::MonthTerm(year, first.month()));
  }
  const absl::CivilYear whole(first);
  if (first == absl::CivilDay(whole) && period.last == absl::CivilDay(whole + 1) - 1) {
    return Xapian::Query(schema::YearTerm(year));
  }
  return WithinDays(period.first, period.last);
}

Xapian::Query Within(const DateBounds& bounds, bool range) {
  if (!range) return WithinPeriod(bounds.first->period);
  std::optional<absl::CivilDay> first;
  std::optional<absl::CivilDay> last;
  if (bounds.first) first = bounds.first->period.first;
  if (bounds.last) last = bounds.last->period.last;
  return WithinDays(first, last);
}

Xapian::Query Compare(const DateBounds& bounds, const Node& node, const DateContext& context) {
  const schema::DateExpression& date = *bounds.first;
  const bool until = node.relation == DateRelation::kUntil;
  const absl::CivilDay day = until ? date.period.last + 1 : date.period.first;
  const absl::Time moment = date.instant ? *date.instant : absl::FromCivil(day, context.zone);
  return node.relation == DateRelation::kFrom ? PublishedFrom(moment, context.zone)
                                              : PublishedBefore(moment, context.zone);
}

}  // namespace

absl::StatusOr<Xapian::Query> CompileDate(const Node& node, const DateContext& context) {
  if (AsksForUndated(node)) return Xapian::Query(std::string(schema::kUndatedTerm));
  const absl::StatusOr<DateBounds> bounds = ReadDates(node, "", context);
  if (!bounds.ok()) return bounds.status();
  if (node.relation != DateRelation::kWithin) return Compare(*bounds, node, context);
  return Within(*bounds, node.text.find("..") != std::string::npos);
}

}  // namespace broadsheet::query
