// SPDX-License-Identifier: GPL-3.0-or-later
// Generations that take the place of one that is being written to.
#include "engine/indexing/publish/handover.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "engine/indexing/live/writable_index.h"
#include "engine/indexing/publish/rebuild.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/generations.h"
#include "engine/storage/index/set_current.h"
#include "engine/storage/live/live_counts.h"
#include "engine/storage/live/snapshot.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_index.h"

namespace broadsheet::indexing {
namespace {

using testing::MakeArticle;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;
using Headlines = std::map<std::string, std::string>;

class HandoverTest : public ::testing::Test {
 protected:
  HandoverTest() {
    index_.Add("kept", {.headline = "As it was"});
    index_.Add("corrected", {.headline = "First edition", .version = 5});
    index_.Add("deleted", {.headline = "Soon gone"});
    index_.Publish();
    held_.emplace(WritableIndex::Open(layout(), "a test").value());
    Put("live", "Written before");
    held_->writer->StartRecording();
  }

  storage::Layout layout() const { return storage::Layout(index_.path()); }

  void Put(const std::string& id, const std::string& headline, int64_t version = 0) {
    const auto results = held_->writer->Write(
        {{.article = MakeArticle(id, {.headline = headline, .version = version})}});
    ASSERT_OK(results.front().status);
  }
  void Delete(const std::string& id) {
    LiveWrite deletion{.kind = LiveWrite::Kind::kDelete};
    deletion.article.set_id(id);
    std::vector<LiveWrite> writes;
    writes.push_back(std::move(deletion));
    ASSERT_OK(held_->writer->Write(std::move(writes)).front().status);
  }

  // A new generation from what is stored, not published.
  uint64_t RebuildBesideTheWriter() {
    auto built = BuildFromStored(held_->lock, {.memory_bytes = 16 << 20});
    EXPECT_OK(built);
    EXPECT_OK(built->Keep());
    return built->number();
  }
  // The same from sources of which one is newer than what is stored.
  uint64_t BuildBesideTheWriter(const std::vector<v1::Article>& others = {}) {
    auto builder =
        GenerationBuilder::Start(layout(), storage::GenerationClaim::TakeBeside(layout()).value(),
                                 {.memory_bytes = 16 << 20});
    EXPECT_OK(builder);
    EXPECT_OK((*builder)->Add(MakeArticle("deleted", {.headline = "From the sources"})));
    EXPECT_OK(
        (*builder)->Add(MakeArticle("corrected", {.headline = "From the sources", .version = 7})));
    for (const v1::Article& other : others) EXPECT_OK((*builder)->Add(other));
    auto built = (*builder)->Finish();
    EXPECT_OK(built);
    EXPECT_OK(built->Keep());
    return built->number();
  }

  std::unique_ptr<Handover> PrepareFor(uint64_t number, ConflictRule rule, bool carry_all) {
    const auto next = storage::Generation::Open(layout().generation(number));
    EXPECT_OK(next);
    auto handover = Handover::Prepare(held_->generation, *next, held_->lock, rule);
    EXPECT_OK(handover);
    if (carry_all) {
      EXPECT_OK((*handover)->CarryAll({}));
    }
    return *std::move(handover);
  }

  Headlines HeadlinesIn(uint64_t number) {
    const auto generation = storage::Generation::Open(layout().generation(number)).value();
    const auto snapshot = storage::Snapshot::Open(generation).value();
    Headlines found;
    for (const std::string id : {"kept", "corrected", "deleted", "live", "new", "short-lived"}) {
      const auto doc = snapshot->FindId(id);
      if (doc.ok()) found[id] = snapshot->ReadArticle(*doc)->headline();
    }
    EXPECT_EQ(snapshot->article_count(), found.size());
    return found;
  }

