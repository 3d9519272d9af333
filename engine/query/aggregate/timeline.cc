// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/aggregate/timeline.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/query/aggregate/live_columns.h"
#include "engine/schema/error.h"

namespace broadsheet::query {
namespace {

// Counts by period, fastest for dates in the order of time.
class PeriodCounter {
 public:
  PeriodCounter(Interval interval, const absl::TimeZone& zone) : calendar_(interval, zone) {}

  void Add(const storage::StatedDate& date) {
    if (last_ == nullptr || date != last_date_) {
      last_date_ = date;
      const std::optional<Period> period = calendar_.PeriodOf(date);
      // The numbers of a map stay where they are.
      last_ = period.has_value() ? &tally_.counts[*period] : &tally_.undated;
    }
    ++*last_;
  }
  PeriodTally Take() { return std::move(tally_); }

 private:
  Calendar calendar_;
  PeriodTally tally_;
  storage::StatedDate last_date_;
  uint64_t* last_ = nullptr;  // where documents of last_date_ are counted
};

struct PeriodSpan {
  Period first;
  Period last;
};

// nullopt where a bound is missing and no document gives it.
std::optional<PeriodSpan> SpanOf(const TimelineRequest& request, const Calendar& calendar,
                                 const PeriodTally& matched) {
  std::optional<Period> first;
  std::optional<Period> last;
  for (const auto& [period, count] : matched.counts) {
    first = std::min(period, first.value_or(period));
    last = std::max(period, last.value_or(period));
  }
  if (request.from) first = calendar.PeriodAt(*request.from);
  if (request.until) last = calendar.PeriodAt(*request.until - absl::Nanoseconds(1));
  if (!first || !last || *first > *last) return std::nullopt;
  return PeriodSpan{*first, *last};
}

}  // namespace

uint64_t PeriodTally::Of(Period period) const {
  const auto found = counts.find(period);
  return found == counts.end() ? 0 : found->second;
}

absl::StatusOr<PeriodTally> TallyPeriods(MatchContext& context, Interval interval,
                                         const absl::TimeZone& zone,
                                         const MatchedDocuments& documents) {
  PeriodCounter counter(interval, zone);
  const storage::ValueRows& rows = context.snapshot.generation().columns().rows();
  documents.base.ForEach(context.deadline,
                         [&](uint32_t docid) { counter.Add(rows.DateOf(docid)); });
  absl::Status status =
      ForEachOfLive(context, documents.live,
                    [&](const storage::ArticleColumns& columns) { counter.Add(columns.date); });
  if (!status.ok()) return status;
  return counter.Take();
}

absl::StatusOr<PeriodCounts> CountPeriods(MatchContext& context, const TimelineRequest& request,
                                          const PeriodTally& matching, const PeriodTally& all) {
  PeriodCounts counts{.periods = {}, .undated = matching.undated};
  const Calendar calendar(request.interval, request.zone);
  const std::optional<PeriodSpan> span = SpanOf(request, calendar, matching);
  if (!span.has_value()) return counts;
  for (Period period = span->first; period <= span->last; period = calendar.Next(period)) {
    if (counts.periods.size() == kMostPeriods) {
      return schema::BadField(
          "timeline.interval",
          absl::StrFormat("the timeline has more than %d periods; ask for longer ones, or for a "
                          "shorter time by `from` and `until`",
                          kMostPeriods));
    }
    context.deadline.Poll();
    counts.periods.push_back(
        {.period = period, .count = matching.Of(period), .all = all.Of(period)});
  }
  return counts;
}

}  // namespace broadsheet::query
