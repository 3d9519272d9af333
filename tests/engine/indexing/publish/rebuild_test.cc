// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/publish/rebuild.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "absl/time/clock.h"
#include "engine/indexing/live/writable_index.h"
#include "engine/storage/index/takedowns.h"
#include "engine/storage/live/snapshot.h"
#include "tests/testing/fault_matchers.h"
#include "tests/testing/index_build.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_index.h"

namespace broadsheet::indexing {
namespace {

using testing::MakeArticle;
using testing::StatusIs;

// Three articles, of which one is corrected, one deleted, and a fourth written since.
class RebuildTest : public ::testing::Test {
 protected:
  RebuildTest() {
    index_.Add("kept", {.headline = "Kept"});
    index_.Add("corrected", {.headline = "First edition", .version = 1});
    index_.Add("deleted", {.headline = "Deleted since"});
    index_.Publish();
    auto held = WritableIndex::Open(layout(), "a test").value();
    LiveWrite deletion{.kind = LiveWrite::Kind::kDelete, .article = {}};
    deletion.article.set_id("deleted");
    for (const WriteResult& result : held.writer->Write(
             {{.article = MakeArticle("corrected", {.headline = "Correction", .version = 2})},
              {.article = MakeArticle("new", {.headline = "Written since"})},
              deletion})) {
      EXPECT_OK(result.status);
    }
  }

  storage::Layout layout() const { return storage::Layout(index_.path()); }
  absl::StatusOr<BuildReport> Run() {
    return Rebuild(layout(), "a test", {.memory_bytes = 16 << 20});
  }
  v1::Article Find(const std::string& id) {
    const auto snapshot = storage::Snapshot::Open(index_.Open()).value();
    const auto doc = snapshot->FindId(id);
    return doc.ok() ? snapshot->ReadArticle(*doc).value() : v1::Article();
  }

  testing::TestIndex index_;
};

TEST_F(RebuildTest, HoldsWhatReadersSawAndNothingElse) {
  const int64_t indexed = Find("kept").indexed_time().seconds();
  const auto report = Run();
  ASSERT_OK(report);
  EXPECT_EQ(report->articles, 3U);
  EXPECT_EQ(Find("kept").headline(), "Kept");
  EXPECT_EQ(Find("kept").indexed_time().seconds(), indexed);
  EXPECT_EQ(Find("corrected").headline(), "Correction");
  EXPECT_EQ(Find("new").headline(), "Written since");
  EXPECT_EQ(Find("deleted").headline(), "");
  // All of it is in base/: nothing is at stake any more.
  EXPECT_FALSE(std::filesystem::exists(index_.Open()->folder() / "live"));
}

TEST_F(RebuildTest, MendsAnIndexOfAnotherAnalyserVersion) {
  const std::filesystem::path folder = index_.Open()->folder();
  storage::Manifest manifest = storage::ReadManifest(folder).value();
  ++manifest.analyzer_version;
  ASSERT_OK(storage::WriteManifest(folder, manifest));
  EXPECT_THAT(storage::Generation::OpenCurrent(layout()),
              testing::FaultIs(schema::FaultReason::kOtherAnalyser, index_.path()));
  ASSERT_OK(Run());
  EXPECT_EQ(Find("kept").headline(), "Kept");
  EXPECT_EQ(Find("new").headline(), "Written since");
}

TEST_F(RebuildTest, LeavesOutWhatWasTakenDown) {
  ASSERT_OK(storage::AddTakedowns(layout(), {"kept", "new"}, absl::Now()));
  ASSERT_OK(Run());
  EXPECT_EQ(index_.Open()->manifest().articles, 1U);
  EXPECT_EQ(Find("corrected").headline(), "Correction");
}

TEST_F(RebuildTest, ABuildFromSourcesLeavesThemOutToo) {
  ASSERT_OK(storage::AddTakedowns(layout(), {"kept"}, absl::Now()));
  auto build = testing::IndexBuild::Start({.index = index_.path(),
                                           .live_writes = WritePolicy::kDiscard,
                                           .build = {.memory_bytes = 16 << 20}});
  ASSERT_OK(build);
  EXPECT_OK((*build)->Add(MakeArticle("kept", {.headline = "Back", .version = 9})));
  EXPECT_OK((*build)->Add(MakeArticle("other", {.headline = "Other"})));
  const auto report = (*build)->Publish();
  ASSERT_OK(report);
  EXPECT_EQ(report->taken_down, 1U);
  EXPECT_EQ(report->articles, 1U);
}

TEST_F(RebuildTest, KeepsALanguageThatWasGivenUntilAnotherIs) {
  BuildOptions options{.memory_bytes = 16 << 20};
  options.assumed_language = {.tag = "fr", .given = true};
  EXPECT_EQ(Rebuild(layout(), "a test", options)->assumed_language, *options.assumed_language);
  EXPECT_EQ(index_.Open()->manifest().assumed_language, *options.assumed_language);
  EXPECT_EQ(Run()->assumed_language, *options.assumed_language);
  options.assumed_language = {.tag = "de", .given = true};
  EXPECT_EQ(Rebuild(layout(), "a test", options)->assumed_language, *options.assumed_language);
}

TEST(RebuildWithoutIndexTest, MakesNone) {
  const testing::TempDir folder;
  EXPECT_THAT(Rebuild(storage::Layout(folder / "nowhere"), "a test", {}),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_FALSE(std::filesystem::exists(folder / "nowhere"));
}

}  // namespace
}  // namespace broadsheet::indexing
