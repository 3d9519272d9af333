// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/generations/operations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <optional>
#include <string>

#include "engine/schema/error.h"
#include "engine/storage/index/current.h"
#include "tests/server/generations/managed_index.h"
#include "tests/server/held_rename.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_index.h"

namespace broadsheet::server {
namespace {

using testing::IsOk;
using testing::StatusIs;

class OperationsTest : public ::testing::Test {
 protected:
  OperationsTest() {
    index_.Add("bridge", {.headline = "Bridge opens"});
    managed_.emplace(index_);
    operations_.emplace(managed_->manager(), managed_->log());
  }

  // Asks until it has ended.
  v1::Operation Await(const std::string& id) {
    while (true) {
      const auto operation = operations_->Get(id);
      EXPECT_OK(operation);
      if (!operation.ok() || operation->has_end_time()) return operation.value_or(v1::Operation());
      std::this_thread::yield();
    }
  }
  std::string Rebuild() {
    const auto started = operations_->Rebuild({.build_only = true});
    EXPECT_OK(started);
    return started.ok() ? started->id() : "";
  }
  uint64_t Current() const { return storage::ReadCurrent(managed_->layout())->number; }

  testing::TestIndex index_;
  std::optional<ManagedIndex> managed_;
  std::optional<Operations> operations_;
};

TEST_F(OperationsTest, TellsHowAnOperationGoesAndWhatCameOfIt) {
  HeldRename built("MANIFEST");
  const auto started = operations_->Rebuild({});
  ASSERT_OK(started);
  EXPECT_EQ(started->state(), v1::Operation::STATE_RUNNING);
  EXPECT_EQ(started->kind(), v1::Operation::KIND_REBUILD);
  ASSERT_TRUE(built.WaitUntilReached());
  const auto running = operations_->Get(started->id());
  ASSERT_OK(running);
  EXPECT_EQ(running->progress().phase(), v1::OperationProgress::PHASE_COMPACT);
  EXPECT_FALSE(running->has_end_time());
  built.LetGo();
  const v1::Operation ended = Await(started->id());
  EXPECT_EQ(ended.state(), v1::Operation::STATE_SUCCEEDED);
  EXPECT_TRUE(ended.published());
  EXPECT_EQ(ended.generation_number(), 2);
  EXPECT_EQ(ended.article_count(), 1);
  EXPECT_EQ(Current(), 2U);
}

TEST_F(OperationsTest, RefusesASecondOneAndNamesTheFirst) {
  HeldRename built("MANIFEST");
  const std::string first = Rebuild();
  const absl::Status refused = operations_->Rebuild({.build_only = true}).status();
  EXPECT_EQ(schema::ErrorReason(refused), "OPERATION_RUNNING");
  EXPECT_THAT(std::string(refused.message()), ::testing::HasSubstr(first));
  bool called = false;
  EXPECT_EQ(schema::ErrorReason(operations_->Prune(0, [&](auto) { called = true; })),
            "OPERATION_RUNNING");
  built.LetGo();
  EXPECT_EQ(Await(first).state(), v1::Operation::STATE_SUCCEEDED);
  EXPECT_FALSE(called);
}

TEST_F(OperationsTest, AnotherMayBeStartedFromTheAnswerOfTheOneBefore) {
  std::promise<absl::Status> next;
  ASSERT_OK(operations_->Prune(0, [&](const auto& removed) {
    EXPECT_OK(removed);
    next.set_value(operations_->Rebuild({.build_only = true}).status());
  }));
  EXPECT_OK(next.get_future().get());
  EXPECT_EQ(Await("").state(), v1::Operation::STATE_SUCCEEDED);
}

TEST_F(OperationsTest, ACancelledOneEndsAsSuchAndPublishesNothing) {
  HeldRename built("MANIFEST");
  const auto started = operations_->Rebuild({});
  ASSERT_OK(started);
  ASSERT_TRUE(built.WaitUntilReached());
  ASSERT_OK(operations_->Cancel(started->id()));
  built.LetGo();
  EXPECT_EQ(Await(started->id()).state(), v1::Operation::STATE_CANCELLED);
  EXPECT_EQ(Current(), 1U);
}

TEST_F(OperationsTest, APublishWhoseCallerHasGoneIsGivenUp) {
  Await(Rebuild());
  std::promise<absl::Status> ended;
  ASSERT_OK(operations_->Publish(
      {.number = 2}, [] { return true; },
      [&](const auto& published) { ended.set_value(published.status()); }));
  EXPECT_THAT(ended.get_future().get(), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(Current(), 1U);
}

TEST_F(OperationsTest, AFailureIsToldWithItsReason) {
  std::promise<absl::Status> ended;
  ASSERT_OK(operations_->Publish(
      {.number = 9}, [] { return false; },
      [&](const auto& published) { ended.set_value(published.status()); }));
  EXPECT_EQ(schema::ErrorReason(ended.get_future().get()), "GENERATION_NOT_FOUND");
  const v1::Operation operation = Await("");
  EXPECT_EQ(operation.state(), v1::Operation::STATE_FAILED);
  EXPECT_EQ(operation.error().code(), static_cast<int>(absl::StatusCode::kNotFound));
}

TEST_F(OperationsTest, RemembersTheLastTwenty) {
  EXPECT_THAT(operations_->Get(""), StatusIs(absl::StatusCode::kNotFound));
  std::vector<std::string> ids;
  for (int i = 0; i < 21; ++i) {
    std::promise<void> ended;
    ASSERT_OK(operations_->Prune(0, [&](const auto&) { ended.set_value(); }));
    ended.get_future().wait();
    ids.push_back(operations_->Get("")->id());
  }
  EXPECT_EQ(schema::ErrorReason(operations_->Get(ids.front()).status()), "OPERATION_NOT_FOUND");
  EXPECT_OK(operations_->Get(ids[1]));
}

TEST_F(OperationsTest, AServerThatStopsEndsTheRunningOneAndRefusesOthers) {
  HeldRename built("MANIFEST");
  const std::string first = Rebuild();
  ASSERT_TRUE(built.WaitUntilReached());
  operations_->CancelAll();
  EXPECT_THAT(operations_->Rebuild({.build_only = true}), StatusIs(absl::StatusCode::kUnavailable));
  built.LetGo();
  operations_->Stop();
  EXPECT_EQ(operations_->Get(first)->state(), v1::Operation::STATE_CANCELLED);
}

}  // namespace
}  // namespace broadsheet::server
