// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/bulk/generation_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <xapian.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_join.h"
#include "engine/schema/terms.h"
#include "engine/storage/check/verify.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/generations.h"
#include "engine/storage/index/set_current.h"
#include "tests/testing/index_build.h"
#include "tests/testing/lock_of.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/test_index.h"

namespace broadsheet::indexing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using testing::IndexBuild;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::MakeArticle;
using ::testing::Pair;
using ::testing::SizeIs;
using testing::StatusIs;
using testing::TempDir;
using testing::TestArticle;

class GenerationBuilderTest : public ::testing::Test {
 protected:
  storage::Layout layout() const { return storage::Layout(folder_ / "index"); }
  static BuildOptions Options() { return {.memory_bytes = 32 << 20}; }

  std::unique_ptr<IndexBuild> Start() { return Start(Options()); }
  std::unique_ptr<IndexBuild> Start(BuildOptions options) {
    auto build = IndexBuild::Start({.index = layout().root(), .build = std::move(options)});
    EXPECT_OK(build);
    return build.ok() ? *std::move(build) : nullptr;
  }
  BuildReport Publish(IndexBuild& build) {
    const absl::StatusOr<BuildReport> report = build.Publish();
    EXPECT_OK(report);
    return report.value_or(BuildReport());
  }
  // Publishes an index of one article, "old".
  void PublishOld() {
    const auto build = Start();
    ASSERT_OK(build->Add(MakeArticle("old", {.body = "the published one"})));
    Publish(*build);
  }

  std::vector<v1::Article> Articles() const {
    std::vector<v1::Article> all;
    const auto generation = storage::Generation::OpenCurrent(layout());
    EXPECT_OK(generation);
    if (!generation.ok()) return all;
    EXPECT_OK((*generation)->articles().ForEach([&](uint32_t, v1::Article&& article) {
      all.push_back(std::move(article));
      return absl::OkStatus();
    }));
    return all;
  }
  // In docid order, "a b c".
  std::string Ids() const {
    std::vector<std::string> ids;
    for (const v1::Article& article : Articles()) ids.push_back(article.id());
    return absl::StrJoin(ids, " ");
  }
  std::string Headlines() const {
    std::vector<std::string> headlines;
    for (const v1::Article& article : Articles()) headlines.push_back(article.headline());
    return absl::StrJoin(headlines, " ");
  }
  size_t GenerationsOnDisk() const {
    const auto generations = storage::ListGenerations(layout());
    EXPECT_OK(generations);
    return generations.ok() ? generations->size() : 0;
  }

  TempDir folder_;
};

TEST_F(GenerationBuilderTest, OrdersNewestFirstThenByIdWithTheUndatedLast) {
  const auto build = Start();
  for (const auto& [id, published] : std::vector<std::pair<std::string, std::string>>{
           {"undated-b", ""},
           {"middle", "2024-06-19T12:00:00Z"},
           {"before-1970", "1950-01-01"},
           {"newest", "2025-01-01"},
           {"same-time-b", "2024-06-18"},
           {"same-time-a", "2024-06-18"},
           {"one-second-later", "2024-06-19T12:00:01Z"},
           {"undated-a", ""}}) {
    ASSERT_OK(build->Add(MakeArticle(id, {.body = "text", .published = published})));
  }
  const BuildReport report = Publish(*build);
  EXPECT_THAT(Ids(), Eq("newest one-second-later middle same-time-a same-time-b before-1970 "
                        "undated-a undated-b"));
  EXPECT_THAT(report.articles, Eq(8));
  EXPECT_THAT(report.undated, Eq(2));
}

TEST_F(GenerationBuilderTest, LastOfAnIdWinsAndTheOthersAreCounted) {
  const auto build = Start();
  // The dates differ: the copies are far apart in the final order.
  ASSERT_OK(build->Add(MakeArticle("a", {.headline = "first", .published = "2024-01-03"})));
  ASSERT_OK(build->Add(MakeArticle("b", {.headline = "other", .published = "2024-01-02"})));
  ASSERT_OK(build->Add(MakeArticle("a", {.headline = "second", .published = "2024-01-04"})));
  ASSERT_OK(build->Add(MakeArticle("a", {.headline = "third", .published = "2024-01-01"})));
  const BuildReport report = Publish(*build);
  EXPECT_THAT(Headlines(), Eq("other third"));
  EXPECT_THAT(report.added, Eq(4));
  EXPECT_THAT(report.superseded, Eq(2));
  EXPECT_THAT(report.articles, Eq(2));
}

