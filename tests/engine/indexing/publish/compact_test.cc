// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/publish/rebuild.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <xapian.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "engine/indexing/live/writable_index.h"
#include "engine/query/searcher.h"
#include "engine/schema/terms.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/takedowns.h"
#include "engine/storage/live/snapshot.h"
#include "tests/testing/fault_matchers.h"
#include "tests/testing/parsed_response.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_index.h"

namespace broadsheet::indexing {
namespace {

using schema::Slot;
using storage::Segment;
using testing::MakeArticle;
using testing::StatusIs;

// What the index has of an article: its terms with their weights, and its values.
struct StoredDocument {
  std::map<std::string, uint32_t> terms;
  std::map<uint32_t, std::string> values;
  bool operator==(const StoredDocument&) const = default;
};
using StoredDocuments = std::map<std::string, StoredDocument>;  // by id

// base/ has no term lists: its terms are read from their posting lists. Its token runs have a file
// of their own.
void AddTerms(const storage::Snapshot& snapshot, Segment segment, StoredDocuments* documents) {
  const Xapian::Database& database = segment == Segment::kBase ? snapshot.base() : snapshot.live();
  const auto id_of = [&](uint32_t docid) {
    return snapshot.ReadArticle({.segment = segment, .docid = docid})->id();
  };
  for (auto term = database.allterms_begin(); term != database.allterms_end(); ++term) {
    for (auto doc = database.postlist_begin(*term); doc != database.postlist_end(*term); ++doc) {
      if (snapshot.IsSuperseded({.segment = segment, .docid = *doc})) continue;
      (*documents)[id_of(*doc)].terms[*term] = doc.get_wdf();
    }
  }
  for (const Slot slot :
       {Slot::kPublishedTime, Slot::kLocalFirst, Slot::kLocalLast, Slot::kLength, Slot::kEmbargo}) {
    const uint32_t number = schema::SlotNumber(slot);
    const Xapian::ValueIterator end = database.valuestream_end(number);
    for (auto value = database.valuestream_begin(number); value != end; ++value) {
      if (snapshot.IsSuperseded({.segment = segment, .docid = value.get_docid()})) continue;
      (*documents)[id_of(value.get_docid())].values[number] = *value;
    }
  }
}

class CompactTest : public ::testing::Test {
 protected:
  CompactTest() {
    for (int i = 0; i < 40; ++i) {
      const std::string number = std::to_string(i);
      index_.Add("story-" + number, {.headline = "Flood number " + number,
                                     .body = "The river rose again in place " + number + ".",
                                     .tags = {"Floods", "Place " + number},
                                     .published = "2024-06-" + std::to_string(10 + i % 20),
                                     .version = 1});
    }
    index_.Publish();
  }

  void Write() {
    auto held = WritableIndex::Open(layout(), "a test").value();
    LiveWrite deletion{.kind = LiveWrite::Kind::kDelete, .article = {}};
    deletion.article.set_id("story-3");
    const auto results = held.writer->Write(
        {{.article = MakeArticle("story-5", {.headline = "Correction: flood of number 5",
                                             .tags = {"Floods"},
                                             .published = "2024-06-15",
                                             .version = 2})},
         {.article = MakeArticle("oldest", {.headline = "A flood of old", .published = "1953"})},
         {.article = MakeArticle("newest", {.headline = "Flood today", .published = "2025-01-01"})},
         {.article = MakeArticle("withdrawn", {.headline = "A flood that never was"})},
         deletion});
    for (const WriteResult& result : results) EXPECT_OK(result.status);
    EXPECT_OK(storage::AddTakedowns(layout(), {"withdrawn", "story-7"}, absl::Now()));
  }
  absl::StatusOr<std::optional<BuildReport>> Run() {
    return Compact(storage::Layout(index_.path()), "a test", {.memory_bytes = 16 << 20});
  }
  StoredDocuments Stored() const {
    const auto generation = storage::Generation::OpenCurrent(layout()).value();
    const auto snapshot = storage::Snapshot::Open(generation).value();
    StoredDocuments documents;
    AddTerms(*snapshot, Segment::kBase, &documents);
    if (snapshot->has_live()) AddTerms(*snapshot, Segment::kLive, &documents);
    return documents;
  }
  // Ids of the hits with their scores, in order.
  std::vector<std::pair<std::string, double>> Search(const std::string& query,
                                                     v1::SortOrder sort) const {
    const auto generation = storage::Generation::OpenCurrent(layout()).value();
    const auto searcher = query::Searcher::Open(generation, {}).value();
    v1::SearchArticlesRequest request;
    request.set_query(query);
    request.set_sort(sort);
    request.set_page_size(100);
    std::vector<std::pair<std::string, double>> hits;
    const auto response = testing::Parsed(searcher->Search(request, {}));
    EXPECT_OK(response);
    for (const v1::Hit& hit : response->hits()) hits.emplace_back(hit.article().id(), hit.score());
    return hits;
  }
  storage::Layout layout() const { return storage::Layout(index_.path()); }

