// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/current.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "engine/storage/index/generation_state.h"
#include "engine/storage/index/set_current.h"
#include "tests/testing/fault_matchers.h"
#include "tests/testing/lock_of.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::storage {
namespace {

using ::broadsheet::testing::FaultIs;
using ::broadsheet::testing::IsOk;
using ::broadsheet::testing::LockOf;
using ::broadsheet::testing::ReadFile;
using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::testing::AllOf;
using ::testing::HasSubstr;

const GenerationRef kSeven{.number = 7, .build_id = "0123456789abcdef0123456789abcdef"};
const GenerationRef kEight{.number = 8, .build_id = "fedcba9876543210fedcba9876543210"};

// An index folder with the folders of both.
class PublishedTest : public ::testing::Test {
 protected:
  PublishedTest() : layout_(dir_.path()) {
    std::filesystem::create_directories(layout_.generation(7));
    std::filesystem::create_directories(layout_.generation(8));
  }

  const TempDir dir_;
  const Layout layout_;
};

TEST_F(PublishedTest, CurrentNamesTheGenerationWrittenLast) {
  ASSERT_OK(SetCurrent(LockOf(layout_), kSeven));
  EXPECT_EQ(ReadFile(layout_.current()),
            "000007 0123456789abcdef0123456789abcdef takedowns.record\n");
  EXPECT_EQ(*ReadCurrent(layout_), kSeven);
  ASSERT_OK(SetCurrent(LockOf(layout_), kEight));
  EXPECT_EQ(*ReadCurrent(layout_), kEight);
}

TEST_F(PublishedTest, CurrentOfAnEarlierVersionIsRead) {
  dir_.Write("CURRENT", "000007 0123456789abcdef0123456789abcdef\n");
  EXPECT_EQ(*ReadCurrent(layout_), kSeven);
  EXPECT_FALSE(ReadCurrentLine(layout_)->takedowns_recorded);
  ASSERT_OK(SetCurrent(LockOf(layout_), kEight));
  EXPECT_TRUE(ReadCurrentLine(layout_)->takedowns_recorded);
}

TEST_F(PublishedTest, AGenerationStaysMarkedAsPublished) {
  dir_.Write("generations/000007/MANIFEST", "seven");
  dir_.Write("generations/000008/MANIFEST", "eight");
  ASSERT_OK(SetCurrent(LockOf(layout_), kSeven));
  EXPECT_EQ(ReadGenerationState(layout_.generation(7)), GenerationState::kPublished);
  EXPECT_EQ(ReadGenerationState(layout_.generation(8)), GenerationState::kFinished);
  ASSERT_OK(SetCurrent(LockOf(layout_), kEight));
  EXPECT_EQ(ReadGenerationState(layout_.generation(7)), GenerationState::kPublished);
}

TEST_F(PublishedTest, CurrentSurvivesWhatACrashWhileWritingLeaves) {
  ASSERT_OK(SetCurrent(LockOf(layout_), kSeven));
  dir_.Write("CURRENT.new", "0000");
  EXPECT_EQ(*ReadCurrent(layout_), kSeven);
  ASSERT_OK(SetCurrent(LockOf(layout_), kEight));
  EXPECT_EQ(*ReadCurrent(layout_), kEight);
}

TEST_F(PublishedTest, CurrentKeepsTheOldPointerWhenTheDiskIsFull) {
  ASSERT_OK(SetCurrent(LockOf(layout_), kSeven));
  std::filesystem::create_symlink("/dev/full", dir_ / "CURRENT.new");
  EXPECT_THAT(SetCurrent(LockOf(layout_), kEight),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("disk full")));
  EXPECT_EQ(*ReadCurrent(layout_), kSeven);
}

TEST(CurrentTest, SaysThatThereIsNoIndex) {
  const TempDir dir;
  const std::string path = (dir / "index").string();
  const auto read = ReadCurrent(Layout(path));
  EXPECT_THAT(read, StatusIs(absl::StatusCode::kNotFound, "there is no index at " + path));
  EXPECT_THAT(read, FaultIs(schema::FaultReason::kNoIndex, path));
}

TEST(CurrentTest, TellsAFileFromAnIndex) {
  const TempDir dir;
  const std::string path = dir.Write("index", "text").string();
  const auto read = ReadCurrent(Layout(path));
  EXPECT_THAT(read,
              StatusIs(absl::StatusCode::kNotFound, path + " is a file, not an index folder"));
  EXPECT_THAT(read, FaultIs(schema::FaultReason::kNotAFolder, path));
}

TEST(CurrentTest, TellsAnyFolderFromAnIndexWithoutAPublishedGeneration) {
  const TempDir dir;
  dir.Write("photos/cat.jpg", "");
  EXPECT_THAT(ReadCurrent(Layout(dir.path())),
              AllOf(StatusIs(absl::StatusCode::kNotFound, HasSubstr(" is no index")),
                    FaultIs(schema::FaultReason::kNotAnIndex, dir.path())));
  std::filesystem::create_directory(dir / "generations");
  EXPECT_THAT(ReadCurrent(Layout(dir.path())),
              AllOf(StatusIs(absl::StatusCode::kNotFound, HasSubstr("nothing is published in")),
                    FaultIs(schema::FaultReason::kNothingPublished, dir.path())));
}

TEST(CurrentTest, RefusesAnythingButOneWholeLine) {
  const TempDir dir;
  const Layout layout(dir.path());
  const std::string id = kSeven.build_id;
  for (const std::string& content :
       {std::string(), std::string("000007"), "000007 " + id, "000007 " + id + "\n\n",
        "000000 " + id + "\n", "x " + id + "\n", "000007  " + id + "\n", "-7 " + id + "\n",
        "000007 " + id.substr(1) + "\n", "000007 " + id.substr(1) + "G\n",
        "000007 " + id + " takedowns\n", "000007 " + id + "  takedowns.record\n",
        "000007 " + id + " takedowns.record", std::string("000007 takedowns.record\n"),
        std::string(" takedowns.record\n"), std::string(100'000, '0'), std::string(40, '\0')}) {
    dir.Write("CURRENT", content);
    EXPECT_THAT(
        ReadCurrent(layout),
        AllOf(StatusIs(absl::StatusCode::kDataLoss,
                       layout.current().string() + " is damaged: it does not name a generation"),
              FaultIs(schema::FaultReason::kCurrentDamaged, dir.path())))
        << content;
  }
}

TEST(CurrentTest, WritesNothingItCouldNotReadBack) {
  const TempDir dir;
  const Layout layout(dir.path());
  EXPECT_THAT(SetCurrent(LockOf(layout), {.number = 0, .build_id = kSeven.build_id}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(SetCurrent(LockOf(layout), {.number = 1, .build_id = "no id"}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_FALSE(std::filesystem::exists(layout.current()));
}

TEST(LayoutTest, NumbersKeepTheirOrderAsNames) {
  const Layout layout("/news");
  EXPECT_EQ(layout.generation(7), "/news/generations/000007");
  EXPECT_EQ(layout.generation(1234567), "/news/generations/1234567");
}

}  // namespace
}  // namespace broadsheet::storage
