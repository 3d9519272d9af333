// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/pages/timeline_view.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "client/view/hit_list.h"

namespace broadsheet::desk {
namespace {

constexpr size_t kMostBars = 62;
constexpr int kHeight = 60;
constexpr int kTop = 4;

// One or more periods, one behind the other.
struct Span {
  std::string first;  // labels, as a date clause takes them: "2024-06"
  std::string last;
  int64_t count = 0;
  int64_t all = 0;

  double share() const {
    return all == 0 ? 0 : static_cast<double>(count) / static_cast<double>(all);
  }
};

// Joins neighbours whose labels have the same first `letters`.
std::vector<Span> Joined(const std::vector<Span>& spans, size_t letters) {
  std::vector<Span> joined;
  for (const Span& span : spans) {
    const std::string label = span.first.substr(0, letters);
    if (joined.empty() || joined.back().first != label) joined.push_back({label, label});
    joined.back().count += span.count;
    joined.back().all += span.all;
  }
  return joined;
}

// Joins each `size` neighbours.
std::vector<Span> JoinedBy(const std::vector<Span>& spans, size_t size) {
  std::vector<Span> joined;
  for (size_t i = 0; i < spans.size(); ++i) {
    if (i % size == 0) joined.push_back({spans[i].first, ""});
    joined.back().last = spans[i].last;
    joined.back().count += spans[i].count;
    joined.back().all += spans[i].all;
  }
  return joined;
}

std::vector<Span> BarsOf(const v1::AggregateArticlesResponse& counts) {
  constexpr size_t kYearLetters = 4;
  std::vector<Span> bars;
  for (const v1::TimelineBucket& bucket : counts.timeline()) {
    bars.push_back({bucket.label(), bucket.label(), bucket.count(), bucket.all()});
  }
  if (bars.size() > kMostBars) bars = Joined(bars, kYearLetters);
  if (bars.size() > kMostBars) bars = JoinedBy(bars, (bars.size() + kMostBars - 1) / kMostBars);
  return bars;
}

// What a bar stands for: "by month".
std::string PeriodText(const std::vector<Span>& bars) {
  if (bars.front().first != bars.front().last) return "by several periods a bar";
  constexpr size_t kYear = std::string_view("2024").size();
  constexpr size_t kMonth = std::string_view("2024-06").size();
  const size_t letters = bars.front().first.size();
  return letters <= kYear ? "by year" : letters <= kMonth ? "by month" : "by day";
}

std::string LabelText(const Span& span, bool share) {
  const std::string period =
      span.first == span.last ? span.first : absl::StrCat(span.first, " to ", span.last);
  const std::string count =
      absl::StrCat(client::WithThousands(span.count), span.count == 1 ? " article" : " articles");
  return share ? absl::StrFormat("%s: %.1f %% of what was published (%s)", period,
                                 100 * span.share(), count)
               : absl::StrCat(period, ": ", count);
}

void FillBar(const Span& span, size_t place, double height, bool share, PeriodUrls& urls,
             Fields& timeline) {
  // A bar of something is never invisible.
  const int units = span.count == 0 ? 0 : std::max(2, static_cast<int>(height * kHeight));
  Fields& bar = Show(timeline, "BAR"_name);
  Set(bar, "URL"_name, urls.Of(span.first, span.last));
  Set(bar, "LABEL"_name, LabelText(span, share));
  Set(bar, "X"_name, static_cast<int64_t>(10 * place));
  Set(bar, "Y"_name, kHeight + kTop - units);
  Set(bar, "HEIGHT"_name, units);
}

}  // namespace

void FillTimeline(const v1::AggregateArticlesResponse& counts, const SearchState& state,
                  const DeskSettings& settings, Fields& page) {
  const std::vector<Span> bars = BarsOf(counts);
  if (bars.size() < 2) return;
  Fields& timeline = Show(page, "TIMELINE"_name);
  Set(timeline, "WIDTH"_name, static_cast<int64_t>(10 * bars.size()));
  Set(timeline, "FIRST_LABEL"_name, bars.front().first);
  Set(timeline, "LAST_LABEL"_name, bars.back().last);
  const auto value_of = [&](const Span& span) {
    return state.share ? span.share() : static_cast<double>(span.count);
  };
  const std::string period = PeriodText(bars);
  double most = 0;
  for (const Span& span : bars) most = std::max(most, value_of(span));
  Set(timeline, "TIMELINE_TITLE"_name,
      state.share ? absl::StrFormat("Share of all that was published %s, at most %.1f %%", period,
                                    100 * most)
                  : absl::StrCat("Published ", period, ", at most ",
                                 client::WithThousands(static_cast<int64_t>(most))));
  PeriodUrls urls(state, settings);
  for (size_t i = 0; i < bars.size(); ++i) {
    FillBar(bars[i], i, most == 0 ? 0 : value_of(bars[i]) / most, state.share, urls, timeline);
  }
  if (counts.undated() > 0) {
    Set(Show(timeline, "UNDATED"_name), "UNDATED_COUNT"_name,
        client::WithThousands(counts.undated()));
  }
}

}  // namespace broadsheet::desk
