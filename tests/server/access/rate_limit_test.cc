// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/access/rate_limit.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

namespace broadsheet::server {
namespace {

using std::chrono::milliseconds;

TEST(RateLimitTest, LetsABurstPassAndThenItsRate) {
  RateLimit limit(10, 3);
  const base::SteadyTime start = base::SteadyNow();
  for (int call = 0; call < 3; ++call) EXPECT_EQ(limit.Take(start), absl::ZeroDuration());
  // What is left of the time before construction is too little to count.
  const absl::Duration wait = limit.Take(start);
  EXPECT_GT(wait, absl::ZeroDuration());
  EXPECT_LE(wait, absl::Milliseconds(100));
  EXPECT_EQ(limit.Take(start + milliseconds(101)), absl::ZeroDuration());
  EXPECT_GT(limit.Take(start + milliseconds(101)), absl::ZeroDuration());
}

TEST(RateLimitTest, WhatIsGivenBackMayBeTakenAgain) {
  RateLimit limit(/*per_second=*/0.001, /*burst=*/1);
  EXPECT_EQ(limit.Take(), absl::ZeroDuration());
  EXPECT_GT(limit.Take(), absl::ZeroDuration());
  for (int i = 0; i < 3; ++i) limit.GiveBack();
  EXPECT_EQ(limit.Take(), absl::ZeroDuration());
  EXPECT_GT(limit.Take(), absl::ZeroDuration());
}

TEST(RateLimitTest, HoldsNoMoreThanItsBurst) {
  RateLimit limit(10, 3);
  const base::SteadyTime later = base::SteadyNow() + std::chrono::hours(1);
  int passed = 0;
  while (limit.Take(later) == absl::ZeroDuration()) ++passed;
  EXPECT_EQ(passed, 3);
}

TEST(RateLimitTest, TakesATimeThatIsEarlierForNone) {
  RateLimit limit(10, 1);
  const base::SteadyTime start = base::SteadyNow();
  EXPECT_EQ(limit.Take(start + milliseconds(500)), absl::ZeroDuration());
  EXPECT_GT(limit.Take(start), absl::ZeroDuration());
}

TEST(RateLimitTest, IsTheSameForThreadsTogether) {
  RateLimit limit(1e-6, 100);
  std::atomic<int> passed = 0;
  std::vector<std::jthread> threads(4);
  for (std::jthread& thread : threads) {
    thread = std::jthread([&] {
      for (int call = 0; call < 100; ++call) {
        if (limit.Take() == absl::ZeroDuration()) ++passed;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(passed, 100);
}

}  // namespace
}  // namespace broadsheet::server
