// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/generations/write_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "engine/schema/error.h"
#include "tests/server/collected_log.h"
#include "tests/server/gate.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::server {
namespace {

using ::testing::ElementsAre;

using Results = absl::StatusOr<std::vector<indexing::WriteResult>>;

// What reached the writer, group by group. A test can hold the writer up and have it fail.
struct FakeDisk {
  base::Mutex mutex;
  std::vector<std::vector<std::string>> groups;
  absl::Status failure;
  Gate* gate = nullptr;

  std::vector<std::vector<std::string>> Groups() {
    base::MutexLock lock(mutex);
    return groups;
  }
};

class FakeWriter final : public indexing::LiveWriter {
 public:
  explicit FakeWriter(FakeDisk& disk) : disk_(disk) {}
  std::vector<indexing::WriteResult> Write(std::vector<indexing::LiveWrite> writes) override {
    if (disk_.gate != nullptr) disk_.gate->Pass();
    std::vector<indexing::WriteResult> results;
    base::MutexLock lock(disk_.mutex);
    disk_.groups.emplace_back();
    for (const indexing::LiveWrite& write : writes) {
      disk_.groups.back().push_back(write.article.id());
      results.push_back({.id = write.article.id(),
                         .outcome = indexing::WriteOutcome::kCreated,
                         .status = disk_.failure});
    }
    return results;
  }
  void StartRecording() override {}
  std::vector<std::string> TakeRecordedIds() override { return {}; }

 private:
  FakeDisk& disk_;
};

class WriteQueueTest : public ::testing::Test {
 protected:
  std::unique_ptr<WriteQueue> MakeQueue(WriteQueueOptions options = {}) {
    return std::make_unique<WriteQueue>(std::make_unique<FakeWriter>(disk_), options, log_);
  }

  static WriteTask TaskOf(const std::vector<std::string>& ids, std::promise<Results>& result) {
    WriteTask task;
    for (const std::string& id : ids) {
      task.writes.emplace_back();
      task.writes.back().article.set_id(id);
    }
    task.done = [&result](Results results) { result.set_value(std::move(results)); };
    return task;
  }

  static std::string ReasonOf(std::promise<Results>& result) {
    return schema::ErrorReason(result.get_future().get().status());
  }

