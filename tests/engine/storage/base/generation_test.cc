// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/generation.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "engine/storage/index/current.h"
#include "engine/storage/index/generation_state.h"
#include "engine/storage/index/generations.h"
#include "engine/storage/index/set_current.h"
#include "tests/testing/fault_matchers.h"
#include "tests/testing/lock_of.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/tiny_index.h"

namespace broadsheet::storage {
namespace {

using ::broadsheet::testing::FaultIs;
using ::broadsheet::testing::IsOk;
using ::broadsheet::testing::LockOf;
using ::broadsheet::testing::MakeArticle;
using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::broadsheet::testing::TinyIndex;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace fs = std::filesystem;

std::vector<uint64_t> NumbersOf(const std::vector<GenerationInfo>& infos) {
  std::vector<uint64_t> numbers;
  for (const GenerationInfo& info : infos) numbers.push_back(info.number);
  return numbers;
}

IndexLock LockOf(const TinyIndex& index) {
  absl::StatusOr<IndexLock> lock = IndexLock::Acquire(index.layout(), "test");
  EXPECT_OK(lock);
  return *std::move(lock);
}

std::vector<uint64_t> RemoveAbandonedFrom(const TinyIndex& index) {
  IndexLock lock = LockOf(index);
  const auto removed = RemoveAbandoned(lock);
  EXPECT_OK(removed);
  return *removed;
}

absl::StatusOr<std::vector<uint64_t>> PruneOf(const TinyIndex& index, size_t keep) {
  IndexLock lock = LockOf(index);
  return Prune(lock, keep);
}

class GenerationTest : public ::testing::Test {
 protected:
  GenerationTest() : index_(dir_ / "index") {}

