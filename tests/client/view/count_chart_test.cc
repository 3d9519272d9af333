// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/count_chart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "absl/strings/str_split.h"

namespace broadsheet::client {
namespace {

using ::testing::HasSubstr;

std::string Bars(const std::vector<Bar>& bars, size_t width) {
  std::ostringstream out;
  PrintBars(bars, 2, Terminal(false, width), out);
  return out.str();
}

TEST(CountChartTest, BarsAreAsLongAsCounts) {
  EXPECT_EQ(Bars({{"ab", 1000}, {"c", 500}, {"d", 1}, {"e", 0}}, 40),
            "  ab  1,000  ███████████████████████████\n"
            "  c     500  █████████████▌\n"
            "  d       1  ▏\n"
            "  e       0\n");
}

TEST(CountChartTest, LinesFitAtEveryWidthWithWideAndLongLabels) {
  const std::vector<Bar> bars = {{"北朝鮮", 12345},
                                 {"a label that is longer than half of a narrow line is", 7},
                                 {"עיתון הנמל", 3},
                                 {std::string(300, 'x'), 2}};
  for (const size_t width : {size_t{40}, size_t{60}, size_t{80}, size_t{120}}) {
    const std::vector<std::string> lines = absl::StrSplit(Bars(bars, width), '\n');
    for (const std::string& line : lines) EXPECT_LE(DisplayWidth(line), width) << line;
  }
  EXPECT_THAT(Bars(bars, 80), HasSubstr("\u200eעיתון הנמל\u200e"));
}

TEST(CountChartTest, MarksOfALabelNeverReachTheTerminal) {
  EXPECT_EQ(Bars({{"a\u202e\x1b[2Jb", 1}}, 40).find('\x1b'), std::string::npos);
}

v1::AggregateArticlesResponse Months(const std::vector<int>& counts) {
  v1::AggregateArticlesResponse response;
  for (size_t i = 0; i < counts.size(); ++i) {
    v1::TimelineBucket* bucket = response.add_timeline();
    bucket->set_label("m" + std::to_string(i));
    bucket->mutable_start()->set_seconds(static_cast<int64_t>(i) * 30 * 86400);
    bucket->set_count(counts[i]);
  }
  return response;
}

TEST(CountChartTest, EmptyPeriodsShareALine) {
  std::ostringstream out;
  v1::AggregateArticlesResponse counts = Months({1, 0, 0, 0, 0, 2, 0, 1});
  counts.set_undated(3);
  PrintPeriods(counts, Terminal(false, 40), out);
  EXPECT_THAT(out.str(), HasSubstr("m1 to m4  0\n"));
  EXPECT_THAT(out.str(), HasSubstr("m6        0\n"));
  EXPECT_THAT(out.str(), HasSubstr("3 without a place"));
}

TEST(CountChartTest, ATimelineBelowHitsIsOneLineHoweverLong) {
  std::ostringstream out;
  PrintCounts(Months({0, 1, 4, 8}), Terminal(false, 40), out);
  EXPECT_THAT(out.str(), HasSubstr("   ▁▄█\n"));
  EXPECT_THAT(out.str(), HasSubstr("most: 8 in m3"));
  std::ostringstream longer;
  PrintCounts(Months(std::vector<int>(1000, 1)), Terminal(false, 40), longer);
  const std::vector<std::string> lines = absl::StrSplit(longer.str(), '\n');
  for (const std::string& line : lines) EXPECT_LE(DisplayWidth(line), 40U) << line;
  EXPECT_THAT(longer.str(), HasSubstr("a column is 27 months"));
}

TEST(CountChartTest, AFacetTellsOfWhatItDoesNotShow) {
  v1::Facet facet;
  facet.set_field("tag");
  facet.set_distinct(9);
  facet.set_without(1200);
  facet.add_values()->set_value("ferry");
  std::ostringstream out;
  PrintFacet(facet, Terminal(false, 80), out);
  EXPECT_THAT(out.str(), HasSubstr("and 8 more values; 1,200 articles have none"));
}

}  // namespace
}  // namespace broadsheet::client
