// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/searcher_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>
#include <utility>
#include <vector>

#include "engine/schema/error.h"
#include "tests/server/collected_log.h"
#include "tests/server/fake_index.h"
#include "tests/server/gate.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::server {
namespace {

using broadsheet::testing::IsOk;
using broadsheet::testing::StatusIs;
using ::testing::HasSubstr;

absl::StatusOr<query::Searcher*> Over(const absl::StatusOr<Searchers*>& searchers) {
  if (!searchers.ok()) return searchers.status();
  return (*searchers)->Over("");
}

// Threads that submit a task each, as call threads do, and then run what may run.
class Submitters {
 public:
  explicit Submitters(SearcherPool& pool) : pool_(pool) {}
  void Submit(SearcherTask task, const std::string& turn_name = "") {
    task.turn_name = turn_name;
    pool_.Submit(std::move(task));
    threads_.emplace_back([this] { pool_.RunQueued(); });
  }

 private:
  SearcherPool& pool_;
  std::vector<std::jthread> threads_;
};

// How a task ended, for the test to wait for.
class Ending {
 public:
  // A task that waits at `gate` when it gets a searcher.
  SearcherTask Task(Gate* gate = nullptr, base::CallControl call = {},
                    std::shared_ptr<const Caller> caller = std::make_shared<const Caller>()) {
    return {.caller = std::move(caller),
            .call = std::move(call),
            .run = [this, gate](absl::StatusOr<Searchers*> searchers) {
              const auto searcher = Over(searchers);
              if (searcher.ok() && gate != nullptr) gate->Pass();
              base::MutexLock lock(mutex_);
              ++times_;
              status_ = searcher.status();
              ended_.NotifyAll();
            }};
  }
  absl::Status Wait() {
    base::MutexLock lock(mutex_);
    while (times_ == 0) ended_.Wait(mutex_);
    return status_;
  }
  int times() {
    base::MutexLock lock(mutex_);
    return times_;
  }

 private:
  base::Mutex mutex_;
  base::CondVar ended_;
  int times_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
};

class SearcherPoolTest : public ::testing::Test {
 protected:
  SearcherPoolTest() {
    disk_.Publish(1);
    index_.Refresh().IgnoreError();
  }