  TempDir dir_;
  TinyIndex index_;
};

TEST_F(GenerationTest, OpensTheOneThatCurrentNames) {
  index_.Publish({MakeArticle("old", "Old news")});
  const GenerationRef ref = index_.Publish({MakeArticle("a", "One"), MakeArticle("b", "Two")});
  index_.Write({MakeArticle("next", "Not yet published")});
  const auto generation = Generation::OpenCurrent(index_.layout());
  ASSERT_OK(generation);
  EXPECT_EQ((*generation)->manifest().ref, ref);
  EXPECT_EQ((*generation)->folder(), index_.layout().generation(2));
  EXPECT_EQ((*generation)->articles().Read(2)->id(), "b");
  EXPECT_FALSE((*generation)->tokens().run(2).empty());
}

TEST_F(GenerationTest, ServesOnWhenItsFolderIsRemoved) {
  index_.Publish({MakeArticle("a", "One")});
  const auto generation = Generation::OpenCurrent(index_.layout());
  ASSERT_OK(generation);
  fs::remove_all(dir_ / "index");
  EXPECT_EQ((*generation)->articles().Read(1)->headline(), "One");
  EXPECT_FALSE((*generation)->tokens().run(1).empty());
}

TEST_F(GenerationTest, NamesAFileThatIsMissingOrOfAnotherSize) {
  index_.Publish({MakeArticle("a", "One")});
  const fs::path base = index_.base();
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(base)) files.push_back(entry);
  ASSERT_GE(files.size(), 4U);
  for (const fs::path& file : files) {
    const std::string name = "base/" + file.filename().string();
    const uint64_t bytes = fs::file_size(file);
    const fs::path aside = dir_ / "aside";
    fs::copy_file(file, aside, fs::copy_options::overwrite_existing);
    const auto faulty = [&](const std::string& why) {
      return AllOf(StatusIs(absl::StatusCode::kDataLoss,
                            AllOf(HasSubstr("generation " + index_.current_folder().string() +
                                            " is damaged: " + name + why),
                                  Not(HasSubstr("\n")))),
                   FaultIs(schema::FaultReason::kGenerationDamaged, dir_ / "index"));
    };
    fs::remove(file);
    EXPECT_THAT(Generation::OpenCurrent(index_.layout()), faulty(" is missing"));
    fs::copy_file(aside, file);
    fs::resize_file(file, bytes / 2);
    EXPECT_THAT(Generation::OpenCurrent(index_.layout()), faulty(" has "));
    fs::remove(file);
    fs::copy_file(aside, file);
  }
  EXPECT_OK(Generation::OpenCurrent(index_.layout()));
}

TEST_F(GenerationTest, RefusesAFolderOfAnotherBuildThanCurrentNames) {
  GenerationRef ref = index_.Publish({MakeArticle("a", "One")});
  ref.build_id = std::string(32, 'f');
  ASSERT_OK(SetCurrent(LockOf(index_.layout()), ref));
  EXPECT_THAT(Generation::OpenCurrent(index_.layout()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("CURRENT names build ffff")));
}

TEST_F(GenerationTest, RefusesTokensOfAnotherNumberOfArticles) {
  const GenerationRef one = index_.Publish({MakeArticle("a", "One")});
  index_.Publish({MakeArticle("a", "One"), MakeArticle("b", "Two")});
  fs::copy_file(index_.layout().generation(one.number) / "base/tokens", index_.base() / "tokens",
                fs::copy_options::overwrite_existing);
  index_.Revouch(2);
  EXPECT_THAT(Generation::OpenCurrent(index_.layout()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("base/tokens holds 1")));
}

TEST_F(GenerationTest, ListsAllWithWhatIsWrong) {
  index_.Publish({MakeArticle("a", "One")});
  index_.Publish({MakeArticle("a", "One"), MakeArticle("b", "Two")});
  index_.WriteAbandoned();
  // Not ours.
  fs::create_directories(index_.layout().generations() / "notes");
  const auto infos = ListGenerations(index_.layout());
  ASSERT_OK(infos);
  ASSERT_THAT(NumbersOf(*infos), ElementsAre(1, 2, 3));
  EXPECT_FALSE((*infos)[0].current);
  EXPECT_TRUE((*infos)[1].current);
  EXPECT_EQ((*infos)[1].manifest.articles, 2U);
  EXPECT_GT((*infos)[1].bytes_on_disk, (*infos)[1].manifest.IndexBytes());
  EXPECT_THAT((*infos)[2].problem, StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(GenerationTest, AnIndexThatIsNotThereHasNone) {
  EXPECT_THAT(*ListGenerations(Layout(dir_ / "absent")), IsEmpty());
}

TEST_F(GenerationTest, RemovesOnlyWhatBuildsThatNeverFinishedLeft) {
  index_.WriteAbandoned();
  index_.Publish({MakeArticle("a", "One")});
  index_.Write({MakeArticle("a", "One")});
  index_.WriteAbandoned();
  EXPECT_THAT(RemoveAbandonedFrom(index_), ElementsAre(1, 4));
  EXPECT_THAT(NumbersOf(*ListGenerations(index_.layout())), ElementsAre(2, 3));
  EXPECT_OK(Generation::OpenCurrent(index_.layout()));
}

// A build that was killed while it verified used to be taken for a generation to go back to.
TEST_F(GenerationTest, WhatWasNeverPublishedIsNoGenerationHoweverWholeItLooks) {
  const GenerationRef first = index_.Publish({MakeArticle("a", "One")});
  index_.Write({MakeArticle("a", "One")});
  fs::create_directory(index_.layout().generation(2) / kWorkName);
  const GenerationInfo second = (*ListGenerations(index_.layout()))[1];
  EXPECT_EQ(second.state, GenerationState::kUnfinished);
  EXPECT_THAT(second.problem, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(*PruneOf(index_, 0), IsEmpty());
  EXPECT_THAT(RemoveAbandonedFrom(index_), ElementsAre(2));
  EXPECT_EQ(*ReadCurrent(index_.layout()), first);
}

// A crash right after CURRENT moved leaves the folder in which the build worked.
TEST_F(GenerationTest, WhatWasPublishedIsFinishedWhateverAnUnfinishedEndLeft) {
  index_.Publish({MakeArticle("a", "One")});
  fs::create_directory(index_.layout().generation(1) / kWorkName);
  index_.Publish({MakeArticle("a", "One")});
  EXPECT_THAT(RemoveAbandonedFrom(index_), IsEmpty());
  const GenerationInfo first = (*ListGenerations(index_.layout()))[0];
  EXPECT_EQ(first.state, GenerationState::kPublished);
  EXPECT_OK(first.problem);
}

// Its MANIFEST is lost, but somebody may still want to look at the rest.
TEST_F(GenerationTest, NeverRemovesTheOneThatCurrentNames) {
  index_.Publish({MakeArticle("a", "One")});
  fs::remove(index_.current_folder() / kManifestName);
  EXPECT_THAT(RemoveAbandonedFrom(index_), IsEmpty());
  EXPECT_TRUE(fs::exists(index_.base() / "tokens"));
}

TEST_F(GenerationTest, PruningKeepsTheCurrentAndTheNewestBeforeIt) {
  for (int i = 0; i < 3; ++i) index_.Publish({MakeArticle("a", "One")});
  const GenerationRef fourth = index_.Publish({MakeArticle("a", "One")});
  index_.Publish({MakeArticle("a", "One")});
  // Rolled back: the fifth is published but not current.
  ASSERT_OK(SetCurrent(LockOf(index_.layout()), fourth));
  EXPECT_THAT(*PruneOf(index_, 1), ElementsAre(5, 2, 1));
  EXPECT_THAT(NumbersOf(*ListGenerations(index_.layout())), ElementsAre(3, 4));
  EXPECT_THAT(*PruneOf(index_, 0), ElementsAre(3));
  EXPECT_OK(Generation::OpenCurrent(index_.layout()));
}

TEST_F(GenerationTest, PruningLeavesWhatSomebodyHasOpen) {
  index_.Publish({MakeArticle("a", "One")});
  auto held = Generation::OpenCurrent(index_.layout());
  ASSERT_OK(held);
  index_.Publish({MakeArticle("a", "Two")});
  EXPECT_THAT(*PruneOf(index_, 0), IsEmpty());
  EXPECT_OK(Generation::Open(index_.layout().generation(1)));
  held->reset();
  EXPECT_THAT(*PruneOf(index_, 0), ElementsAre(1));
}

TEST_F(GenerationTest, PruningRefusesWhenItCannotTellWhichOneIsCurrent) {
  index_.Publish({MakeArticle("a", "One")});
  index_.Publish({MakeArticle("a", "Two")});
  dir_.Write("index/CURRENT", "garbage");
  EXPECT_THAT(PruneOf(index_, 0), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(NumbersOf(*ListGenerations(index_.layout())), ElementsAre(1, 2));
}

}  // namespace
}  // namespace broadsheet::storage
