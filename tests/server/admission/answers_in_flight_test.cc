// SPDX-License-Identifier: GPL-3.0-or-later
// Whose answer is given up when callers take theirs too slowly.
#include "server/admission/answers_in_flight.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace broadsheet::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AnswersInFlightTest : public ::testing::Test {
 protected:
  // An answer to `caller`, who is told of in cut_off_ when it is given up.
  uint64_t Add(AnswersInFlight& answers, const std::string& caller, size_t bytes) {
    return answers.Add([this, caller] { cut_off_.push_back(caller); }, bytes);
  }

  std::vector<std::string> cut_off_;
};

TEST_F(AnswersInFlightTest, NobodyIsCutOffWhileAllFit) {
  AnswersInFlight answers({.bytes = 100});
  Add(answers, "one", 60);
  Add(answers, "two", 40);
  EXPECT_THAT(cut_off_, IsEmpty());
  EXPECT_EQ(answers.cut_off(), 0U);
}

TEST_F(AnswersInFlightTest, WhoHasBeenSlowForLongestMakesWay) {
  AnswersInFlight answers({.bytes = 100});
  Add(answers, "one", 40);
  Add(answers, "two", 40);
  Add(answers, "three", 20);
  Add(answers, "four", 1);
  EXPECT_THAT(cut_off_, ElementsAre("one"));
  // 61 are in flight. Of these, 21 are left without the second: one too many.
  Add(answers, "five", 80);
  EXPECT_THAT(cut_off_, ElementsAre("one", "two", "three"));
  EXPECT_EQ(answers.cut_off(), 3U);
}

TEST_F(AnswersInFlightTest, WhatWasTakenMakesRoomAndIsNotCutOff) {
  AnswersInFlight answers({.bytes = 100});
  const uint64_t one = Add(answers, "one", 90);
  Add(answers, "two", 10);
  answers.Remove(one);
  Add(answers, "three", 90);
  EXPECT_THAT(cut_off_, IsEmpty());
  Add(answers, "four", 1);
  EXPECT_THAT(cut_off_, ElementsAre("two"));
}

// A call is told of its end whether it was cut off or not.
TEST_F(AnswersInFlightTest, RemovingWhatWasCutOffFreesNothingTwice) {
  AnswersInFlight answers({.bytes = 100});
  const uint64_t one = Add(answers, "one", 100);
  Add(answers, "two", 100);
  EXPECT_THAT(cut_off_, ElementsAre("one"));
  answers.Remove(one);
  answers.Remove(one);
  Add(answers, "three", 1);
  EXPECT_THAT(cut_off_, ElementsAre("one", "two"));
}

TEST_F(AnswersInFlightTest, OneLargerThanAllMayBeIsInFlightAlone) {
  AnswersInFlight answers({.bytes = 100});
  Add(answers, "small", 1);
  Add(answers, "huge", 1000);
  EXPECT_THAT(cut_off_, ElementsAre("small"));
  Add(answers, "next", 1);
  EXPECT_THAT(cut_off_, ElementsAre("small", "huge"));
}

TEST_F(AnswersInFlightTest, WhoHasNotTakenASmallAnswerForLongIsCutOffByTheNext) {
  AnswersInFlight answers({.bytes = 100, .patience = absl::ZeroDuration()});
  Add(answers, "one", 1);
  const base::SteadyTime begun = base::SteadyNow();
  // At once, but for the grain of the clock.
  while (base::SteadyNow() == begun) std::this_thread::yield();
  EXPECT_THAT(cut_off_, IsEmpty());
  Add(answers, "two", 1);
  EXPECT_THAT(cut_off_, ElementsAre("one"));
  AnswersInFlight patient({.bytes = 100, .patience = absl::Hours(1)});
  Add(patient, "three", 1);
  Add(patient, "four", 1);
  EXPECT_THAT(cut_off_, ElementsAre("one"));
}

// A call may end while another cuts it off: its own part is over only once Remove() has returned.
TEST(AnswersInFlightThreadsTest, NobodyIsCutOffAfterItsEnd) {
  constexpr int kThreads = 4;
  constexpr int kCalls = 5000;
  AnswersInFlight answers({.bytes = 3});
  std::atomic<uint64_t> cut_off = 0;
  std::atomic<uint64_t> cut_off_late = 0;
  const auto call = [&] {
    for (int i = 0; i < kCalls; ++i) {
      std::atomic<bool> ended = false;
      const uint64_t answer = answers.Add(
          [&] {
            ++cut_off;
            if (ended) ++cut_off_late;
          },
          2);
      answers.Remove(answer);
      ended = true;
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(call);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(cut_off_late, 0U);
  EXPECT_EQ(answers.cut_off(), cut_off);
  // Nothing is left: what fills all room cuts off nobody.
  answers.Add([] { ADD_FAILURE() << "cut off by nobody"; }, 3);
  EXPECT_EQ(answers.cut_off(), cut_off);
}

}  // namespace
}  // namespace broadsheet::server