  FakeDisk disk_;
  CollectedLog log_;
};

TEST_F(WriteQueueTest, AnswersWithTheResultsOfEachTask) {
  const auto queue = MakeQueue();
  std::promise<Results> one;
  std::promise<Results> two;
  queue->Submit(TaskOf({"a"}, one));
  queue->Submit(TaskOf({"b", "c"}, two));
  EXPECT_EQ(one.get_future().get()->at(0).id, "a");
  const Results both = two.get_future().get();
  ASSERT_EQ(both->size(), 2U);
  EXPECT_EQ(both->at(1).id, "c");
}

TEST_F(WriteQueueTest, CommitsTogetherWhatWaitedForTheCommitBefore) {
  Gate gate;
  disk_.gate = &gate;
  const auto queue = MakeQueue({.max_wait = absl::ZeroDuration()});
  std::promise<Results> results[3];
  queue->Submit(TaskOf({"first"}, results[0]));
  ASSERT_TRUE(gate.WaitUntilReached(1));
  queue->Submit(TaskOf({"a"}, results[1]));
  queue->Submit(TaskOf({"b"}, results[2]));
  gate.Open();
  for (auto& result : results) EXPECT_TRUE(result.get_future().get().ok());
  EXPECT_THAT(disk_.Groups(), ElementsAre(ElementsAre("first"), ElementsAre("a", "b")));
}

TEST_F(WriteQueueTest, RefusesWhatDoesNotFit) {
  Gate gate;
  disk_.gate = &gate;
  const auto queue = MakeQueue({.max_writes = 2, .max_wait = absl::ZeroDuration()});
  std::promise<Results> results[3];
  queue->Submit(TaskOf({"being written"}, results[0]));
  ASSERT_TRUE(gate.WaitUntilReached(1));
  queue->Submit(TaskOf({"waiting"}, results[1]));
  queue->Submit(TaskOf({"too many"}, results[2]));
  EXPECT_EQ(ReasonOf(results[2]), "OVERLOADED");
  gate.Open();
  EXPECT_TRUE(results[1].get_future().get().ok());
}

TEST_F(WriteQueueTest, TakesATaskThatIsLargerThanAllOfTheQueueWhenItIsEmpty) {
  const auto queue = MakeQueue({.max_writes = 1});
  std::promise<Results> result;
  queue->Submit(TaskOf({"a", "b"}, result));
  EXPECT_TRUE(result.get_future().get().ok());
}

TEST_F(WriteQueueTest, WhatNobodyWaitsForIsNotWritten) {
  const auto queue = MakeQueue();
  std::promise<Results> result;
  WriteTask late = TaskOf({"late"}, result);
  late.call.deadline = absl::InfinitePast();
  queue->Submit(std::move(late));
  EXPECT_TRUE(absl::IsDeadlineExceeded(result.get_future().get().status()));
  std::promise<Results> next;
  queue->Submit(TaskOf({"next"}, next));
  EXPECT_TRUE(next.get_future().get().ok());
  EXPECT_THAT(disk_.Groups().back(), ElementsAre("next"));
}

TEST_F(WriteQueueTest, DrainingWritesWhatWasAdmittedAndRefusesTheRest) {
  Gate gate;
  disk_.gate = &gate;
  const auto queue = MakeQueue();
  std::promise<Results> admitted[2];
  queue->Submit(TaskOf({"a"}, admitted[0]));
  ASSERT_TRUE(gate.WaitUntilReached(1));
  queue->Submit(TaskOf({"b"}, admitted[1]));
  EXPECT_FALSE(queue->Drain(absl::InfinitePast()));
  std::promise<Results> refused;
  queue->Submit(TaskOf({"c"}, refused));
  EXPECT_EQ(ReasonOf(refused), "INDEX_UNAVAILABLE");
  gate.Open();
  EXPECT_TRUE(queue->Drain(absl::InfiniteFuture()));
  for (auto& result : admitted) EXPECT_TRUE(result.get_future().get().ok());
}

TEST_F(WriteQueueTest, StoppingEndsWhatWaitsAndFinishesWhatWasBegun) {
  Gate gate;
  disk_.gate = &gate;
  auto queue = MakeQueue({.max_wait = absl::ZeroDuration()});
  std::promise<Results> begun;
  std::promise<Results> waiting;
  queue->Submit(TaskOf({"a"}, begun));
  ASSERT_TRUE(gate.WaitUntilReached(1));
  queue->Submit(TaskOf({"b"}, waiting));
  std::thread stopping([&] { queue->Stop(); });
  EXPECT_EQ(ReasonOf(waiting), "INDEX_UNAVAILABLE");
  gate.Open();
  stopping.join();
  EXPECT_TRUE(begun.get_future().get().ok());
  EXPECT_THAT(disk_.Groups(), ElementsAre(ElementsAre("a")));
}

TEST_F(WriteQueueTest, RunsWorkBetweenGroupsWhileWritesWait) {
  const auto queue = MakeQueue({.max_wait = absl::ZeroDuration()});
  std::promise<Results> waited;
  size_t groups_seen = 1;
  EXPECT_OK(queue->RunBetweenGroups([&](std::unique_ptr<indexing::LiveWriter>&) {
    queue->Submit(TaskOf({"a"}, waited));
    groups_seen = disk_.Groups().size();
  }));
  EXPECT_EQ(groups_seen, 0U);
  EXPECT_TRUE(waited.get_future().get().ok());
  queue->Drain(absl::InfiniteFuture());
  EXPECT_TRUE(absl::IsUnavailable(queue->RunBetweenGroups([](auto&) { FAIL(); })));
}

TEST_F(WriteQueueTest, WritesToTheWriterThatWorkPutInItsPlace) {
  FakeDisk next;
  const auto queue = MakeQueue();
  EXPECT_OK(queue->RunBetweenGroups([&next](std::unique_ptr<indexing::LiveWriter>& writer) {
    writer = std::make_unique<FakeWriter>(next);
  }));
  std::promise<Results> result;
  queue->Submit(TaskOf({"a"}, result));
  EXPECT_TRUE(result.get_future().get().ok());
  EXPECT_THAT(next.Groups(), ElementsAre(ElementsAre("a")));
  EXPECT_TRUE(disk_.Groups().empty());
}

// A rebuild that waited for the writer's thread when the server stopped waited for ever.
TEST_F(WriteQueueTest, StoppingTellsWhoWaitsToRunBetweenGroups) {
  Gate gate;
  disk_.gate = &gate;
  const auto queue = MakeQueue();
  std::promise<Results> begun;
  queue->Submit(TaskOf({"a"}, begun));
  ASSERT_TRUE(gate.WaitUntilReached(1));
  std::promise<absl::Status> told;
  std::thread waiting(
      [&] { told.set_value(queue->RunBetweenGroups([](auto&) { FAIL() << "ran"; })); });
  std::thread stopping([&] { queue->Stop(); });
  EXPECT_TRUE(absl::IsUnavailable(told.get_future().get()));
  gate.Open();
  stopping.join();
  waiting.join();
}

TEST_F(WriteQueueTest, LogsAFailureOfTheIndexOnceAndItsEnd) {
  auto queue = MakeQueue({.index = "/srv/news"});
  const absl::Status full =
      schema::Error(absl::StatusCode::kResourceExhausted, "INDEX_FULL", "no room");
  // The last ones as on a nearly full disk: it filled the log.
  for (const absl::Status& failure : {full, full, absl::OkStatus(), full, absl::OkStatus()}) {
    {
      base::MutexLock lock(disk_.mutex);
      disk_.failure = failure;
    }
    std::promise<Results> result;
    queue->Submit(TaskOf({"a"}, result));
    result.get_future().wait();
  }
  queue->Stop();
  EXPECT_THAT(log_.text(),
              ::testing::MatchesRegex("error: writes to index /srv/news fail: INDEX_FULL: no room\n"
                                      "info: writes succeed again: 2 writes, .*\n"));
}

}  // namespace
}  // namespace broadsheet::server
