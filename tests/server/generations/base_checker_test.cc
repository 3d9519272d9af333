// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/generations/base_checker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "tests/server/collected_log.h"
#include "tests/server/gate.h"

namespace broadsheet::server {
namespace {

using State = BaseReport::State;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr uint64_t kGigabyte = 1 << 30;

std::shared_ptr<const ServedGeneration> GenerationThat(
    std::function<absl::Status(const std::function<bool()>& stop)> check, uint64_t number = 1) {
  auto generation = std::make_shared<ServedGeneration>();
  generation->manifest.ref.number = number;
  generation->check_base = std::move(check);
  return generation;
}

// Reads until it is stopped.
absl::Status ReadForever(const std::function<bool()>& stop) {
  while (!stop()) {
  }
  return absl::CancelledError("stopped");
}

State WaitForEnd(const BaseChecker& checker, const ServedGeneration& generation) {
  while (checker.ReportOf(&generation).state == State::kRunning) std::this_thread::yield();
  return checker.ReportOf(&generation).state;
}

TEST(BaseCheckerTest, SaysWhenABaseIsWhole) {
  CollectedLog log;
  BaseChecker checker(kGigabyte, log);
  const auto whole = GenerationThat([](const auto&) { return absl::OkStatus(); });
  const absl::Time before = absl::Now();
  checker.Check(whole);
  EXPECT_EQ(WaitForEnd(checker, *whole), State::kWhole);
  EXPECT_GE(checker.ReportOf(whole.get()).found, before);
  checker.Stop();
  EXPECT_THAT(log.text(), HasSubstr("info: checked the base of generation 1: "));
}

TEST(BaseCheckerTest, NamesDamageInTheLog) {
  CollectedLog log;
  BaseChecker checker(kGigabyte, log);
  const auto damaged = GenerationThat([](const auto&) { return absl::DataLossError("tokens!"); });
  checker.Check(damaged);
  EXPECT_EQ(WaitForEnd(checker, *damaged), State::kDamaged);
  checker.Stop();
  EXPECT_THAT(log.text(), HasSubstr("until another generation is published: tokens!\n"));
}

// Too many open files, say, are no damage.
TEST(BaseCheckerTest, ABaseThatCannotBeReadIsNotCalledDamaged) {
  CollectedLog log;
  BaseChecker checker(kGigabyte, log);
  const auto unread =
      GenerationThat([](const auto&) { return absl::ResourceExhaustedError("no files left"); });
  checker.Check(unread);
  EXPECT_EQ(WaitForEnd(checker, *unread), State::kUnchecked);
  checker.Stop();
  EXPECT_EQ(log.text(), "warning: cannot check the base of generation 1: no files left\n");
}

TEST(BaseCheckerTest, AnotherGenerationEndsTheCheckOfTheOneBefore) {
  CollectedLog log;
  BaseChecker checker(kGigabyte, log);
  Gate reading;
  reading.Open();
  const auto old = GenerationThat([&](const auto& stop) {
    reading.Pass();
    return ReadForever(stop);
  });
  checker.Check(old);
  ASSERT_TRUE(reading.WaitUntilReached(1));
  const auto fresh = GenerationThat([](const auto&) { return absl::OkStatus(); }, 2);
  checker.Check(fresh);
  EXPECT_EQ(WaitForEnd(checker, *fresh), State::kWhole);
  EXPECT_EQ(checker.ReportOf(old.get()).state, State::kUnchecked);
}

TEST(BaseCheckerTest, StopsWhileItWaitsForTheNextBlock) {
  CollectedLog log;
  // A MiB in 12 days.
  BaseChecker checker(1, log);
  Gate reading;
  reading.Open();
  checker.Check(GenerationThat([&](const auto& stop) {
    reading.Pass();
    return ReadForever(stop);
  }));
  ASSERT_TRUE(reading.WaitUntilReached(1));
  checker.Stop();
  EXPECT_THAT(log.text(), IsEmpty());
}

TEST(BaseCheckerTest, ReadsNoFasterThanItIsTold) {
  CollectedLog log;
  // A MiB in 10 ms.
  BaseChecker checker(100 << 20, log);
  constexpr int kBlocks = 6;
  const auto generation = GenerationThat([](const auto& stop) {
    for (int block = 0; block < kBlocks; ++block) stop();
    return absl::OkStatus();
  });
  const absl::Time before = absl::Now();
  checker.Check(generation);
  EXPECT_EQ(WaitForEnd(checker, *generation), State::kWhole);
  // The first is read at once.
  EXPECT_GE(absl::Now() - before, absl::Milliseconds(10 * (kBlocks - 1)));
}

TEST(BaseCheckerTest, WithoutARateNothingIsRead) {
  CollectedLog log;
  BaseChecker checker(0, log);
  std::atomic<bool> read = false;
  const auto generation = GenerationThat([&](const auto&) {
    read = true;
    return absl::OkStatus();
  });
  checker.Check(generation);
  checker.Stop();
  EXPECT_FALSE(read);
  EXPECT_EQ(checker.ReportOf(generation.get()).state, State::kUnchecked);
}

}  // namespace
}  // namespace broadsheet::server