  FakeIndex disk_;
  CollectedLog log_;
  ServedIndex index_{disk_.MakeSource(), {.keep_previous = absl::ZeroDuration()}, log_};
};

TEST_F(SearcherPoolTest, RunsWorkWithASearcher) {
  SearcherPool pool(index_, {.searches = 2, .max_queued = 1});
  Submitters submitters(pool);
  Ending ending;
  submitters.Submit(ending.Task());
  EXPECT_THAT(ending.Wait(), IsOk());
}

TEST_F(SearcherPoolTest, RunsAsManyAtATimeAsThereAreThreads) {
  SearcherPool pool(index_, {.searches = 3, .max_queued = 3});
  Submitters submitters(pool);
  Gate gate;
  std::vector<Ending> endings(3);
  for (Ending& ending : endings) submitters.Submit(ending.Task(&gate));
  EXPECT_TRUE(gate.WaitUntilReached(3));
  gate.Open();
  for (Ending& ending : endings) EXPECT_THAT(ending.Wait(), IsOk());
}

TEST_F(SearcherPoolTest, AFullQueueRefusesAtOnceAndLosesNothingAdmitted) {
  SearcherPool pool(index_, {.searches = 1, .max_queued = 2});
  Submitters submitters(pool);
  Gate gate;
  Ending running;
  Ending queued[2];
  Ending refused;
  submitters.Submit(running.Task(&gate));
  ASSERT_TRUE(gate.WaitUntilReached(1));
  for (Ending& ending : queued) submitters.Submit(ending.Task());
  submitters.Submit(refused.Task());
  EXPECT_EQ(refused.times(), 1);
  EXPECT_THAT(refused.Wait(), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(schema::ErrorReason(refused.Wait()), "OVERLOADED");
  gate.Open();
  EXPECT_THAT(running.Wait(), IsOk());
  for (Ending& ending : queued) EXPECT_THAT(ending.Wait(), IsOk());
}

TEST_F(SearcherPoolTest, AFullQueueHasRoomForACallerWhoAsksForLess) {
  SearcherPool pool(index_, {.searches = 1, .max_queued = 2});
  Submitters submitters(pool);
  Gate gate;
  Ending running;
  Ending greedy[2];
  Ending honest;
  submitters.Submit(running.Task(&gate));
  ASSERT_TRUE(gate.WaitUntilReached(1));
  for (Ending& ending : greedy) submitters.Submit(ending.Task(), "greedy");
  submitters.Submit(honest.Task(), "honest");
  EXPECT_EQ(greedy[1].times(), 1);
  EXPECT_EQ(schema::ErrorReason(greedy[1].Wait()), "OVERLOADED");
  gate.Open();
  EXPECT_THAT(greedy[0].Wait(), IsOk());
  EXPECT_THAT(honest.Wait(), IsOk());
}

TEST_F(SearcherPoolTest, WhatCouldNotEndInTimeIsNotBegunWhileOthersWait) {
  // By what searches are expected to take, a minute is not enough.
  SearcherPool pool(index_, {.searches = 1, .max_queued = 8, .expected = absl::Hours(1000)});
  Submitters submitters(pool);
  Gate gate;
  Ending running;
  Ending hurried;
  Ending patient;
  Ending alone;
  submitters.Submit(running.Task(&gate));
  ASSERT_TRUE(gate.WaitUntilReached(1));
  base::CallControl soon;
  soon.deadline = absl::Now() + absl::Hours(1);
  submitters.Submit(hurried.Task(&gate, soon));
  submitters.Submit(patient.Task());
  gate.Open();
  EXPECT_THAT(patient.Wait(), IsOk());
  EXPECT_THAT(hurried.Wait(), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(gate.reached(), 1);
  // Nothing else waits: it is tried.
  submitters.Submit(alone.Task(nullptr, soon));
  EXPECT_THAT(alone.Wait(), IsOk());
}

TEST_F(SearcherPoolTest, WhatCannotBeginInTimeIsRefusedWhenItComes) {
  // Five wait; each takes an hour, as far as is known.
  SearcherPool pool(index_, {.searches = 1, .max_queued = 8, .expected = absl::Hours(1)});
  Submitters submitters(pool);
  Gate gate;
  Ending running;
  Ending waiting[5];
  Ending hurried;
  Ending patient;
  submitters.Submit(running.Task(&gate));
  ASSERT_TRUE(gate.WaitUntilReached(1));
  for (Ending& ending : waiting) submitters.Submit(ending.Task());
  base::CallControl call;
  call.deadline = absl::Now() + absl::Hours(5);
  submitters.Submit(hurried.Task(nullptr, call));
  EXPECT_EQ(hurried.times(), 1);
  EXPECT_EQ(schema::ErrorReason(hurried.Wait()), "OVERLOADED");
  EXPECT_EQ(pool.figures().refused, 1);
  call.deadline = absl::Now() + absl::Hours(7);
  submitters.Submit(patient.Task(nullptr, call));
  EXPECT_EQ(patient.times(), 0);
  gate.Open();
  for (Ending& ending : waiting) EXPECT_THAT(ending.Wait(), IsOk());
  EXPECT_THAT(patient.Wait(), IsOk());
}

TEST_F(SearcherPoolTest, OnlyTheTurnsBeforeItsOwnCountForACaller) {
  SearcherPool pool(index_, {.searches = 1, .max_queued = 8, .expected = absl::Hours(1)});
  Submitters submitters(pool);
  Gate gate;
  Ending running;
  Ending greedy[5];
  Ending modest;
  submitters.Submit(running.Task(&gate));
  ASSERT_TRUE(gate.WaitUntilReached(1));
  for (Ending& ending : greedy) submitters.Submit(ending.Task(), "greedy");
  base::CallControl call;
  call.deadline = absl::Now() + absl::Hours(3);
  submitters.Submit(modest.Task(nullptr, call), "modest");
  EXPECT_EQ(modest.times(), 0);
  gate.Open();
  EXPECT_THAT(modest.Wait(), IsOk());
  for (Ending& ending : greedy) EXPECT_THAT(ending.Wait(), IsOk());
}

TEST_F(SearcherPoolTest, ThereIsPlentyWhenWhatWaitsTakesSomePauses) {
  SearcherPool pool(
      index_,
      {.searches = 1, .max_queued = 8, .expected = absl::Hours(2), .pause = absl::Hours(1)});
  Submitters submitters(pool);
  Gate gate;
  Ending running;
  Ending waiting[2];
  submitters.Submit(running.Task(&gate));
  ASSERT_TRUE(gate.WaitUntilReached(1));
  submitters.Submit(waiting[0].Task());
  EXPECT_FALSE(pool.HasPlenty());
  submitters.Submit(waiting[1].Task());
  EXPECT_TRUE(pool.HasPlenty());
  gate.Open();
  for (Ending& ending : waiting) EXPECT_THAT(ending.Wait(), IsOk());
}

TEST_F(SearcherPoolTest, QueuedWorkWhoseDeadlinePassedNeverRuns) {
  SearcherPool pool(index_, {.searches = 1, .max_queued = 2});
  Submitters submitters(pool);
  Gate gate;
  Ending running;
  Ending late;
  submitters.Submit(running.Task(&gate));
  ASSERT_TRUE(gate.WaitUntilReached(1));
  base::CallControl past;
  past.deadline = absl::Now() - absl::Seconds(1);
  submitters.Submit(late.Task(&gate, past));
  gate.Open();
  EXPECT_THAT(late.Wait(), StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_EQ(gate.reached(), 1);
}

TEST_F(SearcherPoolTest, QueuedWorkThatWasCancelledNeverRuns) {
  SearcherPool pool(index_, {.searches = 1, .max_queued = 2});
  Submitters submitters(pool);
  Gate gate;
  Ending running;
  Ending cancelled;
  submitters.Submit(running.Task(&gate));
  ASSERT_TRUE(gate.WaitUntilReached(1));
  std::atomic<bool> gone = false;
  base::CallControl call;
  call.cancelled = [&gone] { return gone.load(); };
  submitters.Submit(cancelled.Task(&gate, call));
  gone = true;
  gate.Open();
  EXPECT_THAT(cancelled.Wait(), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(gate.reached(), 1);
}

TEST_F(SearcherPoolTest, CallsThatNobodyWaitsForMakeRoomInAFullQueue) {
  SearcherPool pool(index_, {.searches = 1, .max_queued = 1});
  Submitters submitters(pool);
  Gate gate;
  Ending running;
  Ending abandoned;
  Ending fresh;
  submitters.Submit(running.Task(&gate));
  ASSERT_TRUE(gate.WaitUntilReached(1));
  base::CallControl gone;
  gone.cancelled = [] { return true; };
  submitters.Submit(abandoned.Task(&gate, gone));
  submitters.Submit(fresh.Task());
  EXPECT_EQ(abandoned.times(), 1);
  EXPECT_EQ(fresh.times(), 0);
  gate.Open();
  EXPECT_THAT(fresh.Wait(), IsOk());
}

TEST_F(SearcherPoolTest, WithoutAnIndexItSaysUnavailable) {
  FakeIndex nothing;
  ServedIndex empty(nothing.MakeSource(), {}, log_);
  SearcherPool pool(empty, {.searches = 1, .max_queued = 1});
  Submitters submitters(pool);
  Ending ending;
  submitters.Submit(ending.Task());
  EXPECT_THAT(ending.Wait(), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(schema::ErrorReason(ending.Wait()), "INDEX_UNAVAILABLE");
}

TEST_F(SearcherPoolTest, EachLicenceHasASearcherOfItsOwnAndFewAreKept) {
  SearcherPool pool(index_, {.searches = 1, .max_queued = 1});
  const auto run_for = [&](const std::string& source) {
    Caller caller;
    if (!source.empty()) caller.licence = query::Licence::Make({{"source", {source}}}).value();
    Ending ending;
    pool.Submit(ending.Task(nullptr, {}, std::make_shared<const Caller>(caller)));
    pool.RunQueued();
    EXPECT_THAT(ending.Wait(), IsOk());
  };
  run_for("");
  EXPECT_EQ(disk_.OpenSearchers(1), 1);
  run_for("The Post");
  EXPECT_EQ(disk_.OpenSearchers(1), 2);
  run_for("");
  EXPECT_EQ(disk_.OpenSearchers(1), 2);
  for (int paper = 0; paper < 20; ++paper) run_for("Paper " + std::to_string(paper));
  EXPECT_EQ(disk_.OpenSearchers(1), 5);
}

TEST_F(SearcherPoolTest, IdleSearchersLetGoOfARetiredGenerationAtOnce) {
  SearcherPool pool(index_, {.searches = 1, .max_queued = 2});
  Ending first;
  pool.Submit(first.Task());
  pool.RunQueued();
  ASSERT_THAT(first.Wait(), IsOk());
  EXPECT_EQ(disk_.OpenSearchers(1), 1);
  for (const uint64_t number : {2U, 3U}) {
    disk_.Publish(number);
    ASSERT_OK(index_.Refresh());
  }
  pool.DropRetired();
  EXPECT_EQ(disk_.OpenSearchers(1), 0);
  Ending next;
  pool.Submit(next.Task());
  pool.RunQueued();
  ASSERT_THAT(next.Wait(), IsOk());
  EXPECT_EQ(disk_.OpenSearchers(3), 1);
}

TEST_F(SearcherPoolTest, ASearcherInUseIsLetGoOfWhenItsTaskEnds) {
  SearcherPool pool(index_, {.searches = 1, .max_queued = 2});
  Gate gate;
  Ending running;
  {
    Submitters submitters(pool);
    submitters.Submit(running.Task(&gate));
    ASSERT_TRUE(gate.WaitUntilReached(1));
    for (const uint64_t number : {2U, 3U}) {
      disk_.Publish(number);
      ASSERT_OK(index_.Refresh());
    }
    pool.DropRetired();
    EXPECT_EQ(disk_.OpenSearchers(1), 1);
    gate.Open();
  }
  EXPECT_EQ(disk_.OpenSearchers(1), 0);
}

TEST_F(SearcherPoolTest, LightWorkDoesNotWaitForSearches) {
  SearcherPool pool(index_, {.searches = 1, .max_queued = 1});
  Gate gate;
  Ending running;
  Ending queued;
  Ending light;
  Submitters submitters(pool);
  submitters.Submit(running.Task(&gate));
  ASSERT_TRUE(gate.WaitUntilReached(1));
  submitters.Submit(queued.Task());
  SearcherTask task = light.Task();
  task.light = true;
  submitters.Submit(std::move(task));
  EXPECT_THAT(light.Wait(), IsOk());
  EXPECT_EQ(queued.times(), 0);
  gate.Open();
  EXPECT_THAT(queued.Wait(), IsOk());
}

TEST_F(SearcherPoolTest, LightWorkDoesNotTakeTheTurnOfSearches) {
  SearcherPool pool(index_, {.searches = 1, .max_queued = 4});
  Gate gate;
  Ending light[2];
  Ending search;
  Submitters submitters(pool);
  for (Ending& ending : light) {
    SearcherTask task = ending.Task(&gate);
    task.light = true;
    submitters.Submit(std::move(task));
  }
  // One has the place that is kept for them, the other that of searches, which nobody needed.
  ASSERT_TRUE(gate.WaitUntilReached(2));
  submitters.Submit(search.Task());
  gate.Open();
  EXPECT_THAT(search.Wait(), IsOk());
}

TEST_F(SearcherPoolTest, UnderOverloadEveryTaskEndsOnce) {
  SearcherPool pool(index_, {.searches = 2, .max_queued = 3});
  constexpr int kThreads = 6;
  constexpr int kEach = 500;
  std::vector<Ending> endings(kThreads * kEach);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&, i] {
        for (int j = 0; j < kEach; ++j) {
          pool.Submit(endings[static_cast<size_t>(i * kEach + j)].Task());
          pool.RunQueued();
        }
      });
    }
  }
  EXPECT_TRUE(pool.Drain(absl::InfinitePast()));
  for (Ending& ending : endings) {
    ASSERT_EQ(ending.times(), 1);
    const absl::Status status = ending.Wait();
    EXPECT_TRUE(status.ok() || absl::IsResourceExhausted(status)) << status;
  }
}

TEST_F(SearcherPoolTest, DrainingRefusesNewWorkAndWaitsForTheRest) {
  SearcherPool pool(index_, {.searches = 1, .max_queued = 2});
  Submitters submitters(pool);
  Gate gate;
  Ending running;
  Ending queued;
  submitters.Submit(running.Task(&gate));
  submitters.Submit(queued.Task());
  ASSERT_TRUE(gate.WaitUntilReached(1));
  EXPECT_FALSE(pool.Drain(absl::InfinitePast()));
  Ending refused;
  submitters.Submit(refused.Task());
  EXPECT_THAT(refused.Wait(), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("shutting down")));
  gate.Open();
  EXPECT_TRUE(pool.Drain(absl::Now() + absl::Minutes(10)));
  EXPECT_THAT(running.Wait(), IsOk());
  EXPECT_THAT(queued.Wait(), IsOk());
}

TEST_F(SearcherPoolTest, StoppingEndsEveryTaskOnce) {
  Gate gate;
  Ending running;
  Ending queued;
  {
    SearcherPool pool(index_, {.searches = 1, .max_queued = 2});
    Submitters submitters(pool);
    submitters.Submit(running.Task(&gate));
    ASSERT_TRUE(gate.WaitUntilReached(1));
    submitters.Submit(queued.Task(&gate));
    std::future<void> stopped = std::async(std::launch::async, [&] { pool.Stop(); });
    EXPECT_THAT(queued.Wait(), StatusIs(absl::StatusCode::kUnavailable));
    gate.Open();
    stopped.get();
  }
  EXPECT_EQ(running.times(), 1);
  EXPECT_EQ(queued.times(), 1);
}

}  // namespace
}  // namespace broadsheet::server
