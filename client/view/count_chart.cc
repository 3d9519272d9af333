// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/count_chart.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <string_view>

#include "absl/strings/str_format.h"
#include "client/view/hit_list.h"
#include "client/view/text_layout.h"

namespace broadsheet::client {
namespace {

constexpr size_t kChartIndent = 2;
// A run of this many periods without articles is told in one line.
constexpr int kMostEmptyPeriods = 3;
// Keeps what stands behind a label of right-to-left letters at its right, and the line a
// left-to-right one: U+200E, which is seen nowhere.
constexpr std::string_view kLeftToRight = "\u200e";

bool HasRightToLeft(std::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 character = 0;
    U8_NEXT(bytes, i, size, character);
    if (character < 0) continue;
    const UCharDirection direction = u_charDirection(character);
    if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC) return true;
  }
  return false;
}

// The label in exactly `columns`.
std::string PaddedLabel(std::string_view label, size_t columns) {
  std::string shown = Sanitized(label);
  if (DisplayWidth(shown) > columns) {
    shown = std::string(StartOfColumns(shown, columns - 1)) + "…";
  }
  const std::string padding(columns - std::min(DisplayWidth(shown), columns), ' ');
  const std::string mark(HasRightToLeft(shown) ? kLeftToRight : "");
  return mark + shown + mark + padding;
}

// A bar of `count` of `most` in `columns`, to an eighth of a column; never nothing for something.
std::string BarText(int64_t count, int64_t most, size_t columns) {
  constexpr std::array<std::string_view, 8> kEighths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (count <= 0 || most <= 0) return "";
  const auto share = static_cast<double>(count) / static_cast<double>(most);
  const auto eighths =
      std::max<size_t>(static_cast<size_t>(share * static_cast<double>(columns) * 8 + 0.5), 1);
  std::string bar;
  for (size_t i = 0; i < eighths / 8; ++i) bar += "█";
  return bar + std::string(kEighths[eighths % 8]);
}

// One of eight heights; a blank for none.
std::string_view HeightText(int64_t count, int64_t most) {
  constexpr std::array<std::string_view, 8> kHeights = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  if (count <= 0 || most <= 0) return " ";
  return kHeights[static_cast<size_t>(std::min<int64_t>((count * 8 - 1) / most, 7))];
}

// What the periods of a timeline of two or more are, by how long the first is.
std::string_view UnitOf(const v1::AggregateArticlesResponse& counts) {
  struct Unit {
    int64_t longest_hours;
    std::string_view name;
  };
  // Days are shorter or longer where clocks change.
  constexpr std::array<Unit, 5> kUnits = {
      {{1, "hours"}, {25, "days"}, {8 * 24, "weeks"}, {32 * 24, "months"}, {93 * 24, "quarters"}}};
  const int64_t seconds =
      counts.timeline(1).start().seconds() - counts.timeline(0).start().seconds();
  for (const Unit& unit : kUnits) {
    if (seconds <= unit.longest_hours * 3600) return unit.name;
  }
  return "years";
}

std::string PeriodName(const v1::TimelineBucket& bucket) { return bucket.label(); }

void PrintDim(const std::string& text, const Terminal& terminal, std::ostream& out) {
  Paragraph paragraph(terminal, kChartIndent);
  paragraph.Add(Style::kDim, text);
  out << paragraph.Take();
}

// The periods in one line, several in a column where there are more than columns.
void PrintTimeline(const v1::AggregateArticlesResponse& counts, const Terminal& terminal,
                   std::ostream& out) {
  const int periods = counts.timeline_size();
  const int room = static_cast<int>(terminal.width() - kChartIndent);
  const int each = (periods + room - 1) / room;
  std::vector<int64_t> columns;
  for (int i = 0; i < periods; ++i) {
    if (i % each == 0) columns.push_back(0);
    columns.back() += counts.timeline(i).count();
  }
  const int64_t most = *std::max_element(columns.begin(), columns.end());
  std::string line(kChartIndent, ' ');
  for (const int64_t count : columns) line += HeightText(count, most);
  out << line << '\n';
  const std::string first = PeriodName(counts.timeline(0));
  const std::string last = PeriodName(counts.timeline(periods - 1));
  const size_t taken = DisplayWidth(first) + DisplayWidth(last);
  std::string under = first;
  if (periods > 1) {
    under += columns.size() > taken ? std::string(columns.size() - taken, ' ') : " to ";
    under += last;
  }
  out << std::string(kChartIndent, ' ') << terminal.Styled(Style::kDim, under) << '\n';
  const auto peak =
      std::max_element(counts.timeline().begin(), counts.timeline().end(),
                       [](const auto& a, const auto& b) { return a.count() < b.count(); });
  std::string told = "most: " + WithThousands(peak->count()) + " in " + PeriodName(*peak);
  if (each > 1) told += absl::StrFormat("; a column is %d %s", each, UnitOf(counts));
  if (counts.undated() > 0) told += "; " + WithThousands(counts.undated()) + " without a place";
  PrintDim(told, terminal, out);
}

}  // namespace

