// SPDX-License-Identifier: GPL-3.0-or-later
// Builds on an index that has been written to.
#include "engine/indexing/publish/handover.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "engine/indexing/live/writable_index.h"
#include "engine/storage/live/snapshot.h"
#include "tests/testing/index_build.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_index.h"

namespace broadsheet::indexing {
namespace {

using ::testing::HasSubstr;

class CarryOverTest : public ::testing::Test {
 protected:
  CarryOverTest() {
    index_.Add("kept", {.headline = "In every build"});
    index_.Add("deleted", {.headline = "Deleted since"});
    index_.Add("corrected", {.headline = "First edition", .version = 1});
    index_.Publish();
    auto held = WritableIndex::Open(storage::Layout(index_.path()), "a test").value();
    LiveWrite deletion{.kind = LiveWrite::Kind::kDelete};
    deletion.article.set_id("deleted");
    const auto results = held.writer->Write(
        {{.article = testing::MakeArticle("new", {.headline = "Written since"})},
         {.article = testing::MakeArticle("corrected", {.headline = "Correction", .version = 2})},
         std::move(deletion)});
    for (const WriteResult& result : results) EXPECT_OK(result.status);
  }

  // Builds from the same sources, in which "corrected" has this version.
  absl::StatusOr<testing::IndexBuildReport> Build(WritePolicy live_writes, int64_t version = 1) {
    auto build = testing::IndexBuild::Start(
        {.index = index_.path(), .live_writes = live_writes, .build = {.memory_bytes = 16 << 20}});
    if (!build.ok()) return build.status();
    for (const char* id : {"kept", "deleted"}) {
      EXPECT_OK((*build)->Add(testing::MakeArticle(id, {.headline = "From the sources"})));
    }
    EXPECT_OK((*build)->Add(
        testing::MakeArticle("corrected", {.headline = "From the sources", .version = version})));
    return (*build)->Publish();
  }

  std::string HeadlineOf(const std::string& id) {
    const auto generation = storage::Generation::OpenCurrent(storage::Layout(index_.path()));
    const auto snapshot = storage::Snapshot::Open(*generation).value();
    const auto doc = snapshot->FindId(id);
    return doc.ok() ? snapshot->ReadArticle(*doc)->headline() : "";
  }

  testing::TestIndex index_;
};

TEST_F(CarryOverTest, ABuildThatWouldLoseWritesIsRefusedAndCountsThem) {
  const auto refused = Build(WritePolicy::kRefuse);
  EXPECT_THAT(refused,
              testing::StatusIs(absl::StatusCode::kFailedPrecondition,
                                HasSubstr("2 articles put, 2 of its own replaced or deleted")));
  EXPECT_EQ(schema::ErrorReason(refused.status()), "LIVE_WRITES_AT_STAKE");
  EXPECT_EQ(HeadlineOf("new"), "Written since");
}

TEST_F(CarryOverTest, KeptWritesAreThereInTheNewGeneration) {
  const auto report = Build(WritePolicy::kKeep);
  ASSERT_OK(report);
  EXPECT_EQ(report->publication.kept.put, 2U);
  EXPECT_EQ(report->publication.kept.deleted, 1U);
  EXPECT_EQ(HeadlineOf("kept"), "From the sources");
  EXPECT_EQ(HeadlineOf("new"), "Written since");
  EXPECT_EQ(HeadlineOf("corrected"), "Correction");
  EXPECT_EQ(HeadlineOf("deleted"), "");
}

TEST_F(CarryOverTest, AHigherVersionInTheSourcesStays) {
  const auto report = Build(WritePolicy::kKeep, /*version=*/3);
  ASSERT_OK(report);
  EXPECT_EQ(report->publication.kept.superseded, 1U);
  EXPECT_EQ(HeadlineOf("corrected"), "From the sources");
}

TEST_F(CarryOverTest, DiscardedWritesAreCounted) {
  const auto report = Build(WritePolicy::kDiscard);
  ASSERT_OK(report);
  EXPECT_EQ(report->publication.discarded.articles, 2U);
  EXPECT_EQ(report->publication.discarded.superseded, 2U);
  EXPECT_EQ(HeadlineOf("new"), "");
  EXPECT_EQ(HeadlineOf("deleted"), "From the sources");
  // Nothing is left to refuse.
  EXPECT_OK(Build(WritePolicy::kRefuse));
}

}  // namespace
}  // namespace broadsheet::indexing
