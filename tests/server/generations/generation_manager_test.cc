// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/generations/generation_manager.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>

#include "engine/schema/error.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/generations.h"
#include "tests/server/generations/managed_index.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_index.h"

namespace broadsheet::server {
namespace {

using indexing::Stage;
using indexing::WritePolicy;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using ::testing::Not;
using testing::StatusIs;

class GenerationManagerTest : public ::testing::Test {
 protected:
  GenerationManagerTest() {
    index_.Add("bridge", {.headline = "Bridge opens", .version = 5});
    index_.Add("ferry", {.headline = "Ferry sails"});
    managed_.emplace(index_);
  }

  GenerationManager& manager() { return managed_->manager(); }
  uint64_t Current() const { return storage::ReadCurrent(managed_->layout())->number; }
  std::vector<uint64_t> Numbers() const {
    std::vector<uint64_t> numbers;
    const auto infos = storage::ListGenerations(managed_->layout());
    EXPECT_OK(infos);
    for (const storage::GenerationInfo& info : *infos) numbers.push_back(info.number);
    return numbers;
  }
  // Does `work` once, when a stage begins.
  static indexing::Watch At(Stage stage, std::function<void()> work) {
    return {.on_progress = [stage, work, done = false](const indexing::Progress& progress) mutable {
      if (progress.stage != stage || done) return;
      done = true;
      work();
    }};
  }
  // A generation that is built and not published.
  uint64_t BuildOnly() {
    const auto built = manager().Rebuild({.build_only = true}, {});
    EXPECT_OK(built);
    return built->ref.number;
  }

