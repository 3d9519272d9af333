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
  explicit PeriodCounter(const TimelineRequest& request)
      : calendar_(request.interval, request.zone) {}

  absl::Status Count(MatchContext& context, const MatchedDocuments& documents) {
    const storage::ValueRows& rows = context.snapshot.generation().columns().rows();
    documents.base.ForEach(context.deadline, [&](uint32_t docid) { Add(rows.DateOf(docid)); });
    return ForEachOfLive(context, documents.live,
                         [this](const storage::ArticleColumns& columns) { Add(columns.date); });
  }

  uint64_t Of(Period period) const {
    const auto found = counts_.find(period);
    return found == counts_.end() ? 0 : found->second;
  }
  uint64_t undated() const { return undated_; }
  // In no order.
  const std::unordered_map<Period, uint64_t>& counts() const { return counts_; }

 private:
  void Add(const storage::StatedDate& date) {
    const std::optional<Period> period = calendar_.PeriodOf(date);
    if (!period.has_value()) {
      ++undated_;
      return;
    }
    if (last_ == nullptr || *period != last_period_) {
      last_period_ = *period;
      last_ = &counts_[*period];
    }
    ++*last_;
  }

  Calendar calendar_;
  std::unordered_map<Period, uint64_t> counts_;
  uint64_t undated_ = 0;
  Period last_period_ = 0;
  uint64_t* last_ = nullptr;  // of last_period_
};

struct PeriodSpan {
  Period first;
  Period last;
};

// nullopt where a bound is missing and no document gives it.
std::optional<PeriodSpan> SpanOf(const TimelineRequest& request, const Calendar& calendar,
                                 const PeriodCounter& matched) {
  std::optional<Period> first;
  std::optional<Period> last;
  for (const auto& [period, count] : matched.counts()) {
    first = std::min(period, first.value_or(period));
    last = std::max(period, last.value_or(period));
  }
  if (request.from) first = calendar.PeriodAt(*request.from);
  if (request.until) last = calendar.PeriodAt(*request.until - absl::Nanoseconds(1));
  if (!first || !last || *first > *last) return std::nullopt;
  return PeriodSpan{*first, *last};
}

}  // namespace

absl::StatusOr<PeriodCounts> CountPeriods(MatchContext& context, const TimelineRequest& request,
                                          const MatchedDocuments& matched,
                                          const MatchedDocuments& visible) {
  PeriodCounter matching(request);
  if (absl::Status status = matching.Count(context, matched); !status.ok()) return status;
  PeriodCounts counts{.periods = {}, .undated = matching.undated()};
  const Calendar calendar(request.interval, request.zone);
  const std::optional<PeriodSpan> span = SpanOf(request, calendar, matching);
  if (!span.has_value()) return counts;
  std::optional<PeriodCounter> counted;
  if (&visible != &matched) {
    absl::Status status = counted.emplace(request).Count(context, visible);
    if (!status.ok()) return status;
  }
  const PeriodCounter& all = counted ? *counted : matching;
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