  testing::TestIndex index_;
  std::optional<WritableIndex> held_;
};

TEST_F(HandoverTest, WhatWasWrittenMeanwhileIsInTheRebuiltGeneration) {
  const uint64_t number = RebuildBesideTheWriter();
  Put("new", "Written meanwhile");
  Put("corrected", "Second edition", 6);
  Put("live", "Written again");
  Put("short-lived", "Written and deleted");
  Delete("short-lived");
  Delete("deleted");
  const auto handover = PrepareFor(number, ConflictRule::kPredecessor, /*carry_all=*/false);
  EXPECT_OK(handover->CatchUp(held_->writer->TakeRecordedIds()));
  EXPECT_THAT(
      HeadlinesIn(number),
      UnorderedElementsAre(Pair("kept", "As it was"), Pair("corrected", "Second edition"),
                           Pair("live", "Written again"), Pair("new", "Written meanwhile")));
}

// Bug: an article was new to the index again with each generation that it was carried into.
TEST_F(HandoverTest, ACarriedArticleKeepsTheTimeWhenItWasTakenIn) {
  const uint64_t number = RebuildBesideTheWriter();
  LiveWriterOptions earlier{.clock = [] { return absl::FromUnixSeconds(1'718'800'000); }};
  held_->writer.reset();
  held_->writer = *LiveWriter::Open(held_->generation, held_->lock, std::move(earlier));
  Put("new", "Written meanwhile");
  const auto handover = PrepareFor(number, ConflictRule::kPredecessor, /*carry_all=*/false);
  EXPECT_OK(handover->CatchUp({"new"}));
  const auto generation = storage::Generation::Open(layout().generation(number)).value();
  const auto snapshot = storage::Snapshot::Open(generation).value();
  const auto article = snapshot->ReadArticle(*snapshot->FindId("new"));
  EXPECT_EQ(article->indexed_time().seconds(), 1'718'800'000);
}

TEST_F(HandoverTest, ALowerVersionPutAfterADeletionIsWhatTheRebuiltGenerationHas) {
  const uint64_t number = RebuildBesideTheWriter();
  Delete("corrected");
  Put("corrected", "An old edition, on purpose", 2);
  const auto handover = PrepareFor(number, ConflictRule::kPredecessor, /*carry_all=*/false);
  EXPECT_OK(handover->CatchUp(held_->writer->TakeRecordedIds()));
  EXPECT_EQ(HeadlinesIn(number)["corrected"], "An old edition, on purpose");
}

TEST_F(HandoverTest, CatchingUpMoreThanOnceEndsWithTheLastState) {
  const uint64_t number = RebuildBesideTheWriter();
  const auto handover = PrepareFor(number, ConflictRule::kPredecessor, /*carry_all=*/false);
  Put("new", "First");
  EXPECT_OK(handover->CatchUp(held_->writer->TakeRecordedIds()));
  held_->writer->StartRecording();
  Put("new", "Second");
  Put("new", "Third");
  EXPECT_OK(handover->CatchUp(held_->writer->TakeRecordedIds()));
  EXPECT_EQ(HeadlinesIn(number)["new"], "Third");
}

TEST_F(HandoverTest, ABuildFromSourcesGetsAllWritesAndKeepsItsHigherVersions) {
  const uint64_t number = BuildBesideTheWriter();
  Put("corrected", "Second edition", 6);
  Put("new", "Written meanwhile");
  Delete("deleted");
  const auto handover = PrepareFor(number, ConflictRule::kHigherVersion, /*carry_all=*/true);
  EXPECT_OK(handover->CatchUp(held_->writer->TakeRecordedIds()));
  EXPECT_THAT(HeadlinesIn(number), UnorderedElementsAre(Pair("corrected", "From the sources"),
                                                        Pair("live", "Written before"),
                                                        Pair("new", "Written meanwhile")));
}

TEST_F(HandoverTest, TheNewWriterWritesToTheNewGeneration) {
  const uint64_t number = RebuildBesideTheWriter();
  const auto handover = PrepareFor(number, ConflictRule::kPredecessor, /*carry_all=*/false);
  ASSERT_OK(storage::SetCurrent(
      held_->lock, storage::Generation::Open(layout().generation(number)).value()->manifest().ref));
  held_->writer = handover->TakeWriter();
  Put("new", "Written afterwards");
  EXPECT_EQ(HeadlinesIn(number)["new"], "Written afterwards");
}

// A deletion of an article that base/ never had left no trace: the generation that was built before
// it brought the article back.
TEST_F(HandoverTest, ADeletionAfterTheBuildIsCarriedOverAlsoOfWhatBaseNeverHad) {
  const uint64_t number = RebuildBesideTheWriter();
  held_->writer->TakeRecordedIds();
  Delete("live");
  EXPECT_FALSE(storage::CountLive(held_->generation)->empty());
  PrepareFor(number, ConflictRule::kHigherVersion, /*carry_all=*/true);
  EXPECT_EQ(HeadlinesIn(number).count("live"), 0U);
}

// A deletion that found nothing to delete in the next generation was forgotten there: the
// generation after that, which has the article, brought it back.
TEST_F(HandoverTest, ADeletionIsCarriedThroughAGenerationThatNeverHadTheArticle) {
  const uint64_t with_it = RebuildBesideTheWriter();
  held_->writer->TakeRecordedIds();
  Delete("live");
  const uint64_t without_it = BuildBesideTheWriter();
  PrepareFor(without_it, ConflictRule::kHigherVersion, /*carry_all=*/true);
  const auto between = storage::Generation::Open(layout().generation(without_it)).value();
  EXPECT_EQ(storage::CountLive(between)->passed, 1U);
  const auto last = storage::Generation::Open(layout().generation(with_it)).value();
  ASSERT_OK(CarryWrites(between, last, held_->lock, {}));
  EXPECT_EQ(HeadlinesIn(with_it).count("live"), 0U);
}

TEST_F(HandoverTest, ADeletionThatWasCarriedOverTwiceCountsWithTheHigherVersion) {
  Put("new", "Second edition", 4);
  Delete("new");
  const uint64_t number = BuildBesideTheWriter();
  const auto handover = PrepareFor(number, ConflictRule::kHigherVersion, /*carry_all=*/true);
  EXPECT_EQ(handover->carried().deleted, 1U);
  Put("new", "An old edition, on purpose", 2);
  Delete("new");
  EXPECT_OK(handover->CatchUp({"new"}));
  const auto next = storage::Generation::Open(layout().generation(number)).value();
  EXPECT_EQ(storage::Snapshot::Open(next).value()->FindDeletion("new")->version, 4);
}

TEST_F(HandoverTest, ADeletionThatTheRebuiltGenerationKnowsOfKeepsItsHigherVersion) {
  Put("new", "Second edition", 4);
  Delete("new");
  const uint64_t rebuilt = RebuildBesideTheWriter();
  held_->writer->TakeRecordedIds();
  Put("new", "An old edition, on purpose", 2);
  Delete("new");
  const auto handover = PrepareFor(rebuilt, ConflictRule::kHigherVersion, /*carry_all=*/true);
  EXPECT_EQ(handover->carried().deleted, 0U);
  const uint64_t with_it =
      BuildBesideTheWriter({MakeArticle("new", {.headline = "From the sources", .version = 3})});
  const auto between = storage::Generation::Open(layout().generation(rebuilt)).value();
  const auto last = storage::Generation::Open(layout().generation(with_it)).value();
  ASSERT_OK(CarryWrites(between, last, held_->lock, {}));
  EXPECT_EQ(HeadlinesIn(with_it).count("new"), 0U);
}

// The version in base/ was taken for that of what was deleted, and the deletion for out of date.
TEST_F(HandoverTest, ADeletionCountsWithTheVersionThatWasDeleted) {
  Put("corrected", "Third edition", 7);
  const uint64_t number = RebuildBesideTheWriter();
  Delete("corrected");
  PrepareFor(number, ConflictRule::kHigherVersion, /*carry_all=*/true);
  EXPECT_EQ(HeadlinesIn(number).count("corrected"), 0U);
}

// What a rebuild had folded into base/ was no longer known to have been written, and was lost when
// a build from the sources took its place.
TEST_F(HandoverTest, WhatARebuildFoldedInIsCarriedIntoABuildFromSources) {
  Delete("deleted");
  const uint64_t number = RebuildBesideTheWriter();
  const auto rebuilt = storage::Generation::Open(layout().generation(number)).value();
  ASSERT_OK(storage::SetCurrent(held_->lock, rebuilt->manifest().ref));
  EXPECT_EQ(storage::CountLive(rebuilt)->folded, 2U);
  const uint64_t from_sources = BuildBesideTheWriter();
  const auto next = storage::Generation::Open(layout().generation(from_sources)).value();
  EXPECT_OK(CarryWrites(rebuilt, next, held_->lock, {}));
  EXPECT_THAT(HeadlinesIn(from_sources), UnorderedElementsAre(Pair("corrected", "From the sources"),
                                                              Pair("live", "Written before")));
}

// When the server did not publish what was built beside it, the generation was listed as
// unfinished, and removed by the server's next rebuild, though the message said how to publish it.
TEST_F(HandoverTest, ABuildBesideTheWriterIsFinishedBeforeItIsPublished) {
  const uint64_t number = BuildBesideTheWriter();
  EXPECT_OK(storage::InspectGeneration(layout(), number).problem);
  RebuildBesideTheWriter();
  EXPECT_OK(storage::InspectGeneration(layout(), number).problem);
}

// An attempt that was broken off left writes in the generation, which a later one showed although
// they had been changed, or were to be discarded.
TEST_F(HandoverTest, WhatABrokenOffAttemptCarriedOverIsRemovedByTheNext) {
  const uint64_t number = BuildBesideTheWriter();
  Put("new", "Carried over by the attempt");
  PrepareFor(number, ConflictRule::kHigherVersion, /*carry_all=*/true);
  PrepareFor(number, ConflictRule::kHigherVersion, /*carry_all=*/false);
  EXPECT_EQ(HeadlinesIn(number).count("new"), 0U);
}

// Many commits while the stored articles are read: Xapian's revisions are overtaken. On a disk as
// quick as memory it did not notice, and took the blocks that were written over for damage.
TEST_F(HandoverTest, NothingIsLostWhileAWriterOvertakesTheReading) {
  for (int i = 0; i < 300; ++i) Put("before " + std::to_string(i), "Written before");
  held_->writer->TakeRecordedIds();
  held_->writer->StartRecording();
  std::atomic<bool> built = false;
  int written = 0;
  std::thread writer([&] {
    do {
      Put("meanwhile " + std::to_string(written), "Written meanwhile");
      Put("before " + std::to_string(written % 300), "Written again");
      ++written;
    } while (!built);
  });
  const uint64_t number = RebuildBesideTheWriter();
  built = true;
  writer.join();
  const auto handover = PrepareFor(number, ConflictRule::kPredecessor, /*carry_all=*/false);
  EXPECT_OK(handover->CatchUp(held_->writer->TakeRecordedIds()));
  const auto generation = storage::Generation::Open(layout().generation(number)).value();
  const auto snapshot = storage::Snapshot::Open(generation).value();
  EXPECT_EQ(snapshot->article_count(), 4U + 300U + static_cast<unsigned>(written));
  for (int i = 0; i < std::min(written, 300); ++i) {
    const auto doc = snapshot->FindId("before " + std::to_string(i));
    ASSERT_OK(doc);
    EXPECT_EQ(snapshot->ReadArticle(*doc)->headline(), "Written again") << i;
  }
}

}  // namespace
}  // namespace broadsheet::indexing
