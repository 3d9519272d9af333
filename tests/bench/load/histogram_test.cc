// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/load/histogram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <random>
#include <vector>

namespace broadsheet::bench {
namespace {

using std::chrono::microseconds;
using std::chrono::nanoseconds;

TEST(HistogramTest, AnEmptyOneHasNoTimes) {
  const Histogram empty;
  EXPECT_EQ(empty.count(), 0);
  EXPECT_EQ(empty.Quantile(0.99), microseconds(0));
  EXPECT_EQ(empty.mean(), 0);
  EXPECT_TRUE(empty.Buckets().empty());
}

TEST(HistogramTest, QuantilesOfShortTimesAreExact) {
  Histogram histogram;
  for (int micros = 1; micros <= 100; ++micros) histogram.Record(microseconds(micros));
  EXPECT_EQ(histogram.Quantile(0.5), microseconds(50));
  EXPECT_EQ(histogram.Quantile(0.99), microseconds(99));
  EXPECT_EQ(histogram.Quantile(1), microseconds(100));
  EXPECT_EQ(histogram.Quantile(0), microseconds(1));
  EXPECT_DOUBLE_EQ(histogram.mean(), 50.5);
}

TEST(HistogramTest, QuantilesAreNeverTooShortAndAtMostASixtyFourthTooLong) {
  std::mt19937_64 random(1);
  std::lognormal_distribution<double> distribution(8, 2);
  std::vector<int64_t> times;
  Histogram histogram;
  for (int i = 0; i < 20000; ++i) {
    times.push_back(static_cast<int64_t>(distribution(random)));
    histogram.Record(microseconds(times.back()));
  }
  std::sort(times.begin(), times.end());
  for (const double share : {0.01, 0.5, 0.9, 0.99, 0.999, 1.0}) {
    const auto rank = static_cast<size_t>(std::ceil(share * static_cast<double>(times.size())));
    const int64_t exact = times[rank - 1];
    EXPECT_GE(histogram.Quantile(share).count(), exact) << share;
    EXPECT_LE(histogram.Quantile(share).count(), exact + exact / 64) << share;
  }
}

TEST(HistogramTest, TheLongestTimeIsExactAndBoundsEveryQuantile) {
  Histogram histogram;
  histogram.Record(microseconds(1'000'003));
  EXPECT_EQ(histogram.longest(), microseconds(1'000'003));
  EXPECT_EQ(histogram.Quantile(0.99), microseconds(1'000'003));
}

TEST(HistogramTest, WhatTookNoTimeOrLessCountsAsNone) {
  Histogram histogram;
  histogram.Record(nanoseconds(-5));
  histogram.Record(nanoseconds(999));
  EXPECT_EQ(histogram.count(), 2);
  EXPECT_EQ(histogram.Quantile(1), microseconds(0));
}

TEST(HistogramTest, MergedOnesAreAsOneThatSawAll) {
  Histogram fast;
  Histogram slow;
  Histogram both;
  for (int i = 1; i < 2000; ++i) {
    Histogram& one = i % 3 == 0 ? slow : fast;
    const auto took = microseconds(i % 3 == 0 ? i * 1000 : i);
    one.Record(took);
    both.Record(took);
  }
  fast.Merge(slow);
  EXPECT_EQ(fast.count(), both.count());
  EXPECT_EQ(fast.longest(), both.longest());
  EXPECT_DOUBLE_EQ(fast.mean(), both.mean());
  for (const double share : {0.1, 0.5, 0.7, 0.99}) {
    EXPECT_EQ(fast.Quantile(share), both.Quantile(share)) << share;
  }
}

TEST(HistogramTest, BucketsHoldEveryTimeInOrder) {
  Histogram histogram;
  for (const int micros : {5, 5, 300, 70000}) histogram.Record(microseconds(micros));
  const std::vector<Histogram::Bucket> buckets = histogram.Buckets();
  ASSERT_EQ(buckets.size(), 3);
  EXPECT_EQ(buckets[0].up_to, microseconds(5));
  EXPECT_EQ(buckets[0].count, 2);
  EXPECT_GE(buckets[1].up_to, microseconds(300));
  EXPECT_GE(buckets[2].up_to, microseconds(70000));
  EXPECT_LT(buckets[2].up_to, microseconds(71100));
}

}  // namespace
}  // namespace broadsheet::bench
