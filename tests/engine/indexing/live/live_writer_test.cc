// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/live/live_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <new>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "engine/query/searcher.h"
#include "engine/schema/error.h"
#include "engine/storage/index/takedowns.h"
#include "engine/storage/live/snapshot.h"
#include "tests/testing/index_build.h"
#include "tests/testing/parsed_response.h"
#include "tests/testing/small_disk.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_index.h"

namespace broadsheet::indexing {
namespace {

using storage::Generation;
using storage::IndexLock;
using storage::Layout;
using storage::Snapshot;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::MakeArticle;
using testing::SmallDisk;
using testing::StatusIs;
using testing::TestArticle;
using testing::TestIndex;

LiveWrite PutOf(const std::string& id, const TestArticle& article) {
  return {.article = MakeArticle(id, article)};
}

LiveWrite DeletionOf(const std::string& id) {
  LiveWrite write{.kind = LiveWrite::Kind::kDelete, .article = {}};
  write.article.set_id(id);
  return write;
}

// An index with a writer; readers open what is on disk.
class LiveWriterTest : public ::testing::Test {
 protected:
  LiveWriterTest() {
    index_.Add("old", {.headline = "Bridge opens", .published = "2024-06-19", .version = 5});
    index_.Add("other", {.headline = "Harbour freezes", .published = "2024-01-02"});
    generation_ = index_.Open();
    lock_.emplace(IndexLock::Acquire(Layout(index_.path()), "a test").value());
    Reopen();
  }

  void Reopen(LiveWriterOptions options = {}) {
    writer_.reset();
    writer_ = LiveWriter::Open(generation_, *lock_, std::move(options)).value();
  }

  WriteResult Write(LiveWrite write) { return WriteAll({std::move(write)})[0]; }
  std::vector<WriteResult> WriteAll(std::vector<LiveWrite> writes) {
    return writer_->Write(std::move(writes));
  }
  WriteResult Put(const std::string& id, const TestArticle& article) {
    return Write(PutOf(id, article));
  }

  std::unique_ptr<Snapshot> Look() { return Snapshot::Open(generation_).value(); }
  // "" when readers find none.
  std::string HeadlineOf(const std::string& id) {
    const auto snapshot = Look();
    const auto doc = snapshot->FindId(id);
    return doc.ok() ? snapshot->ReadArticle(*doc)->headline() : "";
  }
  // Ids of the hits, in the order of the answer.
  std::vector<std::string> Search(const std::string& query) {
    auto searcher = query::Searcher::Open(generation_, {}).value();
    v1::SearchArticlesRequest request;
    request.set_query(query);
    request.set_page_size(1000);
    request.set_sort(v1::SORT_ORDER_NEWEST);
    std::vector<std::string> ids;
    const auto response = testing::Parsed(searcher->Search(request, {}));
    EXPECT_OK(response);
    for (const v1::Hit& hit : response->hits()) ids.push_back(hit.article().id());
    return ids;
  }

