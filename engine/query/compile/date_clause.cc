// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/date_clause.h"

#include <limits>
#include <optional>
#include <string>

#include "engine/schema/published_time.h"
#include "engine/schema/terms.h"

namespace broadsheet::query {
namespace {

using schema::LocalPeriod;
using schema::Slot;

constexpr int64_t kNoSeconds = std::numeric_limits<int64_t>::min();
constexpr int64_t kAllSeconds = std::numeric_limits<int64_t>::max();

absl::Status BadDate(const Node& node, std::string message, std::string hint) {
  return ToStatus({.reason = kBadDate,
                   .span = node.span,
                   .message = std::move(message),
                   .hint = std::move(hint)});
}

absl::StatusOr<schema::DateExpression> ReadDate(const Node& node, std::string_view text,
                                                const DateContext& context) {
  absl::StatusOr<schema::DateExpression> date =
      schema::ParseDateExpression(text, context.now, context.zone);
  if (date.ok()) return date;
  return BadDate(node, std::string(date.status().message().data(), date.status().message().size()),
                 "such as 2024, 2024-06, 2024-06-19, yesterday or 7d; date: also takes A..B and "
                 "none");
}

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

absl::StatusOr<Xapian::Query> Within(const Node& node, const DateContext& context) {
  const std::string_view text = node.text;
  const size_t dots = text.find("..");
  std::optional<absl::CivilDay> first;
  std::optional<absl::CivilDay> last;
  const std::string_view from = text.substr(0, dots);
  const std::string_view to = dots == std::string_view::npos ? from : text.substr(dots + 2);
  if (from.empty() && to.empty()) {
    return BadDate(node, "a range of dates needs at least one end",
                   "such as date:2024-01..2024-06");
  }
  for (const bool start : {true, false}) {
    const std::string_view end = start ? from : to;
    if (end.empty()) continue;
    const absl::StatusOr<schema::DateExpression> date = ReadDate(node, end, context);
    if (!date.ok()) return date.status();
    if (date->instant) {
      return BadDate(node, "date: compares days, not times of day", "use after: and before:");
    }
    if (dots == std::string_view::npos) return WithinPeriod(date->period);
    (start ? first : last) = start ? date->period.first : date->period.last;
  }
  if (first && last && *last < *first) {
    return BadDate(node, "this range of dates ends before it starts", "put the earlier date first");
  }
  return WithinDays(first, last);
}

absl::StatusOr<Xapian::Query> Compare(const Node& node, const DateContext& context) {
  const absl::StatusOr<schema::DateExpression> date = ReadDate(node, node.text, context);
  if (!date.ok()) return date.status();
  const absl::Time start =
      date->instant ? *date->instant : absl::FromCivil(date->period.first, context.zone);
  const int64_t floor = absl::ToUnixSeconds(start);
  const int64_t ceiling = absl::FromUnixSeconds(floor) == start ? floor : floor + 1;
  if (node.relation == DateRelation::kFrom) {
    return SlotRange(Slot::kPublishedTime, schema::EncodeSeconds(ceiling),
                     schema::EncodeSeconds(kAllSeconds));
  }
  return SlotRange(Slot::kPublishedTime, schema::EncodeSeconds(kNoSeconds),
                   schema::EncodeSeconds(ceiling - 1));
}

}  // namespace

bool AsksForUndated(const Node& node) {
  return node.kind == NodeKind::kDate && node.relation == DateRelation::kWithin &&
         node.text == "none";
}

absl::StatusOr<Xapian::Query> CompileDate(const Node& node, const DateContext& context) {
  if (AsksForUndated(node)) return Xapian::Query(std::string(schema::kUndatedTerm));
  return node.relation == DateRelation::kWithin ? Within(node, context) : Compare(node, context);
}

}  // namespace broadsheet::query
