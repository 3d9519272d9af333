// SPDX-License-Identifier: GPL-3.0-or-later
// Whom `push` takes for absent, and whom it waits for.
#include "indexer/commands/ingest/article_push.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "absl/time/clock.h"
#include "tests/testing/idle_port.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::commands {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::IdlePort;
using ::testing::Not;
using testing::StatusIs;

absl::Status Checked(const std::string& server, absl::Duration patience,
                     const std::function<bool()>& cancelled) {
  ArticlePush push(
      {.server = server, .patience = patience},
      [](const std::string& /*id*/, const std::string& /*reason*/) {}, cancelled);
  return push.CheckServer();
}

TEST(ArticlePushTest, ARefusedConnectionIsToldWhateverThePatience) {
  const IdlePort port(IdlePort::kRefuses);
  // Were it waited for, this test would take an hour.
  EXPECT_THAT(Checked(port.address(), absl::Hours(1), nullptr),
              StatusIs(absl::StatusCode::kUnavailable,
                       AllOf(HasSubstr("no server answers at " + port.address() +
                                       " (Connection refused); "),
                             HasSubstr("broadsheetd --writable --index DIR"))));
}

// After .9 seconds it was said that there was no server.
TEST(ArticlePushTest, ASilentServerIsWaitedForAndToldToBeSilent) {
  const IdlePort port(16);
  const absl::Time start = absl::Now();
  EXPECT_THAT(Checked(port.address(), absl::Seconds(1.5), nullptr),
              StatusIs(absl::StatusCode::kUnavailable,
                       AllOf(HasSubstr("the server at " + port.address() + " is silent"),
                             Not(HasSubstr("no server")))));
  EXPECT_GE(absl::Now() - start, absl::Seconds(1.5));
}

TEST(ArticlePushTest, WaitingForASilentServerEndsWhenItIsCancelled) {
  const IdlePort port(16);
  int looks = 0;
  EXPECT_THAT(Checked(port.address(), absl::Hours(1), [&looks] { return ++looks > 2; }),
              StatusIs(absl::StatusCode::kCancelled, HasSubstr("interrupted")));
}

}  // namespace
}  // namespace broadsheet::commands
