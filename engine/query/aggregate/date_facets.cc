// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/aggregate/date_facets.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "engine/query/aggregate/live_columns.h"
#include "engine/text/fold.h"

namespace broadsheet::query {
namespace {

using storage::StatedDate;

// Orders as the values do.
using DateValue = int64_t;
constexpr int kMonths = 12;
// From Monday on, as absl::Weekday counts.
constexpr std::array<std::string_view, 7> kWeekdays = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

class DateCounter {
 public:
  explicit DateCounter(DatePart part) : part_(part) {}

  void Add(const StatedDate& date) {
    const bool states = part_ == DatePart::kYear    ? date.dated()
                        : part_ == DatePart::kMonth ? date.has_month()
                                                    : date.has_day();
    if (!states) {
      ++without_;
      return;
    }
    // Neighbours in an index are near in time.
    const int64_t day = date.day_number();
    if (counted_ == nullptr || day != day_) {
      day_ = day;
      counted_ = &counts_[ValueOf(date.day())];
    }
    ++*counted_;
  }

  FacetValues Select(const FacetSelection& selection) const;

 private:
  DateValue ValueOf(absl::CivilDay day) const {
    switch (part_) {
      case DatePart::kYear:
        return day.year();
      case DatePart::kMonth:
        return day.year() * kMonths + day.month() - 1;
      case DatePart::kWeekday:
        break;
    }
    return static_cast<DateValue>(absl::GetWeekday(day));
  }
  std::string NameOf(DateValue value) const {
    switch (part_) {
      case DatePart::kYear:
        return absl::StrFormat("%04d", value);
      case DatePart::kMonth:
        return absl::StrFormat("%04d-%02d", value / kMonths, value % kMonths + 1);
      case DatePart::kWeekday:
        break;
    }
    return std::string(kWeekdays.at(static_cast<size_t>(value)));
  }

  const DatePart part_;
  std::map<DateValue, uint64_t> counts_;
  uint64_t without_ = 0;
  int64_t day_ = 0;
  uint64_t* counted_ = nullptr;  // of day_
};

FacetValues DateCounter::Select(const FacetSelection& selection) const {
  FacetValues selected{.values = {}, .distinct = 0, .without = without_};
  for (const auto& [value, count] : counts_) {
    std::string name = NameOf(value);
    if (!text::FoldValue(name).starts_with(selection.prefix)) continue;
    selected.values.push_back({.value = std::move(name), .count = count});
  }
  selected.distinct = selected.values.size();
  if (!selection.by_value) {
    std::stable_sort(
        selected.values.begin(), selected.values.end(),
        [](const ValueOccurrence& a, const ValueOccurrence& b) { return a.count > b.count; });
  }
  if (selected.values.size() > selection.limit) selected.values.resize(selection.limit);
  return selected;
}

}  // namespace

absl::StatusOr<FacetValues> CountDates(MatchContext& context, const MatchedDocuments& matched,
                                       DatePart part, const FacetSelection& selection) {
  DateCounter counter(part);
  const storage::ValueRows& rows = context.snapshot.generation().columns().rows();
  matched.base.ForEach(context.deadline, [&](uint32_t docid) { counter.Add(rows.DateOf(docid)); });
  absl::Status status =
      ForEachOfLive(context, matched.live,
                    [&](const storage::ArticleColumns& columns) { counter.Add(columns.date); });
  if (!status.ok()) return status;
  return counter.Select(selection);
}

}  // namespace broadsheet::query