TEST_F(GenerationBuilderTest, HigherVersionBeatsALowerOneThatComesLater) {
  const auto build = Start();
  ASSERT_OK(build->Add(MakeArticle("a", {.headline = "two", .version = 2})));
  ASSERT_OK(build->Add(MakeArticle("a", {.headline = "three", .version = 3})));
  ASSERT_OK(build->Add(MakeArticle("a", {.headline = "one", .version = 1})));
  ASSERT_OK(build->Add(MakeArticle("a", {.headline = "none"})));
  Publish(*build);
  EXPECT_THAT(Headlines(), Eq("three"));
}

TEST_F(GenerationBuilderTest, RefusedArticleDoesNotDisturbTheOthers) {
  const auto build = Start();
  ASSERT_OK(build->Add(MakeArticle("before", {.body = "text", .published = "2024-01-02"})));
  EXPECT_THAT(build->Add(MakeArticle("no-text", {})), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(build->Add(MakeArticle(std::string(1001, 'i'), {.body = "text"})),
              StatusIs(absl::StatusCode::kInvalidArgument));
  v1::Article heavy = MakeArticle("heavy", {.body = "text"});
  (*heavy.mutable_labels())["scan"] = std::string(40 << 20, 'x');
  EXPECT_THAT(build->Add(std::move(heavy)),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("bytes")));
  ASSERT_OK(build->Add(MakeArticle("after", {.body = "text", .published = "2024-01-01"})));
  const BuildReport report = Publish(*build);
  EXPECT_THAT(Ids(), Eq("before after"));
  EXPECT_THAT(report.added, Eq(2));
}

TEST_F(GenerationBuilderTest, HostileValuesNeitherFailTheBuildNorLoseOtherArticles) {
  const auto build = Start();
  ASSERT_OK(build->Add(MakeArticle("good", {.body = "text"})));
  const std::string value(4000, 'v');
  ASSERT_OK(build->Add(MakeArticle(std::string(1000, 'i'), {.headline = value,
                                                            .body = value + " word",
                                                            .captions = {{value, value}},
                                                            .tags = {value, "\xef\xbf\xbf"},
                                                            .bylines = {value},
                                                            .section = value,
                                                            .source = value})));
  Publish(*build);
  EXPECT_THAT(Articles(), SizeIs(2));
}