void PrintBars(const std::vector<Bar>& bars, size_t indent, const Terminal& terminal,
               std::ostream& out) {
  size_t label_columns = 1;
  size_t count_columns = 1;
  int64_t most = 0;
  for (const Bar& bar : bars) {
    label_columns = std::max(label_columns, DisplayWidth(Sanitized(bar.label)));
    count_columns = std::max(count_columns, WithThousands(bar.count).size());
    most = std::max(most, bar.count);
  }
  label_columns = std::min(label_columns, terminal.width() / 2);
  const size_t taken = indent + label_columns + 2 + count_columns + 2;
  constexpr size_t kLongestBar = 40;
  const size_t room = terminal.width() > taken ? terminal.width() - taken : 1;
  for (const Bar& bar : bars) {
    out << std::string(indent, ' ') << PaddedLabel(bar.label, label_columns) << "  "
        << absl::StrFormat("%*s", static_cast<int>(count_columns), WithThousands(bar.count));
    const std::string drawn = BarText(bar.count, most, std::min(room, kLongestBar));
    if (!drawn.empty()) out << "  " << drawn;
    out << '\n';
  }
}

void PrintFacet(const v1::Facet& facet, const Terminal& terminal, std::ostream& out) {
  out << terminal.Styled(Style::kBold, facet.field()) << '\n';
  std::vector<Bar> bars;
  for (const v1::ValueCount& value : facet.values()) {
    bars.push_back({.label = value.value(), .count = value.count()});
  }
  PrintBars(bars, kChartIndent, terminal, out);
  std::string told;
  const int more = facet.distinct() - facet.values_size();
  if (facet.values().empty()) told = "no values";
  if (more > 0) told = "and " + WithThousands(more) + (more == 1 ? " more value" : " more values");
  if (facet.without() > 0) {
    told += (told.empty() ? "" : "; ") + WithThousands(facet.without()) +
            (facet.without() == 1 ? " article has none" : " articles have none");
  }
  if (!told.empty()) PrintDim(told, terminal, out);
}

void PrintPeriods(const v1::AggregateArticlesResponse& counts, const Terminal& terminal,
                  std::ostream& out) {
  // Bars of all periods have one scale, so they are drawn together, apart from the empty ones.
  std::vector<Bar> bars;
  for (int i = 0; i < counts.timeline_size();) {
    int end = i;
    while (end < counts.timeline_size() && counts.timeline(end).count() == 0) ++end;
    if (end - i >= kMostEmptyPeriods) {
      bars.push_back(
          {.label = PeriodName(counts.timeline(i)) + " to " + PeriodName(counts.timeline(end - 1)),
           .count = 0});
      i = end;
      continue;
    }
    bars.push_back({.label = PeriodName(counts.timeline(i)), .count = counts.timeline(i).count()});
    ++i;
  }
  PrintBars(bars, kChartIndent, terminal, out);
  if (counts.undated() > 0) {
    PrintDim(WithThousands(counts.undated()) + " without a place: undated, or only a coarser date",
             terminal, out);
  }
}

void PrintCounts(const v1::AggregateArticlesResponse& counts, const Terminal& terminal,
                 std::ostream& out) {
  for (const v1::Facet& facet : counts.facets()) {
    out << '\n';
    PrintFacet(facet, terminal, out);
  }
  if (counts.timeline().empty()) return;
  out << '\n' << terminal.Styled(Style::kBold, "published") << '\n';
  PrintTimeline(counts, terminal, out);
}

}  // namespace broadsheet::client
