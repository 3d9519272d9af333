// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/backup/backup.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "engine/storage/backup/backup_list.h"
#include "engine/storage/check/verify.h"
#include "engine/storage/index/takedowns.h"
#include "engine/storage/live/commit_hold.h"
#include "engine/storage/live/snapshot.h"
#include "tests/testing/fault_matchers.h"
#include "tests/testing/small_disk.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/tiny_index.h"

namespace broadsheet::storage {
namespace {

namespace fs = std::filesystem;

using ::broadsheet::testing::FaultIs;
using ::broadsheet::testing::MakeArticle;
using ::broadsheet::testing::ReadFile;
using ::broadsheet::testing::SmallDisk;
using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::broadsheet::testing::TinyIndex;
using ::testing::AllOf;
using ::testing::HasSubstr;

// Three articles, of which one was replaced since and one taken down; and one written since.
class BackupTest : public ::testing::Test {
 protected:
  BackupTest() {
    index_.Publish({MakeArticle("a", "Bridge opens"), MakeArticle("b", "Bridge closes"),
                    MakeArticle("c", "Harbour freezes")});
    index_.WriteLive({MakeArticle("a", "Bridge opens again"), MakeArticle("d", "Tide turns")}, {1});
    EXPECT_OK(AddTakedowns(index_.layout(), {"b"}, absl::Now()));
  }

  absl::StatusOr<BackupReport> Take(BackupOptions options = {}) {
    if (options.target.empty()) options.target = target_;
    return TakeBackup(index_.layout(), options);
  }
  bool NothingIsLeft() const {
    return !fs::exists(target_) && !fs::exists(dir_ / "backup.partial");
  }

  TempDir dir_;
  TinyIndex index_{dir_ / "index"};
  const fs::path target_ = dir_ / "backup";
};

TEST_F(BackupTest, IsAnIndexThatShowsWhatTheOriginalShows) {
  const auto report = Take();
  ASSERT_OK(report);
  EXPECT_EQ(report->manifest.articles, 3U);
  EXPECT_EQ(report->live.articles, 2U);
  EXPECT_EQ(report->takedowns, 1U);

  const auto copy = Generation::OpenCurrent(Layout(target_));
  ASSERT_OK(copy);
  EXPECT_OK(VerifyGeneration((*copy)->folder(), {}));
  const auto snapshot = Snapshot::Open(*copy).value();
  EXPECT_EQ(snapshot->article_count(), 3U);
  const auto corrected = snapshot->FindId("a");
  ASSERT_OK(corrected);
  EXPECT_EQ(snapshot->ReadArticle(*corrected)->headline(), "Bridge opens again");
  EXPECT_TRUE(snapshot->FindId("d").ok());
  EXPECT_FALSE(snapshot->FindId("b").ok());
}

TEST_F(BackupTest, ListsEveryFileWithItsChecksum) {
  ASSERT_OK(Take());
  const auto list = ReadBackupList(target_);
  ASSERT_OK(list);
  size_t files = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(target_)) {
    if (entry.is_directory() || entry.path().filename() == kBackupListName) continue;
    ++files;
    const std::string name = entry.path().lexically_relative(target_).string();
    const auto listed =
        std::find_if(list->files.begin(), list->files.end(),
                     [&](const base::FileEntry& file) { return file.name == name; });
    ASSERT_NE(listed, list->files.end()) << name;
    EXPECT_EQ(listed->checksum, base::DescribeFile(target_, name)->checksum) << name;
  }
  EXPECT_EQ(list->files.size(), files);
}

TEST_F(BackupTest, LinksWhatNeverChangesUnlessToldToCopy) {
  const auto linked = Take();
  ASSERT_OK(linked);
  EXPECT_EQ(linked->linked_bytes, linked->manifest.IndexBytes());
  const auto copied = Take({.target = dir_ / "copy", .link = false});
  ASSERT_OK(copied);
  EXPECT_EQ(copied->linked_bytes, 0U);
  EXPECT_EQ(copied->bytes, linked->bytes);
  const fs::path live = Generation::OpenCurrent(Layout(target_)).value()->folder() / kLiveName;
  EXPECT_EQ(fs::hard_link_count(live / "postlist.glass"), 1U);
}

TEST_F(BackupTest, NeverOverwrites) {
  fs::create_directory(target_);
  EXPECT_THAT(Take(), StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr("name a new folder")));
  EXPECT_TRUE(fs::is_empty(target_));
}

