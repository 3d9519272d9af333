// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/figures/histogram.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <thread>
#include <vector>

namespace broadsheet::server {
namespace {

TEST(HistogramTest, CountsATimeInTheFirstBucketThatHoldsIt) {
  Histogram histogram;
  histogram.Observe(absl::Milliseconds(1));  // a bound belongs to its bucket
  histogram.Observe(absl::Milliseconds(3));
  histogram.Observe(absl::Seconds(60));  // more than every bound
  histogram.Observe(absl::Seconds(-1));  // the clock was set back
  const Histogram::Counts counts = histogram.Read();
  EXPECT_THAT(counts.in_bucket,
              ::testing::ElementsAre(1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
  EXPECT_NEAR(counts.sum_seconds, 60.004, 1e-9);
}

TEST(HistogramTest, LosesNothingThatThreadsObserveAtTheSameTime) {
  Histogram histogram;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int each = 0; each < 10'000; ++each) histogram.Observe(absl::Milliseconds(each % 30));
    });
  }
  for (std::thread& thread : threads) thread.join();
  const auto counts = histogram.Read().in_bucket;
  EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), uint64_t{0}), 40'000);
}

}  // namespace
}  // namespace broadsheet::server
