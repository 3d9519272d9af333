// SPDX-License-Identifier: GPL-3.0-or-later
// Which generation is published, and what becomes of what was written to the one before.
#include "engine/indexing/publish/publisher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "engine/indexing/live/writable_index.h"
#include "engine/schema/error.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/set_current.h"
#include "engine/storage/live/snapshot.h"
#include "tests/testing/fault_matchers.h"
#include "tests/testing/index_build.h"
#include "tests/testing/lock_of.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/test_index.h"

namespace broadsheet::indexing {
namespace {

using ::testing::AllOf;
using testing::FaultIs;
using ::testing::HasSubstr;
using testing::LockOf;
using testing::MakeArticle;
using testing::StatusIs;

class PublicationTest : public ::testing::Test {
 protected:
  // Publishes a generation of articles with these ids.
  absl::Status Build(const std::vector<std::string>& ids, testing::IndexBuildOptions options = {}) {
    const auto build = Start(ids, std::move(options));
    return build.ok() ? (*build)->Publish().status() : build.status();
  }
  // The same, unpublished; returns its number.
  uint64_t BuildOnly(const std::vector<std::string>& ids) {
    const auto report = Start(ids, {.live_writes = WritePolicy::kKeep}).value()->Keep();
    EXPECT_OK(report);
    return report->ref.number;
  }
  absl::StatusOr<std::unique_ptr<testing::IndexBuild>> Start(const std::vector<std::string>& ids,
                                                             testing::IndexBuildOptions options) {
    options.index = layout_.root();
    options.build.memory_bytes = 16 << 20;
    auto build = testing::IndexBuild::Start(std::move(options));
    if (!build.ok()) return build;
    for (const std::string& id : ids) {
      EXPECT_OK((*build)->Add(MakeArticle(id, {.headline = "Built with " + ids.back()})));
    }
    return build;
  }
  // For a build that has to be as large as half of what is published.
  BuildOptions Guarded() const { return {.at_least_half_of = FindPublishedSize(layout_)}; }

  void Write(const std::string& id, const std::string& headline) {
    auto held = WritableIndex::Open(layout_, "a test");
    ASSERT_OK(held);
    const auto results =
        held->writer->Write({{.article = MakeArticle(id, {.headline = headline, .version = 1})}});
    EXPECT_OK(results.front().status);
  }

  absl::StatusOr<Publication> Publish(uint64_t number, WritePolicy live_writes) {
    const auto lock = storage::IndexLock::Acquire(layout_, "a test");
    EXPECT_OK(lock);
    const auto writes = FindWritesAtStake(layout_, live_writes);
    if (!writes.ok()) return writes.status();
    return PublishGeneration(*lock, number, *writes, {});
  }

  uint64_t Current() const { return storage::ReadCurrent(layout_)->number; }

  std::string HeadlineOf(const std::string& id) const {
    const auto generation = storage::Generation::OpenCurrent(layout_);
    const auto snapshot = storage::Snapshot::Open(*generation).value();
    const auto doc = snapshot->FindId(id);
    return doc.ok() ? snapshot->ReadArticle(*doc)->headline() : "";
  }

  testing::TempDir folder_;
  const storage::Layout layout_{folder_ / "index"};
};

TEST_F(PublicationTest, GoingBackCarriesWhatWasWrittenOrCountsWhatIsLeftBehind) {
  ASSERT_OK(Build({"a", "b"}));
  ASSERT_OK(Build({"a", "b"}));
  Write("a", "Correction");
  EXPECT_EQ(FindPrevious(layout_).value(), 1U);
  const auto refused = Publish(1, WritePolicy::kRefuse);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("1 article put")));
  EXPECT_EQ(schema::ErrorReason(refused.status()), "LIVE_WRITES_AT_STAKE");
  EXPECT_EQ(Current(), 2U);
  const auto kept = Publish(1, WritePolicy::kKeep);
  ASSERT_OK(kept);
  EXPECT_EQ(kept->kept.put, 1U);
  EXPECT_EQ(Current(), 1U);
  EXPECT_EQ(HeadlineOf("a"), "Correction");

  const auto discarded = Publish(2, WritePolicy::kDiscard);
  ASSERT_OK(discarded);
  EXPECT_EQ(discarded->discarded.articles, 1U);
}

TEST_F(PublicationTest, CarryingOnceMoreAfterACrashChangesNothing) {
  ASSERT_OK(Build({"a", "b"}));
  ASSERT_OK(Build({"a", "b"}));
  Write("a", "Correction");
  ASSERT_OK(Publish(1, WritePolicy::kKeep));
  // As if the crash had come before CURRENT moved.
  ASSERT_OK(storage::SetCurrent(LockOf(layout_),
                                {2, storage::ReadManifest(layout_.generation(2))->ref.build_id}));
  const auto again = Publish(1, WritePolicy::kKeep);
  ASSERT_OK(again);
  EXPECT_EQ(again->kept.superseded, 1U);
  EXPECT_EQ(HeadlineOf("a"), "Correction");
}

TEST_F(PublicationTest, ADamagedGenerationIsNotPublished) {
  ASSERT_OK(Build({"a", "b"}));
  ASSERT_OK(Build({"a", "b"}));
  std::filesystem::resize_file(layout_.generation(1) / "base" / "bodies", 10);
  EXPECT_THAT(Publish(1, WritePolicy::kRefuse),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("bodies")));
  EXPECT_EQ(Current(), 2U);
}

