// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/load/arrivals.h"

#include <gtest/gtest.h>

#include <chrono>
#include <vector>

namespace broadsheet::bench {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

TEST(ArrivalsTest, ConstantCallsAreDueAtEvenDistances) {
  Arrivals arrivals(ArrivalKind::kConstant, 200, 1);
  EXPECT_EQ(arrivals.Next(), milliseconds(0));
  EXPECT_EQ(arrivals.Next(), milliseconds(5));
  EXPECT_EQ(arrivals.Next(), milliseconds(10));
}

TEST(ArrivalsTest, AConstantPlanDoesNotDriftHoweverLongItRuns) {
  Arrivals arrivals(ArrivalKind::kConstant, 3, 1);
  nanoseconds last{0};
  for (int i = 0; i <= 3 * 3600; ++i) last = arrivals.Next();
  EXPECT_EQ(last, std::chrono::hours(1));
}

TEST(ArrivalsTest, PoissonCallsComeAtThePlannedRateAndUnevenly) {
  constexpr int kCalls = 20000;
  Arrivals arrivals(ArrivalKind::kPoisson, 1000, 1);
  nanoseconds last{0};
  int close = 0;
  for (int i = 0; i < kCalls; ++i) {
    const nanoseconds due = arrivals.Next();
    ASSERT_GE(due, last);
    // Of exponential gaps 1 - 1/e are shorter than the mean.
    if (due - last < milliseconds(1)) ++close;
    last = due;
  }
  EXPECT_NEAR(std::chrono::duration<double>(last).count(), 20, 0.5);
  EXPECT_NEAR(static_cast<double>(close) / kCalls, 0.632, 0.02);
}

TEST(ArrivalsTest, TheSameSeedGivesTheSamePlanAndAnotherAnother) {
  Arrivals first(ArrivalKind::kPoisson, 10, 7);
  Arrivals again(ArrivalKind::kPoisson, 10, 7);
  Arrivals other(ArrivalKind::kPoisson, 10, 8);
  const nanoseconds due = first.Next();
  EXPECT_EQ(again.Next(), due);
  EXPECT_NE(other.Next(), due);
}

}  // namespace
}  // namespace broadsheet::bench
