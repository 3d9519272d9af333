// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/descriptor_limit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/testing/status_matchers.h"

namespace broadsheet::server {
namespace {

using broadsheet::testing::StatusIs;
using ::testing::HasSubstr;

// Sets the soft limit, and at the end what it was.
class DescriptorLimitTest : public ::testing::Test {
 protected:
  DescriptorLimitTest() { ::getrlimit(RLIMIT_NOFILE, &before_); }
  ~DescriptorLimitTest() override { ::setrlimit(RLIMIT_NOFILE, &before_); }

  rlim_t hard() const { return before_.rlim_max; }
  static rlim_t SoftNow() {
    rlimit now = {};
    ::getrlimit(RLIMIT_NOFILE, &now);
    return now.rlim_cur;
  }
  void SetSoft(rlim_t limit) const {
    const rlimit wanted = {.rlim_cur = limit, .rlim_max = before_.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &wanted), 0);
  }

 private:
  rlimit before_ = {};
};

TEST_F(DescriptorLimitTest, IsRaisedAsFarAsTheSystemAllows) {
  SetSoft(400);
  RaiseDescriptorLimit();
  EXPECT_EQ(SoftNow(), hard());
}

TEST_F(DescriptorLimitTest, SomeAreKeptForTheIndex) {
  SetSoft(400);
  EXPECT_EQ(ConnectionsThatFit(10'000).value(), 400 - kOwnDescriptors);
}

TEST_F(DescriptorLimitTest, NoMoreConnectionsThanAreWanted) {
  SetSoft(400);
  EXPECT_EQ(ConnectionsThatFit(7).value(), 7);
}

TEST_F(DescriptorLimitTest, ALimitThatLeavesNoneIsAnErrorWithItsRemedy) {
  SetSoft(kOwnDescriptors);
  EXPECT_THAT(ConnectionsThatFit(7),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("LimitNOFILE=")));
}

}  // namespace
}  // namespace broadsheet::server