TEST_F(PublicationTest, GoesBackFromADamagedGeneration) {
  ASSERT_OK(Build({"a", "b"}));
  ASSERT_OK(Build({"a", "b"}));
  Write("a", "Correction");
  std::filesystem::remove(layout_.generation(2) / "base" / "tokens");
  // It says why it cannot tell, too.
  EXPECT_THAT(Publish(1, WritePolicy::kKeep),
              AllOf(StatusIs(absl::StatusCode::kFailedPrecondition),
                    FaultIs(schema::FaultReason::kWritesUnknown, layout_.root()),
                    FaultIs(schema::FaultReason::kGenerationDamaged, layout_.root())));
  ASSERT_OK(Publish(1, WritePolicy::kDiscard));
  EXPECT_EQ(HeadlineOf("a"), "Built with b");
}

TEST_F(PublicationTest, PublishingMendsALostCurrent) {
  ASSERT_OK(Build({"a"}));
  std::ofstream(layout_.current()) << "garbage\n";
  EXPECT_THAT(storage::ReadCurrent(layout_), StatusIs(absl::StatusCode::kDataLoss));
  ASSERT_OK(Publish(1, WritePolicy::kRefuse));
  EXPECT_EQ(Current(), 1U);
}

// A build over a lost CURRENT used to leave behind, in silence, what had been written.
TEST_F(PublicationTest, WithoutCurrentNothingThatWasWrittenIsLeftBehindUnasked) {
  ASSERT_OK(Build({"a", "b"}));
  ASSERT_OK(Build({"a", "b"}));
  Write("a", "Correction");
  std::filesystem::remove(layout_.current());
  for (const WritePolicy wanted : {WritePolicy::kRefuse, WritePolicy::kKeep}) {
    EXPECT_THAT(FindWritesAtStake(layout_, wanted).status(),
                AllOf(StatusIs(absl::StatusCode::kFailedPrecondition),
                      FaultIs(schema::FaultReason::kWritesUnknown, layout_.root()),
                      FaultIs(schema::FaultReason::kNothingPublished, layout_.root())));
    EXPECT_THAT(FindWritesAtStake(layout_, wanted, 1).status(),
                StatusIs(absl::StatusCode::kFailedPrecondition));
    EXPECT_OK(FindWritesAtStake(layout_, wanted, 2));
  }
  EXPECT_OK(FindWritesAtStake(layout_, WritePolicy::kDiscard));
}

TEST_F(PublicationTest, ThereIsNothingBeforeTheFirstGeneration) {
  ASSERT_OK(Build({"a"}));
  EXPECT_THAT(FindPrevious(layout_), StatusIs(absl::StatusCode::kNotFound));
}

// A rollback went to the generation of the highest number, also when nobody had ever seen it.
TEST_F(PublicationTest, GoesBackToOneThatWasPublished) {
  ASSERT_OK(Build({"a"}));
  BuildOnly({"a", "never published"});
  ASSERT_OK(Build({"a", "b"}));
  EXPECT_EQ(*FindPrevious(layout_), 1U);
}

TEST_F(PublicationTest, ABuildMayLeaveThePublishedOneAsItIs) {
  ASSERT_OK(Build({"a", "b"}));
  Write("a", "Correction");
  const uint64_t built = BuildOnly({"a", "c"});
  EXPECT_EQ(Current(), 1U);
  ASSERT_OK(Publish(built, WritePolicy::kKeep));
  EXPECT_EQ(HeadlineOf("a"), "Correction");
  EXPECT_EQ(HeadlineOf("c"), "Built with c");
}

TEST_F(PublicationTest, ABuildOfFewerThanHalfTheArticlesNeedsToBeForced) {
  ASSERT_OK(Build({"a", "b", "c"}));
  EXPECT_THAT(Build({"a"}, {.build = Guarded()}),
              AllOf(StatusIs(absl::StatusCode::kFailedPrecondition,
                             HasSubstr("1 articles, less than half of the 3 in generation 1")),
                    FaultIs(schema::FaultReason::kIndexShrinks, layout_.root())));
  EXPECT_EQ(Current(), 1U);
  EXPECT_FALSE(std::filesystem::exists(layout_.generation(2)));
  EXPECT_OK(Build({"a", "b"}, {.build = Guarded()}));
  EXPECT_OK(Build({"a"}, {.build = Guarded()}));
  EXPECT_OK(Build({"a", "b", "c", "d"}, {.build = Guarded()}));
  EXPECT_OK(Build({"a"}));
}

// Without CURRENT there was nothing to compare with: an empty download replaced a whole archive.
TEST_F(PublicationTest, ABuildIsComparedWithTheLastPublishedOneAlsoWithoutACurrent) {
  ASSERT_OK(Build({"a", "b", "c"}));
  std::filesystem::remove(layout_.current());
  EXPECT_THAT(Build({"a"}, {.live_writes = WritePolicy::kDiscard, .build = Guarded()}),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("less than half of the 3 in generation 1")));
  EXPECT_OK(Build({"a", "b"}, {.live_writes = WritePolicy::kDiscard, .build = Guarded()}));
}

}  // namespace
}  // namespace broadsheet::indexing