TEST_F(GenerationBuilderTest, StoresWholeArticlesWithTheTimeOfIndexing) {
  v1::Article article = MakeArticle("a", {.headline = "Putin meets Kim",
                                          .body = "Text",
                                          .captions = {{"A caption", "A credit"}},
                                          .published = "2024-06-19"});
  (*article.mutable_labels())["desk"] = "foreign";
  article.mutable_indexed_time()->set_seconds(1);
  const auto build = Start();
  ASSERT_OK(build->Add(article));
  Publish(*build);
  ASSERT_THAT(Articles(), SizeIs(1));
  const v1::Article stored = Articles()[0];
  EXPECT_THAT(stored.headline(), Eq("Putin meets Kim"));
  EXPECT_THAT(stored.captions(0).credit(), Eq("A credit"));
  EXPECT_THAT(stored.labels().at("desk"), Eq("foreign"));
  EXPECT_GT(stored.indexed_time().seconds(), 1'700'000'000);
}

// Words of articles without a language were found as written only, however clear it was what
// language the index is in.
TEST_F(GenerationBuilderTest, ArticlesWithoutALanguageAreTakenAsInTheOneThatPrevails) {
  const auto build = Start();
  ASSERT_OK(build->Add(MakeArticle("a", {.body = "text", .language = "en-US"})));
  ASSERT_OK(build->Add(MakeArticle("b", {.body = "text", .language = "en"})));
  ASSERT_OK(build->Add(MakeArticle("c", {.body = "texte", .language = "fr"})));
  ASSERT_OK(build->Add(MakeArticle("d", {.body = "boats", .language = ""})));
  const BuildReport report = Publish(*build);
  EXPECT_EQ(report.without_language, 1U);
  EXPECT_EQ(report.assumed_language, (storage::AssumedLanguage{.tag = "en", .given = false}));
  const auto generation = storage::Generation::OpenCurrent(layout());
  ASSERT_OK(generation);
  EXPECT_EQ((*generation)->manifest().assumed_language, report.assumed_language);
  EXPECT_THAT((*generation)->manifest().languages,
              ElementsAre(Pair("", 1), Pair("en", 2), Pair("fr", 1)));
  for (const v1::Article& article : Articles()) {
    EXPECT_EQ(article.language().empty(), article.id() == "d") << "it is assumed, not stated";
  }
}

TEST_F(GenerationBuilderTest, TheReportCountsTheArticlesThatReadersMayNotSee) {
  constexpr int64_t kEnded = 1'000'000'000;
  constexpr int64_t kFarAhead = 4'000'000'000;
  const auto build = Start();
  for (const char* id : {"a", "b", "b"}) {
    ASSERT_OK(
        build->Add(MakeArticle(id, {.body = "text", .status = v1::Article::STATUS_CANCELLED})));
  }
  ASSERT_OK(build->Add(MakeArticle(
      "c",
      {.body = "text", .status = v1::Article::STATUS_WITHHELD, .embargo_seconds = kFarAhead})));
  ASSERT_OK(build->Add(MakeArticle("d", {.body = "text", .embargo_seconds = kFarAhead})));
  ASSERT_OK(build->Add(MakeArticle("e", {.body = "text", .embargo_seconds = kEnded})));
  ASSERT_OK(build->Add(MakeArticle("f", {.body = "text"})));
  EXPECT_EQ(Publish(*build).withheld,
            (schema::WithheldCounts{.withheld = 1, .embargoed = 1, .cancelled = 2}));
}

TEST_F(GenerationBuilderTest, SupersededArticlesHaveNoSayInWhatPrevails) {
  const auto build = Start();
  for (int i = 0; i < 3; ++i) {
    ASSERT_OK(build->Add(MakeArticle("same", {.body = "texte", .language = "fr"})));
  }
  ASSERT_OK(build->Add(MakeArticle("same", {.body = "text", .language = "en"})));
  ASSERT_OK(build->Add(MakeArticle("other", {.body = "boats", .language = ""})));
  const BuildReport report = Publish(*build);
  EXPECT_EQ(report.superseded, 3U);
  EXPECT_EQ(report.assumed_language.tag, "en");
}

TEST_F(GenerationBuilderTest, NothingIsAssumedWhereNoLanguagePrevails) {
  const auto build = Start();
  ASSERT_OK(build->Add(MakeArticle("a", {.body = "text", .language = "en"})));
  ASSERT_OK(build->Add(MakeArticle("b", {.body = "texte", .language = "fr"})));
  ASSERT_OK(build->Add(MakeArticle("c", {.body = "boats", .language = ""})));
  const BuildReport report = Publish(*build);
  EXPECT_EQ(report.without_language, 1U);
  EXPECT_EQ(report.assumed_language, storage::AssumedLanguage());
}

TEST_F(GenerationBuilderTest, AGivenLanguageIsAssumedWhateverPrevails) {
  BuildOptions options = Options();
  options.assumed_language = {.tag = "de", .given = true};
  const auto build = Start(options);
  ASSERT_OK(build->Add(MakeArticle("a", {.body = "text", .language = "en"})));
  ASSERT_OK(build->Add(MakeArticle("b", {.body = "Boote", .language = ""})));
  EXPECT_EQ(Publish(*build).assumed_language, *options.assumed_language);
  EXPECT_EQ(storage::Generation::OpenCurrent(layout()).value()->manifest().assumed_language,
            *options.assumed_language);
}

TEST_F(GenerationBuilderTest, ManifestTellsLanguagesSourcesAndTimes) {
  const auto build = Start();
  ASSERT_OK(build->Add(MakeArticle(
      "a", {.body = "text", .source = "THE HILL", .language = "en-US", .published = "2024"})));
  ASSERT_OK(build->Add(MakeArticle(
      "b", {.body = "text", .source = "The Hill", .language = "en", .published = "2025-01-01"})));
  ASSERT_OK(build->Add(MakeArticle("c", {.body = "texte", .language = "fr"})));
  Publish(*build);
  const auto generation = storage::Generation::OpenCurrent(layout());
  ASSERT_OK(generation);
  const storage::Manifest& manifest = (*generation)->manifest();
  EXPECT_THAT(manifest.articles, Eq(3));
  EXPECT_THAT(manifest.undated, Eq(1));
  EXPECT_THAT(manifest.languages, ElementsAre(Pair("en", 2), Pair("fr", 1)));
  // The newest article's spelling.
  EXPECT_THAT(manifest.sources, ElementsAre(Pair("The Hill", 2)));
  EXPECT_THAT(
      manifest.oldest_seconds,
      Eq(absl::ToUnixSeconds(absl::FromCivil(absl::CivilDay(2024, 1, 1), absl::UTCTimeZone()))));
  EXPECT_THAT(
      manifest.newest_seconds,
      Eq(absl::ToUnixSeconds(absl::FromCivil(absl::CivilDay(2025, 1, 1), absl::UTCTimeZone()))));
}

TEST_F(GenerationBuilderTest, WithoutArticlesNothingIsPublished) {
  PublishOld();
  EXPECT_THAT(Start()->Publish(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("no article was added")));
  EXPECT_THAT(Ids(), Eq("old"));
  EXPECT_THAT(GenerationsOnDisk(), Eq(1));
}

TEST_F(GenerationBuilderTest, AbandonedBuildLeavesThePublishedIndexAndNothingElse) {
  PublishOld();
  {
    const auto build = Start();
    ASSERT_OK(build->Add(MakeArticle("new", {.body = "text"})));
    EXPECT_THAT(GenerationsOnDisk(), Eq(2));
  }
  EXPECT_THAT(Ids(), Eq("old"));
  EXPECT_THAT(GenerationsOnDisk(), Eq(1));
}

TEST_F(GenerationBuilderTest, NumbersAreNeverUsedTwice) {
  PublishOld();
  Start().reset();
  const auto build = Start();
  ASSERT_OK(build->Add(MakeArticle("new", {.body = "text"})));
  EXPECT_THAT(Publish(*build).ref.number, Eq(3));
  EXPECT_THAT(storage::ReadCurrent(layout())->number, Eq(3));
}

// Where a crash or a failed publication leaves one that nobody asked to keep.
TEST_F(GenerationBuilderTest, WhatIsNeitherKeptNorPublishedIsRemoved) {
  PublishOld();
  const auto build_one = [&](absl::FunctionRef<void(storage::IndexLock&, BuiltGeneration&)> then) {
    storage::IndexLock lock = testing::LockOf(layout());
    auto builder = GenerationBuilder::Start(layout(), storage::ClaimNext(lock).value(), Options());
    ASSERT_OK(builder);
    ASSERT_OK((*builder)->Add(MakeArticle("new", {.body = "text"})));
    auto built = (*builder)->Finish();
    ASSERT_OK(built);
    then(lock, *built);
  };
  build_one([&](storage::IndexLock&, BuiltGeneration& built) {
    EXPECT_THAT(storage::InspectGeneration(layout(), built.number()).state,
                Eq(storage::GenerationState::kUnfinished));
  });
  EXPECT_THAT(GenerationsOnDisk(), Eq(1));
  build_one([&](storage::IndexLock&, BuiltGeneration& built) { EXPECT_OK(built.Keep()); });
  EXPECT_THAT(GenerationsOnDisk(), Eq(2));
  EXPECT_THAT(storage::InspectGeneration(layout(), 3).state,
              Eq(storage::GenerationState::kFinished));
  build_one([&](storage::IndexLock& lock, BuiltGeneration& built) {
    EXPECT_OK(storage::SetCurrent(lock, built.report().ref));
  });
  EXPECT_THAT(GenerationsOnDisk(), Eq(3));
  EXPECT_THAT(Ids(), Eq("new"));
}

TEST_F(GenerationBuilderTest, PublishedBuildTakesNoMoreArticles) {
  const auto build = Start();
  ASSERT_OK(build->Add(MakeArticle("a", {.body = "text"})));
  Publish(*build);
  EXPECT_THAT(build->Add(MakeArticle("b", {.body = "text"})),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(build->Publish(), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(Ids(), Eq("a"));
}

TEST_F(GenerationBuilderTest, TellsItsStagesInOrderAndHowFarEachIs) {
  std::vector<std::string> stages;
  uint64_t analysed_of = 0;
  BuildOptions options = Options();
  options.on_progress = [&](const Progress& progress) {
    if (progress.stage == Stage::kAnalyze) analysed_of = progress.total;
    EXPECT_TRUE(progress.total == 0 || progress.done <= progress.total);
    const std::string name(StageName(progress.stage));
    if (stages.empty() || stages.back() != name) stages.push_back(name);
  };
  const auto build = Start(options);
  ASSERT_OK(build->Add(MakeArticle("a", {.body = "text"})));
  ASSERT_OK(build->Add(MakeArticle("b", {.body = "text"})));
  Publish(*build);
  EXPECT_THAT(stages, ElementsAre("reading", "ordering", "analysing", "compacting", "verifying",
                                  "publishing"));
  EXPECT_THAT(analysed_of, Eq(2));
}

// Cancels when the build reaches the stage that the test is run with.
class CancelledBuildTest : public GenerationBuilderTest,
                           public ::testing::WithParamInterface<Stage> {};

TEST_P(CancelledBuildTest, StopsAndRemovesWhatItMade) {
  PublishOld();
  bool cancel = false;
  BuildOptions options = Options();
  options.on_progress = [&](const Progress& progress) {
    if (progress.stage == GetParam()) cancel = true;
  };
  options.cancelled = [&] { return cancel; };
  {
    const auto build = Start(options);
    absl::Status status = build->Add(MakeArticle("new", {.body = "text"}));
    if (status.ok()) status = build->Publish().status();
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kCancelled));
    EXPECT_FALSE(build->Publish().ok());
  }
  EXPECT_THAT(Ids(), Eq("old"));
  EXPECT_THAT(GenerationsOnDisk(), Eq(1));
}

INSTANTIATE_TEST_SUITE_P(EachStage, CancelledBuildTest,
                         ::testing::Values(Stage::kSpool, Stage::kOrder, Stage::kAnalyze,
                                           Stage::kMerge, Stage::kVerify),
                         [](const auto& stage) { return std::string(StageName(stage.param)); });

// What readers see of an index, in a form that can be compared.
struct Contents {
  std::vector<std::string> articles;
  // Term -> (docid, wdf)...
  std::map<std::string, std::vector<std::pair<uint32_t, uint32_t>>> postings;
  std::vector<std::string> lengths;
  std::vector<size_t> run_sizes;
};

Contents Read(const storage::Layout& layout) {
  Contents contents;
  const auto generation = storage::Generation::OpenCurrent(layout);
  EXPECT_OK(generation);
  EXPECT_OK((*generation)->articles().ForEach([&](uint32_t docid, v1::Article&& article) {
    article.clear_indexed_time();
    contents.articles.push_back(article.SerializeAsString());
    contents.run_sizes.push_back((*generation)->tokens().run(docid).size());
    return absl::OkStatus();
  }));
  const Xapian::Database base(((*generation)->folder() / storage::kBaseName).string());
  for (auto term = base.allterms_begin(); term != base.allterms_end(); ++term) {
    auto& postings = contents.postings[*term];
    for (auto post = base.postlist_begin(*term); post != base.postlist_end(*term); ++post) {
      postings.emplace_back(*post, post.get_wdf());
    }
  }
  const Xapian::valueno slot = schema::SlotNumber(schema::Slot::kLength);
  for (auto value = base.valuestream_begin(slot); value != base.valuestream_end(slot); ++value) {
    contents.lengths.push_back(*value);
  }
  return contents;
}

// The same articles each time: 1,000 with some 2 KB of text, one in ten ids used twice.
void AddMany(IndexBuild& build) {
  std::mt19937 random(20240619);
  for (int i = 0; i < 1'000; ++i) {
    std::string body;
    for (int word = 0; word < 250; ++word) {
      body += "w" + std::to_string(random() % (1 + random() % 5'000)) + ' ';
    }
    const std::string id =
        "id-" + std::to_string(random() % 10 == 0 ? static_cast<size_t>(random() % 1'000)
                                                  : static_cast<size_t>(i));
    const std::string day = std::to_string(10 + random() % 18);
    ASSERT_OK(
        build.Add(MakeArticle(id, {.headline = "Headline " + std::to_string(i),
                                   .body = body,
                                   .tags = {"tag " + std::to_string(random() % 50)},
                                   .published = random() % 20 == 0 ? "" : "2024-06-" + day})));
  }
}

TEST_F(GenerationBuilderTest, MemoryAndThreadsChangeNothingInTheIndex) {
  std::vector<Contents> contents;
  for (const auto& [memory, threads] :
       std::vector<std::pair<uint64_t, int>>{{400 << 20, 1}, {1 << 20, 1}, {1 << 20, 2}}) {
    BuildOptions options = Options();
    options.memory_bytes = memory;
    options.threads = threads;
    const auto build = Start(options);
    AddMany(*build);
    Publish(*build);
    contents.push_back(Read(layout()));
  }
  EXPECT_THAT(contents[0].articles.size(), AllOf(::testing::Gt(850), ::testing::Lt(1'000)));
  for (size_t i = 1; i < contents.size(); ++i) {
    EXPECT_TRUE(contents[i].articles == contents[0].articles);
    EXPECT_TRUE(contents[i].postings == contents[0].postings);
    EXPECT_TRUE(contents[i].lengths == contents[0].lengths);
    EXPECT_TRUE(contents[i].run_sizes == contents[0].run_sizes);
  }
}

TEST_F(GenerationBuilderTest, WhatIsPublishedPassesVerification) {
  const auto build = Start();
  AddMany(*build);
  Publish(*build);
  const auto generation = storage::Generation::OpenCurrent(layout());
  ASSERT_OK(generation);
  EXPECT_OK(storage::VerifyGeneration((*generation)->folder(), {}));
  EXPECT_THAT(std::filesystem::exists((*generation)->folder() / "tmp"), Eq(false));
}

}  // namespace
}  // namespace broadsheet::indexing