  TestIndex index_;
  std::shared_ptr<const Generation> generation_;
  std::optional<IndexLock> lock_;
  std::unique_ptr<LiveWriter> writer_;
};

TEST_F(LiveWriterTest, MakesLiveWithTheFirstWriteOnly) {
  EXPECT_FALSE(std::filesystem::exists(generation_->folder() / "live"));
  EXPECT_EQ(Write(DeletionOf("nobody")).outcome, WriteOutcome::kNone);
  EXPECT_FALSE(std::filesystem::exists(generation_->folder() / "live"));
  EXPECT_EQ(Put("new", {.headline = "Ferry sails"}).outcome, WriteOutcome::kCreated);
  EXPECT_TRUE(std::filesystem::exists(generation_->folder() / "live" / "iamglass"));
  EXPECT_FALSE(std::filesystem::exists(generation_->folder() / "live.new"));
}

TEST_F(LiveWriterTest, RefusesWhatWasTakenDownFromTheNextWriteOn) {
  EXPECT_EQ(Put("old", {.headline = "Again", .version = 6}).outcome, WriteOutcome::kReplaced);
  ASSERT_OK(storage::AddTakedowns(Layout(index_.path()), {"old", "never seen"}, absl::Now()));
  for (const char* id : {"old", "never seen"}) {
    const WriteResult refused = Put(id, {.headline = "Back", .version = 7});
    EXPECT_THAT(refused.status, StatusIs(absl::StatusCode::kFailedPrecondition)) << id;
    EXPECT_EQ(schema::ErrorReason(refused.status), "ARTICLE_TAKEN_DOWN");
    EXPECT_EQ(HeadlineOf(id), "");
  }
  EXPECT_EQ(Put("other one", {.headline = "Fine"}).outcome, WriteOutcome::kCreated);
}

// Lines that were lost used to be forgotten: what they had withdrawn could be put again.
TEST_F(LiveWriterTest, WritesNothingWhileTakedownsAreLost) {
  const Layout layout(index_.path());
  ASSERT_OK(storage::AddTakedowns(layout, {"never seen"}, absl::Now()));
  ASSERT_EQ(Put("other one", {.headline = "Fine"}).outcome, WriteOutcome::kCreated);
  for (const auto& file : {layout.takedowns(), layout.takedowns_record()}) {
    SCOPED_TRACE(file);
    const std::string whole = testing::ReadFile(file);
    std::filesystem::resize_file(file, 0);
    for (const WriteResult& refused :
         {Put("never seen", {.headline = "Back"}), Put("another", {.headline = "Fine"}),
          Write(DeletionOf("other one"))}) {
      EXPECT_THAT(refused.status, StatusIs(absl::StatusCode::kDataLoss));
      EXPECT_EQ(schema::ErrorReason(refused.status), "INDEX_DAMAGED");
    }
    std::ofstream(file, std::ios::binary) << whole;
    EXPECT_EQ(HeadlineOf("other one"), "Fine");
    EXPECT_EQ(HeadlineOf("another"), "");
  }
  EXPECT_EQ(Put("another", {.headline = "Fine"}).outcome, WriteOutcome::kCreated);
  EXPECT_THAT(Put("never seen", {.headline = "Back"}).status,
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(LiveWriterTest, AReaderOpenBeforeTheFirstWriteNoticesIt) {
  const auto before = Look();
  EXPECT_TRUE(before->IsLatest());
  Put("new", {.headline = "Ferry sails"});
  EXPECT_FALSE(before->IsLatest());
  const auto after = Snapshot::Open(generation_, before.get()).value();
  EXPECT_TRUE(after->IsLatest());
  EXPECT_EQ(after->article_count(), 3U);
}

TEST_F(LiveWriterTest, AnArticleIsFoundAsOneOfABuildIs) {
  Put("new", {.headline = "Ferry sails at dawn", .tags = {"Ferries"}, .published = "2024-03-03"});
  EXPECT_THAT(Search("ferries"), ElementsAre("new"));
  EXPECT_THAT(Search("\"sail at dawn\""), ElementsAre("new"));
  EXPECT_THAT(Search("\"dawn sails\""), IsEmpty());
  EXPECT_THAT(Search("tag:ferries date:2024-03"), ElementsAre("new"));
  EXPECT_THAT(Search("date:2024"), ElementsAre("old", "new", "other"));
}

TEST_F(LiveWriterTest, ReplacesAnArticleOfBaseAndOneOfLive) {
  EXPECT_EQ(Put("old", {.headline = "Bridge closes", .version = 6}).outcome,
            WriteOutcome::kReplaced);
  EXPECT_EQ(HeadlineOf("old"), "Bridge closes");
  EXPECT_THAT(Search("opens"), IsEmpty());
  EXPECT_EQ(Put("old", {.headline = "Bridge stays closed", .version = 6}).outcome,
            WriteOutcome::kReplaced);
  EXPECT_THAT(Search("bridge"), ElementsAre("old"));
  EXPECT_EQ(Look()->article_count(), 2U);
}

TEST_F(LiveWriterTest, AnOlderVersionNeverReplacesANewerOne) {
  EXPECT_EQ(Put("old", {.headline = "Late copy", .version = 4}).outcome, WriteOutcome::kSuperseded);
  EXPECT_EQ(HeadlineOf("old"), "Bridge opens");
  Put("old", {.headline = "Newest", .version = 9});
  EXPECT_EQ(Put("old", {.headline = "Late copy", .version = 8}).outcome, WriteOutcome::kSuperseded);
  EXPECT_EQ(HeadlineOf("old"), "Newest");
}

TEST_F(LiveWriterTest, UnchangedContentIsNotWrittenAgain) {
  const TestArticle same{.headline = "Bridge opens", .published = "2024-06-19", .version = 5};
  EXPECT_EQ(Put("old", same).outcome, WriteOutcome::kUnchanged);
  EXPECT_FALSE(std::filesystem::exists(generation_->folder() / "live"));
  Put("new", {.headline = "Ferry sails"});
  const auto snapshot = Look();
  EXPECT_EQ(Put("new", {.headline = "Ferry sails"}).outcome, WriteOutcome::kUnchanged);
  EXPECT_TRUE(snapshot->IsLatest());
}

TEST_F(LiveWriterTest, DeletesFromBaseAndFromLiveAndTakesThePutThatFollows) {
  EXPECT_EQ(Write(DeletionOf("old")).outcome, WriteOutcome::kDeleted);
  EXPECT_EQ(HeadlineOf("old"), "");
  const WriteResult again = Write(DeletionOf("old"));
  EXPECT_THAT(again.status, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(schema::ErrorReason(again.status), "ARTICLE_NOT_FOUND");
  EXPECT_EQ(Put("old", {.headline = "Bridge is back", .version = 1}).outcome,
            WriteOutcome::kCreated);
  EXPECT_EQ(HeadlineOf("old"), "Bridge is back");
  EXPECT_EQ(Write(DeletionOf("old")).outcome, WriteOutcome::kDeleted);
  EXPECT_EQ(Look()->article_count(), 1U);
}

TEST_F(LiveWriterTest, TheLastOfOneIdInACallWins) {
  const auto results =
      WriteAll({PutOf("new", {.headline = "First"}), PutOf("new", {.headline = "Second"}),
                DeletionOf("other"), PutOf("new", {.headline = "Second"})});
  EXPECT_EQ(results[0].outcome, WriteOutcome::kCreated);
  EXPECT_EQ(results[1].outcome, WriteOutcome::kReplaced);
  EXPECT_EQ(results[2].outcome, WriteOutcome::kDeleted);
  EXPECT_EQ(results[3].outcome, WriteOutcome::kUnchanged);
  EXPECT_EQ(HeadlineOf("new"), "Second");
  EXPECT_EQ(HeadlineOf("other"), "");
}

TEST_F(LiveWriterTest, RefusesWhatIsNoArticleAndStoresItsNeighbours) {
  const auto results = WriteAll({PutOf("a", {.headline = "Good"}), PutOf("empty", {}),
                                 PutOf(std::string(1001, 'x'), {.headline = "Long id"}),
                                 PutOf(std::string("nul\0byte", 8), {.headline = "NUL"}),
                                 PutOf("b", {.headline = "Also good"})});
  for (const size_t bad : {1U, 2U, 3U}) {
    EXPECT_THAT(results[bad].status, StatusIs(absl::StatusCode::kInvalidArgument));
    EXPECT_EQ(schema::ErrorReason(results[bad].status), "ARTICLE_INVALID");
    EXPECT_EQ(results[bad].outcome, WriteOutcome::kNone);
  }
  EXPECT_THAT(Search("good"), ElementsAre("a", "b"));
}

TEST_F(LiveWriterTest, StoresWordsThatAreTooLongForXapianAndNulBytesInText) {
  const std::string headline = std::string(400, 'x') + " after " + std::string("a\0b", 3);
  EXPECT_EQ(Put("odd", {.headline = headline, .tags = {std::string(500, 't')}}).outcome,
            WriteOutcome::kCreated);
  EXPECT_THAT(Search("after"), ElementsAre("odd"));
}

TEST_F(LiveWriterTest, WhatXapianItselfRefusesCostsTheOthersNothing) {
  DocumentAnalyzer analyzer(generation_->manifest().token_seed, "");
  DocumentTerms poison;
  const std::string too_long(300, 'x');
  Reopen({.analyze = [&](const v1::Article& article) -> const DocumentTerms& {
    const DocumentTerms& terms = analyzer.Analyze(article);
    if (article.headline() != "Poison") return terms;
    poison = terms;
    poison.terms.push_back({.term = too_long, .wdf = 1});
    return poison;
  }});
  const auto results = WriteAll(
      {PutOf("a", {.headline = "Good"}), PutOf("old", {.headline = "Poison", .version = 7}),
       PutOf("b", {.headline = "Good"}), PutOf("p", {.headline = "Poison"}),
       PutOf("q", {.headline = "Poison"}), PutOf("c", {.headline = "Good"})});
  for (const size_t bad : {1U, 3U, 4U}) {
    EXPECT_EQ(schema::ErrorReason(results[bad].status), "ARTICLE_INVALID");
  }
  for (const size_t good : {0U, 2U, 5U}) EXPECT_EQ(results[good].outcome, WriteOutcome::kCreated);
  EXPECT_THAT(Search("good"), ElementsAre("a", "b", "c"));
  // The tombstone that went before the refused article is gone with it.
  EXPECT_EQ(HeadlineOf("old"), "Bridge opens");
}

// Memory that ran out ended the server, and all that waited to be written with it.
TEST_F(LiveWriterTest, MemoryThatRunsOutCostsThoseWritesAndNoLaterOne) {
  DocumentAnalyzer analyzer(generation_->manifest().token_seed, "");
  Reopen({.analyze = [&](const v1::Article& article) -> const DocumentTerms& {
    if (article.headline() == "Vast") throw std::bad_alloc();
    return analyzer.Analyze(article);
  }});
  const auto results =
      WriteAll({PutOf("a", {.headline = "Good"}), PutOf("old", {.headline = "New", .version = 7}),
                PutOf("v", {.headline = "Vast"})});
  for (const WriteResult& result : results) {
    EXPECT_EQ(result.outcome, WriteOutcome::kNone);
    EXPECT_EQ(schema::ErrorReason(result.status), "OVERLOADED");
  }
  Put("b", {.headline = "Good"});
  // Nothing of the first three was committed with it, and no tombstone.
  EXPECT_THAT(Search("good"), ElementsAre("b"));
  EXPECT_EQ(HeadlineOf("old"), "Bridge opens");
}

TEST_F(LiveWriterTest, RecordsTheIdsThatChangedSinceItWasAsked) {
  Put("before", {.headline = "Not recorded"});
  writer_->StartRecording();
  WriteAll({PutOf("new", {.headline = "Recorded"}), PutOf("before", {.headline = "Not recorded"}),
            PutOf("bad", {}), DeletionOf("old")});
  EXPECT_THAT(writer_->TakeRecordedIds(), ElementsAre("new", "old"));
  Put("after", {.headline = "Not recorded"});
  EXPECT_THAT(writer_->TakeRecordedIds(), IsEmpty());
}

TEST_F(LiveWriterTest, SaysWhenTheArticleWasTakenIn) {
  Reopen({.clock = [] { return absl::FromUnixSeconds(1'718'800'000); }});
  Put("new", {.headline = "Ferry sails"});
  const auto snapshot = Look();
  EXPECT_EQ(snapshot->ReadArticle(*snapshot->FindId("new"))->indexed_time().seconds(),
            1'718'800'000);
}

// Random operations against a map that says what must be there; the writer is closed and opened
// again, and readers compared, every few calls.
class LiveWriterModelTest : public LiveWriterTest, public ::testing::WithParamInterface<int> {
 protected:
  struct Expected {
    std::string headline;
    int64_t version = 0;
    bool operator==(const Expected&) const = default;
  };

  LiveWriterModelTest() : random_(static_cast<unsigned>(GetParam())) {
    model_["old"] = {"Bridge opens", 5};
    model_["other"] = {"Harbour freezes", 0};
  }

  int Pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

  LiveWrite MakeWrite() {
    static const std::vector<std::string> ids = {"old", "other", "a", "b", "c", "d"};
    const std::string& id = ids[static_cast<size_t>(Pick(6))];
    if (Pick(4) == 0) return DeletionOf(id);
    // Few contents and versions, so that all outcomes come up.
    return PutOf(id, {.headline = "Story " + std::to_string(Pick(3)), .version = Pick(3) * 3});
  }

  WriteOutcome Expect(const LiveWrite& write) {
    const auto found = model_.find(write.article.id());
    if (write.kind == LiveWrite::Kind::kDelete) {
      if (found == model_.end()) return WriteOutcome::kNone;
      model_.erase(found);
      return WriteOutcome::kDeleted;
    }
    const Expected written{write.article.headline(), write.article.version()};
    if (found == model_.end()) {
      model_[write.article.id()] = written;
      return WriteOutcome::kCreated;
    }
    if (found->second.version > written.version) return WriteOutcome::kSuperseded;
    // "old" and "other" of base have a date besides, but never these headlines.
    if (found->second == written) return WriteOutcome::kUnchanged;
    found->second = written;
    return WriteOutcome::kReplaced;
  }

  void CheckReaders() {
    const auto snapshot = Look();
    EXPECT_EQ(snapshot->article_count(), model_.size());
    for (const std::string id : {"old", "other", "a", "b", "c", "d"}) {
      const auto found = model_.find(id);
      EXPECT_EQ(HeadlineOf(id), found == model_.end() ? "" : found->second.headline) << id;
    }
    // None twice.
    std::map<std::string, int> counts;
    for (const std::string& id : Search("story OR bridge OR harbour")) ++counts[id];
    EXPECT_EQ(counts.size(), model_.size());
    for (const auto& [id, count] : counts) EXPECT_EQ(count, 1) << id;
  }

  std::mt19937 random_;
  std::map<std::string, Expected> model_;
};

TEST_P(LiveWriterModelTest, AgreesWithAMap) {
  for (int call = 0; call < 60; ++call) {
    SCOPED_TRACE(call);
    std::vector<LiveWrite> writes;
    std::vector<WriteOutcome> expected;
    for (int i = 0; i < 1 + Pick(5); ++i) {
      writes.push_back(MakeWrite());
      expected.push_back(Expect(writes.back()));
    }
    const auto results = WriteAll(std::move(writes));
    for (size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(results[i].outcome, expected[i]) << i;
    if (call % 7 == 0) Reopen();
    if (call % 5 == 0) CheckReaders();
  }
  CheckReaders();
}

INSTANTIATE_TEST_SUITE_P(Seeds, LiveWriterModelTest, ::testing::Values(1, 2));

// Random words, so that they take room.
LiveWrite LargePut(int number, std::mt19937_64& random) {
  std::string body;
  for (int word = 0; word < 4000; ++word) body += std::to_string(random() % 1'000'000) + ' ';
  return PutOf("large-" + std::to_string(number), {.headline = "Large", .body = body});
}

TEST(LiveWriterFullDiskTest, KeepsWhatWasAcknowledgedAndGoesOnWhenThereIsRoom) {
  SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "cannot mount a small file system: " << disk.why_not();
  const Layout layout(disk.path() / "index");
  auto build =
      testing::IndexBuild::Start({.index = layout.root(), .build = {.memory_bytes = 16 << 20}})
          .value();
  ASSERT_OK(build->Add(MakeArticle("base", {.headline = "In base"})));
  ASSERT_OK(build->Publish());
  build.reset();
  const auto lock = IndexLock::Acquire(layout, "a test").value();
  const auto generation = Generation::OpenCurrent(layout).value();
  const auto writer = LiveWriter::Open(generation, lock).value();

  disk.LeaveFree(8 << 20);
  std::mt19937_64 random(1);
  std::vector<std::string> acknowledged;
  WriteResult result;
  for (int i = 0; i < 1000 && result.status.ok(); ++i) {
    result = writer->Write({LargePut(i, random)})[0];
    if (result.status.ok()) acknowledged.push_back(result.id);
  }
  EXPECT_THAT(result.status, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(schema::ErrorReason(result.status), "INDEX_FULL");
  ASSERT_FALSE(acknowledged.empty());
  // Readers go on, and so does the writer as soon as it can.
  const auto full = Snapshot::Open(generation).value();
  for (const std::string& id : acknowledged) EXPECT_OK(full->FindId(id));
  EXPECT_OK(full->FindId("base"));
  disk.LeaveFree(32 << 20);
  EXPECT_OK(writer->Write({LargePut(5000, random)})[0].status);
  const auto after = Snapshot::Open(generation).value();
  EXPECT_EQ(after->article_count(), acknowledged.size() + 2);
  for (const std::string& id : acknowledged) EXPECT_OK(after->FindId(id));
}

}  // namespace
}  // namespace broadsheet::indexing