  testing::TestIndex index_;
};

TEST_F(CompactTest, StoresTheSameTermsWeightsAndValuesInOneBase) {
  Write();
  const StoredDocuments before = Stored();
  const auto report = Run();
  ASSERT_OK(report);
  ASSERT_TRUE(report->has_value());
  EXPECT_EQ((*report)->articles, 40U);
  EXPECT_EQ(before.size(), 40U);
  EXPECT_FALSE(before.contains("story-7"));
  EXPECT_EQ(Stored(), before);
  const auto generation = storage::Generation::OpenCurrent(layout()).value();
  EXPECT_FALSE(std::filesystem::exists(generation->folder() / storage::kLiveName));
  EXPECT_FALSE(storage::Snapshot::Open(generation).value()->has_superseded());
}

TEST_F(CompactTest, AnswersEverySearchAsBefore) {
  Write();
  const std::vector<std::string> queries = {"flood",           "\"flood of number\"", "tag:floods",
                                            "river -rose",     "headline:correction", "plac*",
                                            "date:2024-06-15", "body:river"};
  const auto answers = [&] {
    std::map<std::string, std::vector<std::pair<std::string, double>>> found;
    for (const std::string& query : queries) {
      found[query + ", newest"] = Search(query, v1::SORT_ORDER_NEWEST);
      found[query + ", oldest"] = Search(query, v1::SORT_ORDER_OLDEST);
    }
    return found;
  };
  const auto before = answers();
  ASSERT_OK(Run());
  EXPECT_EQ(answers(), before);
}

TEST_F(CompactTest, IsWhatARebuildGives) {
  Write();
  ASSERT_OK(Run());
  const StoredDocuments compacted = Stored();
  const auto ranked = Search("flood number", v1::SORT_ORDER_RELEVANCE);
  ASSERT_OK(Rebuild(layout(), "a test", {.memory_bytes = 16 << 20}));
  EXPECT_EQ(Stored(), compacted);
  EXPECT_EQ(Search("flood number", v1::SORT_ORDER_RELEVANCE), ranked);
}

TEST_F(CompactTest, AssumesTheSameLanguageWhateverPrevailsByNow) {
  {
    auto held = WritableIndex::Open(layout(), "a test").value();
    std::vector<LiveWrite> writes;
    for (int i = 0; i < 50; ++i) {
      writes.push_back({.article = MakeArticle("de-" + std::to_string(i),
                                               {.headline = "Flut", .language = "de"})});
    }
    writes.push_back({.article = MakeArticle("none", {.headline = "Rivers", .language = ""})});
    for (const WriteResult& result : held.writer->Write(std::move(writes))) {
      EXPECT_OK(result.status);
    }
  }
  const StoredDocuments before = Stored();
  EXPECT_TRUE(before.at("none").terms.contains("river"));
  const auto report = Run();
  ASSERT_OK(report);
  EXPECT_EQ((*report)->assumed_language, (storage::AssumedLanguage{.tag = "en", .given = false}));
  EXPECT_EQ((*report)->without_language, 1U);
  EXPECT_EQ(Stored(), before);
  // A rebuild looks again.
  EXPECT_EQ(Rebuild(layout(), "a test", {.memory_bytes = 16 << 20})->assumed_language.tag, "de");
}

TEST_F(CompactTest, DoesNothingWhenThereIsNothingToFold) {
  const auto report = Run();
  ASSERT_OK(report);
  EXPECT_FALSE(report->has_value());
  EXPECT_EQ(storage::ReadCurrent(layout())->number, 1U);
}

TEST_F(CompactTest, LeavesAnotherAnalyserVersionToARebuild) {
  Write();
  const std::filesystem::path folder = layout().generation(1);
  storage::Manifest manifest = storage::ReadManifest(folder).value();
  ++manifest.analyzer_version;
  ASSERT_OK(storage::WriteManifest(folder, manifest));
  EXPECT_THAT(Run(), testing::FaultIs(schema::FaultReason::kOtherAnalyser, layout().root()));
  EXPECT_EQ(storage::ReadCurrent(layout())->number, 1U);
}

}  // namespace
}  // namespace broadsheet::indexing