  testing::TestIndex index_;
  std::optional<ManagedIndex> managed_;
};

TEST_F(GenerationManagerTest, ARebuiltGenerationIsServedAndWritten) {
  ASSERT_OK(managed_->Put("bridge", "Bridge closes", 6));
  ASSERT_OK(managed_->Delete("ferry"));
  const auto rebuilt = manager().Rebuild({}, {});
  ASSERT_OK(rebuilt);
  EXPECT_TRUE(rebuilt->published);
  EXPECT_EQ(rebuilt->articles, 1U);
  EXPECT_EQ(Current(), rebuilt->ref.number);
  EXPECT_EQ(managed_->served_number(), rebuilt->ref.number);
  ASSERT_OK(managed_->Put("tunnel", "Tunnel dug"));
  EXPECT_EQ(managed_->Read("bridge"), "Bridge closes");
  EXPECT_EQ(managed_->Read("ferry"), "");
  EXPECT_EQ(managed_->Read("tunnel"), "Tunnel dug");
}

TEST_F(GenerationManagerTest, ARebuildAssumesTheLanguageThatIsGivenAndTheNextOneKeepsIt) {
  const storage::AssumedLanguage german{.tag = "de", .given = true};
  ASSERT_OK(manager().Rebuild({.language = german}, {}));
  ASSERT_OK(manager().Rebuild({}, {}));
  const auto manifest = storage::ReadManifest(managed_->layout().generation(Current()));
  ASSERT_OK(manifest);
  EXPECT_EQ(manifest->assumed_language, german);
}

TEST_F(GenerationManagerTest, WhatIsWrittenDuringARebuildIsCarriedOver) {
  const auto rebuilt = manager().Rebuild({}, At(Stage::kVerify, [&] {
                                           EXPECT_OK(managed_->Put("tunnel", "Tunnel dug"));
                                           EXPECT_OK(managed_->Delete("ferry"));
                                         }));
  ASSERT_OK(rebuilt);
  EXPECT_EQ(rebuilt->carried.put, 1U);
  EXPECT_EQ(rebuilt->carried.deleted, 1U);
  EXPECT_EQ(managed_->Read("tunnel"), "Tunnel dug");
  EXPECT_EQ(managed_->Read("ferry"), "");
  EXPECT_THAT(managed_->log().text(), HasSubstr("carried over 1 puts and 1 deletions"));
}

TEST_F(GenerationManagerTest, WhatIsOnlyBuiltIsVerifiedAndStays) {
  const auto built = manager().Rebuild({.build_only = true}, {});
  ASSERT_OK(built);
  EXPECT_FALSE(built->published);
  EXPECT_EQ(Current(), 1U);
  EXPECT_EQ(storage::InspectGeneration(managed_->layout(), built->ref.number).state,
            storage::GenerationState::kFinished);
}

TEST_F(GenerationManagerTest, ACancelledRebuildLeavesNothingBehind) {
  for (const Stage stage : {Stage::kSpool, Stage::kAnalyze, Stage::kVerify}) {
    SCOPED_TRACE(indexing::StageName(stage));
    bool cancel = false;
    indexing::Watch watch = At(stage, [&] { cancel = true; });
    watch.cancelled = [&] { return cancel; };
    EXPECT_THAT(manager().Rebuild({}, watch), StatusIs(absl::StatusCode::kCancelled));
    EXPECT_THAT(Numbers(), ElementsAre(1));
    EXPECT_EQ(Current(), 1U);
  }
  EXPECT_OK(managed_->Put("tunnel", "Tunnel dug"));
  EXPECT_OK(manager().Rebuild({}, {}));
}

TEST_F(GenerationManagerTest, WritesAtStakeAreRefusedKeptOrDiscarded) {
  const uint64_t built = BuildOnly();
  ASSERT_OK(managed_->Put("tunnel", "Tunnel dug"));
  const auto refused = manager().Publish({.number = built}, {});
  EXPECT_EQ(schema::ErrorReason(refused.status()), "LIVE_WRITES_AT_STAKE");
  EXPECT_EQ(Current(), 1U);
  const auto kept = manager().Publish({.number = built, .live_writes = WritePolicy::kKeep}, {});
  ASSERT_OK(kept);
  EXPECT_EQ(kept->carried.put, 1U);
  EXPECT_EQ(managed_->Read("tunnel"), "Tunnel dug");
  const auto back = manager().Publish({.live_writes = WritePolicy::kDiscard}, {});
  ASSERT_OK(back);
  EXPECT_EQ(back->ref.number, 1U);
  EXPECT_EQ(back->discarded_writes(), 1);
}

TEST_F(GenerationManagerTest, AnOrderThatDoesNotFitIsRefusedWithItsReason) {
  const auto reason = [&](const PublishOrder& order) {
    return schema::ErrorReason(manager().Publish(order, {}).status());
  };
  EXPECT_EQ(reason({}), "GENERATION_NOT_FOUND");
  EXPECT_EQ(reason({.number = 9}), "GENERATION_NOT_FOUND");
  const uint64_t built = BuildOnly();
  EXPECT_EQ(reason({.number = built, .build_id = std::string(32, 'f')}), "GENERATION_NOT_FOUND");
  EXPECT_EQ(reason({.number = built, .expected_published = built}), "GENERATION_CHANGED");
  EXPECT_EQ(Current(), 1U);
}

TEST_F(GenerationManagerTest, ADamagedGenerationIsNotPublishedAndTheLogNamesTheFile) {
  const uint64_t built = BuildOnly();
  std::filesystem::resize_file(managed_->layout().generation(built) / "base" / "bodies", 10);
  const auto refused = manager().Publish({.number = built}, {});
  EXPECT_EQ(schema::ErrorReason(refused.status()), "GENERATION_DAMAGED");
  EXPECT_THAT(std::string(refused.status().message()), Not(HasSubstr("bodies")));
  EXPECT_THAT(managed_->log().text(), HasSubstr("bodies"));
  EXPECT_EQ(managed_->served_number(), 1U);
}

TEST_F(GenerationManagerTest, PublishingTheServedOneAgainMendsALostCurrent) {
  std::filesystem::remove(managed_->layout().current());
  ASSERT_OK(manager().Publish({.number = 1}, {}));
  EXPECT_EQ(Current(), 1U);
}

TEST_F(GenerationManagerTest, PruningKeepsWhatIsServedAndAsManyAsAreAskedFor) {
  for (int i = 0; i < 3; ++i) ASSERT_OK(manager().Rebuild({}, {}));
  EXPECT_THAT(Numbers(), ElementsAre(1, 2, 3, 4));
  const auto pruned = manager().Prune(1);
  ASSERT_OK(pruned);
  EXPECT_THAT(*pruned, ElementsAre(2, 1));
  EXPECT_THAT(Numbers(), ElementsAre(3, 4));
}

TEST_F(GenerationManagerTest, AServerThatStopsBuildsNothing) {
  managed_->writes().Stop();
  EXPECT_THAT(manager().Rebuild({}, {}), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(Numbers(), ElementsAre(1));
}

}  // namespace
}  // namespace broadsheet::server
