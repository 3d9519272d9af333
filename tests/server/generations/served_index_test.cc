// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/generations/served_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/server/collected_log.h"
#include "tests/server/fake_index.h"
#include "tests/server/gate.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::server {
namespace {

using broadsheet::testing::IsOk;
using broadsheet::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ServedIndexTest : public ::testing::Test {
 protected:
  uint64_t ServedNumber() { return index_.Current()->manifest.ref.number; }
  uint64_t ChosenNumber(uint64_t wanted) {
    return index_.Choose(FakeIndex::BuildId(wanted))->manifest.ref.number;
  }

  absl::Time now_ = absl::UnixEpoch();
  FakeIndex disk_;
  CollectedLog log_;
  ServedIndex index_{disk_.MakeSource(),
                     {.poll_interval = absl::Milliseconds(1), .clock = [this] { return now_; }},
                     log_};
};

TEST_F(ServedIndexTest, BeforeAnythingIsPublishedThereIsNothingToServe) {
  EXPECT_THAT(index_.Refresh(), StatusIs(absl::StatusCode::kNotFound, HasSubstr("no index here")));
  EXPECT_EQ(index_.Current(), nullptr);
  EXPECT_EQ(index_.Choose("any"), nullptr);
  EXPECT_THAT(log_.text(), IsEmpty());
}

TEST_F(ServedIndexTest, ServesWhatIsPublished) {
  disk_.Publish(1);
  ASSERT_OK(index_.Refresh());
  EXPECT_EQ(ServedNumber(), 1U);
  disk_.Publish(2);
  ASSERT_OK(index_.Refresh());
  EXPECT_EQ(ServedNumber(), 2U);
}

TEST_F(ServedIndexTest, LaterGenerationsAreLogged) {
  disk_.Publish(1);
  ASSERT_OK(index_.Refresh());
  EXPECT_THAT(log_.text(), IsEmpty());
  disk_.Publish(2);
  ASSERT_OK(index_.Refresh());
  EXPECT_EQ(log_.text(), "info: now serving generation 2 (build build-2): 0 articles\n");
}

TEST_F(ServedIndexTest, FollowsARollback) {
  disk_.Publish(2);
  ASSERT_OK(index_.Refresh());
  disk_.Publish(1);
  ASSERT_OK(index_.Refresh());
  EXPECT_EQ(ServedNumber(), 1U);
}

TEST_F(ServedIndexTest, AnUnchangedGenerationIsNotOpenedAgain) {
  disk_.Publish(1);
  ASSERT_OK(index_.Refresh());
  const auto before = index_.Current();
  ASSERT_OK(index_.Refresh());
  EXPECT_EQ(index_.Current(), before);
}

TEST_F(ServedIndexTest, GoesOnServingWhenCurrentIsLostAndSaysSoOnce) {
  disk_.Publish(1);
  ASSERT_OK(index_.Refresh());
  disk_.LoseCurrent(absl::DataLossError("CURRENT is rubbish"));
  EXPECT_THAT(index_.Refresh(), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(index_.Refresh(), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ(ServedNumber(), 1U);
  disk_.Publish(1);
  ASSERT_OK(index_.Refresh());
  EXPECT_EQ(log_.text(),
            "warning: still serving generation 1: CURRENT is rubbish\n"
            "info: the published index is readable again\n");
}

TEST_F(ServedIndexTest, IsNotWholeWhileTakedownsAreLostAndSaysSoOnce) {
  EXPECT_FALSE(index_.IsWhole());
  disk_.Publish(1);
  ASSERT_OK(index_.Refresh());
  EXPECT_TRUE(index_.IsWhole());
  disk_.SpoilTakedowns(absl::DataLossError("takedowns is missing"));
  ASSERT_OK(index_.Refresh());
  ASSERT_OK(index_.Refresh());
  EXPECT_FALSE(index_.IsWhole());
  EXPECT_EQ(ServedNumber(), 1U);
  disk_.SpoilTakedowns(absl::OkStatus());
  ASSERT_OK(index_.Refresh());
  EXPECT_TRUE(index_.IsWhole());
  EXPECT_EQ(log_.text(),
            "error: refusing searches and writes: takedowns is missing\n"
            "info: what was taken down can be read again\n");
}

TEST_F(ServedIndexTest, ADamagedGenerationNeverTakesThePlaceOfAGoodOne) {
  disk_.Publish(1);
  ASSERT_OK(index_.Refresh());
  disk_.PublishDamaged(2, absl::DataLossError("tokens is cut short"));
  EXPECT_THAT(index_.Refresh(), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ(ServedNumber(), 1U);
  disk_.Publish(3);
  ASSERT_OK(index_.Refresh());
  EXPECT_EQ(ServedNumber(), 3U);
}

// What docs/operations.md promises of a machine that has the time for it.
TEST(ServedIndexOptionsTest, LooksOftenEnoughToServeANewGenerationWithinASecond) {
  EXPECT_LE(ServedIndexOptions().poll_interval, absl::Milliseconds(500));
}

// A server did not start over an index to which very much had been written since its build.
TEST(SlowIndexTest, IsServedAllTheSame) {
  FakeAnswers slow;
  slow.search = [](const auto&, const auto&) {
    return absl::DeadlineExceededError("cannot search: the deadline passed");
  };
  FakeIndex disk(std::move(slow));
  disk.Publish(1);
  CollectedLog log;
  ServedIndex index(disk.MakeSource(), {}, log);
  EXPECT_OK(index.Refresh());
  EXPECT_NE(index.Current(), nullptr);
}

TEST_F(ServedIndexTest, PagesGoOnOverTheGenerationBeforeForTwoMinutes) {
  disk_.Publish(1);
  ASSERT_OK(index_.Refresh());
  disk_.Publish(2);
  ASSERT_OK(index_.Refresh());
  EXPECT_EQ(ChosenNumber(1), 1U);
  EXPECT_EQ(ChosenNumber(2), 2U);
  now_ += absl::Minutes(2) - absl::Seconds(1);
  EXPECT_EQ(ChosenNumber(1), 1U);
  now_ += absl::Seconds(1);
  EXPECT_EQ(ChosenNumber(1), 2U);
}

TEST_F(ServedIndexTest, AnUnknownGenerationIsAnsweredFromTheCurrentOne) {
  disk_.Publish(1);
  ASSERT_OK(index_.Refresh());
  EXPECT_EQ(index_.Choose("of another index")->manifest.ref.number, 1U);
  EXPECT_EQ(index_.Choose("")->manifest.ref.number, 1U);
}

TEST_F(ServedIndexTest, TheWatcherPicksUpAPublishByItself) {
  disk_.Publish(1);
  ASSERT_OK(index_.Refresh());
  Gate changed;
  changed.Open();
  index_.Watch([&] { changed.Pass(); });
  disk_.Publish(2);
  ASSERT_TRUE(changed.WaitUntilReached(1));
  EXPECT_EQ(ServedNumber(), 2U);
  index_.StopWatching();
}

TEST_F(ServedIndexTest, NothingIsAnsweredFromADamagedBaseUntilAnotherIsPublished) {
  disk_.CheckBaseWith([](const auto&) { return absl::DataLossError("articles is damaged"); });
  disk_.Publish(1);
  Gate changed;
  changed.Open();
  index_.Watch([&] { changed.Pass(); });
  // Picked up, then found damaged: each is a change, for health to follow.
  ASSERT_TRUE(changed.WaitUntilReached(2));
  const auto damaged = index_.Current();
  EXPECT_THAT(index_.Damage(damaged.get()), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(log_.text(), HasSubstr("error: refusing searches and writes until another generation "
                                     "is published: articles is damaged\n"));

  disk_.CheckBaseWith([](const auto&) { return absl::OkStatus(); });
  disk_.Publish(2);
  ASSERT_TRUE(changed.WaitUntilReached(3));
  index_.StopWatching();
  EXPECT_OK(index_.Damage(index_.Current().get()));
  // Pages do not go on over what is damaged.
  EXPECT_FALSE(index_.Holds(damaged.get()));
}

TEST_F(ServedIndexTest, TheWatcherLetsGoOfThePreviousGeneration) {
  disk_.Publish(1);
  ASSERT_OK(index_.Refresh());
  const std::weak_ptr<const ServedGeneration> first = index_.Current();
  disk_.Publish(2);
  ASSERT_OK(index_.Refresh());
  EXPECT_FALSE(first.expired());
  now_ += absl::Minutes(2);
  Gate changed;
  changed.Open();
  index_.Watch([&] { changed.Pass(); });
  ASSERT_TRUE(changed.WaitUntilReached(1));
  EXPECT_TRUE(first.expired());
  EXPECT_EQ(ServedNumber(), 2U);
  index_.StopWatching();
}

}  // namespace
}  // namespace broadsheet::server
