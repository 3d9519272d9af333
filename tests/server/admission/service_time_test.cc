// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/service_time.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broadsheet::server {
namespace {

using ::testing::Gt;
using ::testing::Lt;

TEST(ServiceTimeTest, FollowsWhatTasksTake) {
  ServiceTime time(absl::Seconds(10));
  EXPECT_EQ(time.mean(), absl::Seconds(10));
  EXPECT_EQ(time.Cautious(), absl::Seconds(10));
  for (int i = 0; i < 200; ++i) time.Add(absl::Milliseconds(2));
  EXPECT_THAT(time.mean(), Lt(absl::Milliseconds(3)));
  EXPECT_THAT(time.Cautious(), Lt(absl::Milliseconds(3)));
}

TEST(ServiceTimeTest, OneSlowTaskChangesLittle) {
  ServiceTime time(absl::Milliseconds(2));
  time.Add(absl::Milliseconds(18));
  EXPECT_EQ(time.mean(), absl::Milliseconds(4));
}

TEST(ServiceTimeTest, WhereTasksDifferMuchItIsCautious) {
  ServiceTime time;
  for (int i = 0; i < 1000; ++i) time.Add(absl::Milliseconds(i % 10 == 0 ? 11 : 1));
  EXPECT_THAT(time.mean(), Gt(absl::Milliseconds(1)));
  EXPECT_THAT(time.mean(), Lt(absl::Milliseconds(4)));
  EXPECT_THAT(time.Cautious(), Gt(absl::Milliseconds(4)));
}

}  // namespace
}  // namespace broadsheet::server
