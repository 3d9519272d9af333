// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/turn_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace broadsheet::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class TurnQueueTest : public ::testing::Test {
 protected:
  void Add(const std::string& caller, base::CallControl call = {}) {
    queue_.Add({.call = std::move(call), .turn_name = caller, .run = nullptr});
  }
  std::vector<std::string> CallersInOrder(bool newest = false) {
    std::vector<std::string> callers;
    while (!queue_.empty()) callers.push_back(queue_.TakeNext(newest).turn_name);
    return callers;
  }

  TurnQueue queue_;
};

TEST_F(TurnQueueTest, OneCallersTasksComeInOrder) {
  for (int i = 0; i < 3; ++i) Add("a");
  EXPECT_THAT(CallersInOrder(), ElementsAre("a", "a", "a"));
}

TEST_F(TurnQueueTest, CallersTakeTurns) {
  for (int i = 0; i < 3; ++i) Add("greedy");
  Add("honest");
  EXPECT_THAT(CallersInOrder(), ElementsAre("greedy", "honest", "greedy", "greedy"));
}

TEST_F(TurnQueueTest, WhoHasBeenServedWaitsForThoseWhoHaveNot) {
  Add("a");
  EXPECT_EQ(queue_.TakeNext(false).turn_name, "a");
  Add("b");
  Add("c");
  Add("a");
  Add("a");
  EXPECT_THAT(CallersInOrder(), ElementsAre("b", "c", "a", "a"));
}

TEST_F(TurnQueueTest, WhoComesLaterHasNoRoundsToCatchUp) {
  for (int i = 0; i < 10; ++i) {
    Add("busy");
    queue_.TakeNext(false);
  }
  Add("busy");
  Add("new");
  Add("new");
  EXPECT_THAT(CallersInOrder(), ElementsAre("new", "busy", "new"));
}

TEST_F(TurnQueueTest, TheNewestOfARoundMayComeFirst) {
  for (const char* caller : {"a", "b", "c", "a"}) Add(caller);
  EXPECT_THAT(CallersInOrder(/*newest=*/true), ElementsAre("c", "b", "a", "a"));
}

TEST_F(TurnQueueTest, ACallersOwnNewestComesFirstThen) {
  for (int hours = 1; hours <= 3; ++hours) {
    base::CallControl call;
    call.deadline = absl::UnixEpoch() + absl::Hours(hours);
    Add("a", call);
  }
  Add("b");
  EXPECT_EQ(queue_.TakeNext(/*newest=*/true).turn_name, "b");
  for (const int hours : {3, 2, 1}) {
    EXPECT_EQ(queue_.TakeNext(/*newest=*/true).call.deadline,
              absl::UnixEpoch() + absl::Hours(hours));
  }
}

TEST_F(TurnQueueTest, TheLastIsOfWhoeverWaitsForTheMost) {
  Add("honest");
  for (int i = 0; i < 3; ++i) Add("greedy");
  Add("other");
  EXPECT_EQ(queue_.TakeLast().turn_name, "greedy");
  EXPECT_EQ(queue_.TakeLast().turn_name, "greedy");
  // All have one each: whoever came last.
  EXPECT_EQ(queue_.TakeLast().turn_name, "other");
}

TEST_F(TurnQueueTest, WhoIsRefusedAndAsksAgainAtOnceWaitsBehindThoseWhoAskSeldom) {
  for (int i = 0; i < 100; ++i) {
    Add("greedy");
    queue_.TakeLast();
    queue_.NoteRefused("another");
  }
  Add("greedy");
  Add("another");
  Add("modest");
  Add("modest");
  EXPECT_THAT(CallersInOrder(), ElementsAre("modest", "modest", "greedy", "another"));
}

TEST_F(TurnQueueTest, WhatWasRefusedIsForgottenAfterSomeRounds) {
  for (int i = 0; i < 100'000; ++i) queue_.NoteRefused("greedy");
  Add("greedy");
  // Fewer than a thousand rounds make up for it.
  for (int i = 0; i < 1000; ++i) Add("other");
  for (int i = 0; i < 999; ++i) queue_.TakeNext(false);
  EXPECT_THAT(CallersInOrder(), ElementsAre("other", "other"));
}

TEST_F(TurnQueueTest, KnowsHowManyTurnsComeBeforeANewOne) {
  EXPECT_EQ(queue_.CountBefore("anybody"), 0);
  EXPECT_TRUE(queue_.WouldBeLast("anybody"));
  for (int i = 0; i < 3; ++i) Add("a");
  Add("b");
  // "a" and "b" have a turn in this round, "a" has two in the next ones.
  EXPECT_EQ(queue_.CountBefore("c"), 2);
  EXPECT_EQ(queue_.CountBefore("b"), 3);
  EXPECT_EQ(queue_.CountBefore("a"), 4);
  EXPECT_FALSE(queue_.WouldBeLast("b"));
  EXPECT_TRUE(queue_.WouldBeLast("a"));
}

TEST_F(TurnQueueTest, TasksThatNobodyWaitsForAreTakenOut) {
  base::CallControl gone;
  gone.cancelled = [] { return true; };
  Add("a", gone);
  Add("b");
  EXPECT_EQ(queue_.TakeDead().size(), 1);
  EXPECT_THAT(queue_.TakeDead(), IsEmpty());
  EXPECT_THAT(CallersInOrder(), ElementsAre("b"));
}

TEST_F(TurnQueueTest, CallersThatAreGoneAreForgottenWithoutAnEffect) {
  for (int i = 0; i < 5000; ++i) {
    Add("caller " + std::to_string(i));
    queue_.TakeNext(false);
  }
  for (int i = 0; i < 2; ++i) Add("greedy");
  Add("honest");
  EXPECT_THAT(CallersInOrder(), ElementsAre("greedy", "honest", "greedy"));
}

}  // namespace
}  // namespace broadsheet::server
