// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/top/figure_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace broadsheet::client {
namespace {

using ::testing::DoubleEq;
using ::testing::HasSubstr;
using ::testing::Optional;

FigureSet Read(std::string_view page) {
  absl::StatusOr<FigureSet> set = FigureSet::Parse(page);
  EXPECT_TRUE(set.ok()) << set.status();
  return set.value_or(FigureSet());
}

TEST(FigureSet, HasValuesByNameAndLabels) {
  const FigureSet set = Read(
      "# HELP calls Calls\n# TYPE calls counter\n"
      "calls{method=\"Get\",code=\"OK\"} 3\ncalls{method=\"Get\",code=\"NOT_FOUND\"} 1\n"
      "calls{method=\"Put\",code=\"OK\"} 10\n\nfree 1.5e+09\n");
  EXPECT_THAT(set.Find("free"), Optional(DoubleEq(1.5e9)));
  EXPECT_EQ(set.Find("none"), std::nullopt);
  EXPECT_EQ(set.Sum("calls"), 14);
  EXPECT_EQ(set.Sum("calls", {{"method", "Get"}}), 4);
  EXPECT_EQ(set.Sum("calls", {{"method", "Get"}, {"code", "OK"}}), 3);
  EXPECT_EQ(set.Sum("calls", {{"other", "Get"}}), 0);
}

TEST(FigureSet, ReadsWhatIsEscaped) {
  const FigureSet set = Read("a{text=\"x \\\"y\\\" \\\\ } , \\n\",b=\"\"} 1\n");
  EXPECT_EQ(set.Named("a").at(0).labels.at("text"), "x \"y\" \\ } , \n");
  EXPECT_EQ(set.Named("a").at(0).labels.at("b"), "");
}

TEST(FigureSet, NamesTheLineThatIsNoFigure) {
  for (const char* line : {"<html>", "a", "a{", "a{b=\"c\"", "a{b=c} 1", "a x", "a{b=\"c\"}1"}) {
    const absl::StatusOr<FigureSet> set = FigureSet::Parse(std::string("a 1\n") + line + "\n");
    ASSERT_FALSE(set.ok()) << line;
    EXPECT_THAT(std::string(set.status().message()), HasSubstr("line 2")) << line;
  }
}

TEST(Quantile, IsThatOfWhatHappenedBetween) {
  const FigureSet before =
      Read("t_bucket{le=\"1\"} 100\nt_bucket{le=\"2\"} 100\nt_bucket{le=\"+Inf\"} 100\n");
  const FigureSet now =
      Read("t_bucket{le=\"1\"} 100\nt_bucket{le=\"2\"} 110\nt_bucket{le=\"+Inf\"} 110\n");
  EXPECT_THAT(Quantile(before, now, "t", .5), Optional(DoubleEq(1.5)));
  EXPECT_EQ(Quantile(now, now, "t", .5), std::nullopt);
  EXPECT_EQ(Quantile(before, now, "none", .5), std::nullopt);
}

TEST(Quantile, AddsUpThoseOfAllLabelsThatFit) {
  const FigureSet now = Read(
      "t_bucket{m=\"a\",le=\"1\"} 10\nt_bucket{m=\"a\",le=\"+Inf\"} 10\n"
      "t_bucket{m=\"b\",le=\"1\"} 0\nt_bucket{m=\"b\",le=\"+Inf\"} 10\n");
  EXPECT_THAT(Quantile(FigureSet(), now, "t", .25), Optional(DoubleEq(.5)));
  EXPECT_THAT(Quantile(FigureSet(), now, "t", .5, {{"m", "a"}}), Optional(DoubleEq(.5)));
  const auto beyond = Quantile(FigureSet(), now, "t", .99);
  ASSERT_TRUE(beyond.has_value());
  EXPECT_TRUE(std::isinf(*beyond));
}

}  // namespace
}  // namespace broadsheet::client