TEST_F(BackupTest, DoesNotMakeTheFolderItIsToLieIn) {
  // The disk is not mounted, say.
  EXPECT_THAT(Take({.target = dir_ / "not mounted" / "backup"}),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Take({.target = index_.layout().root() / "backup"}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("within the index")));
}

TEST_F(BackupTest, CleansUpAfterOneThatWasKilled) {
  dir_.Write("backup.partial/generations/000001/base/tokens", "half of it");
  dir_.Write("backup.partial/CURRENT", "");
  ASSERT_OK(Take());
  EXPECT_FALSE(fs::exists(dir_ / "backup.partial"));
}

TEST_F(BackupTest, RemovesNothingOfOthers) {
  const fs::path foreign = dir_.Write("backup.partial/thesis.txt", "years of work");
  EXPECT_THAT(Take(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("thesis.txt")));
  EXPECT_EQ(ReadFile(foreign), "years of work");
}

TEST_F(BackupTest, IsRefusedWhileAnotherIsTakenThere) {
  fs::create_directory(dir_ / "backup.partial");
  const base::FileDescriptor other(
      ::open((dir_ / "backup.partial").c_str(), O_RDONLY | O_DIRECTORY));
  ASSERT_EQ(::flock(other.get(), LOCK_EX | LOCK_NB), 0);
  EXPECT_THAT(Take(), StatusIs(absl::StatusCode::kFailedPrecondition,
                               HasSubstr("another snapshot is just being written to")));
  EXPECT_TRUE(fs::exists(dir_ / "backup.partial"));
}

TEST_F(BackupTest, IsNotTakenOfADamagedBase) {
  const fs::path damaged = index_.base() / "bodies";
  std::string content = ReadFile(damaged);
  content[content.size() / 2] = static_cast<char>(~content[content.size() / 2]);
  std::ofstream(damaged, std::ios::binary) << content;
  for (const bool link : {true, false}) {
    EXPECT_THAT(
        Take({.link = link}),
        AllOf(StatusIs(absl::StatusCode::kDataLoss, HasSubstr(damaged.string())),
              FaultIs(schema::FaultReason::kGenerationDamaged, index_.layout().root().string())));
    EXPECT_TRUE(NothingIsLeft());
  }
}

TEST_F(BackupTest, StopsWhenAskedToAndLeavesNothing) {
  EXPECT_THAT(Take({.cancelled = [] { return true; }}), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_TRUE(NothingIsLeft());
}

TEST_F(BackupTest, TellsHowFarItIs) {
  uint64_t last = 0;
  uint64_t total = 0;
  ASSERT_OK(Take({.on_progress = [&](uint64_t done, uint64_t of) {
    EXPECT_GT(done, last);
    last = done;
    total = of;
  }}));
  EXPECT_GT(total, 0U);
  EXPECT_GE(last, Generation::OpenCurrent(index_.layout()).value()->manifest().IndexBytes());
}

TEST_F(BackupTest, AFullDiskIsSaidAndNothingIsLeft) {
  SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "cannot mount a small file system: " << disk.why_not();
  for (const uint64_t free_kilobytes : {8U, 32U, 64U}) {
    disk.LeaveFree(free_kilobytes << 10);
    EXPECT_THAT(Take({.target = disk.path() / "backup"}),
                StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("disk full")));
    EXPECT_TRUE(fs::is_empty(disk.path()));
  }
  disk.LeaveFree(64 << 20);
  EXPECT_OK(Take({.target = disk.path() / "backup"}));
}

TEST_F(BackupTest, ALiveThatCannotBeHadForItselfIsNotWaitedForForEver) {
  const fs::path live = index_.current_folder() / kLiveName;
  const auto held = HoldCommits(live, absl::ZeroDuration());
  ASSERT_TRUE(held.ok() && held->has_value());
  const auto second = HoldCommits(live, absl::Milliseconds(5));
  ASSERT_OK(second);
  EXPECT_FALSE(second->has_value());
}

TEST_F(BackupTest, AListThatWasChangedIsRefused) {
  ASSERT_OK(Take());
  const fs::path path = target_ / kBackupListName;
  std::string content = ReadFile(path);
  content[content.find("\"bytes\": \"") + 10] = '9';
  std::ofstream(path, std::ios::binary) << content;
  EXPECT_THAT(ReadBackupList(target_),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("its checksum does not match")));
  fs::remove(path);
  EXPECT_THAT(ReadBackupList(target_),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("is no snapshot")));
}

}  // namespace
}  // namespace broadsheet::storage
