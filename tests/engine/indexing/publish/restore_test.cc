// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/publish/restore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "engine/indexing/live/writable_index.h"
#include "engine/schema/error.h"
#include "engine/storage/backup/backup.h"
#include "engine/storage/backup/backup_list.h"
#include "engine/storage/check/verify.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/takedowns.h"
#include "engine/storage/live/commit_hold.h"
#include "engine/storage/live/snapshot.h"
#include "tests/testing/fault_matchers.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/test_index.h"

namespace broadsheet::indexing {
namespace {

namespace fs = std::filesystem;

using ::testing::AllOf;
using ::testing::AnyOf;
using testing::FaultIs;
using ::testing::HasSubstr;
using testing::MakeArticle;
using testing::ReadFile;
using testing::StatusIs;

// An index with writes since its build, and a backup of it.
class RestoreTest : public ::testing::Test {
 protected:
  RestoreTest() {
    index_.Add("kept", {.headline = "Kept", .published = "2024-06-19"});
    index_.Add("corrected", {.headline = "First edition", .version = 1});
    index_.Add("deleted", {.headline = "Deleted since"});
    index_.Publish();
    Write({{.article = MakeArticle("corrected", {.headline = "Correction", .version = 2})},
           {.article = MakeArticle("new", {.headline = "Written since"})},
           Deletion("deleted")});
    EXPECT_OK(storage::TakeBackup(layout(), {.target = backup_}));
  }

  static LiveWrite Deletion(const std::string& id) {
    LiveWrite deletion{.kind = LiveWrite::Kind::kDelete};
    deletion.article.set_id(id);
    return deletion;
  }
  void Write(std::vector<LiveWrite> writes) {
    auto held = WritableIndex::Open(layout(), "a test").value();
    for (const WriteResult& result : held.writer->Write(std::move(writes))) {
      EXPECT_OK(result.status);
    }
  }
  absl::StatusOr<RestoreReport> Into(const fs::path& index,
                                     WritePolicy live_writes = WritePolicy::kRefuse) {
    return Restore({.from = backup_, .index = index, .live_writes = live_writes});
  }
  // "" when there is none.
  static std::string HeadlineIn(const fs::path& index, const std::string& id) {
    const auto generation = storage::Generation::OpenCurrent(storage::Layout(index));
    const auto snapshot = storage::Snapshot::Open(generation.value()).value();
    const auto doc = snapshot->FindId(id);
    return doc.ok() ? snapshot->ReadArticle(*doc)->headline() : "";
  }
  storage::Layout layout() const { return storage::Layout(index_.path()); }
  uint64_t Current() const { return storage::ReadCurrent(layout())->number; }

  testing::TempDir folder_;
  testing::TestIndex index_;
  const fs::path backup_ = folder_ / "backup";
  const fs::path fresh_ = folder_ / "fresh";
};

TEST_F(RestoreTest, ANewIndexIsWhatTheOldOneWas) {
  const auto report = Into(fresh_);
  ASSERT_OK(report);
  EXPECT_EQ(report->from.number, 1U);
  EXPECT_EQ(report->publication.ref.number, 1U);
  EXPECT_EQ(report->live.articles, 2U);
  EXPECT_EQ(HeadlineIn(fresh_, "kept"), "Kept");
  EXPECT_EQ(HeadlineIn(fresh_, "corrected"), "Correction");
  EXPECT_EQ(HeadlineIn(fresh_, "new"), "Written since");
  EXPECT_EQ(HeadlineIn(fresh_, "deleted"), "");
  EXPECT_OK(storage::VerifyGeneration(storage::Layout(fresh_).generation(1), {}));
}

TEST_F(RestoreTest, AnIndexGetsOneMoreGenerationThatServersTellFromTheOthers) {
  Write({{.article = MakeArticle("kept", {.headline = "Rewritten", .version = 3})}});
  EXPECT_EQ(schema::ErrorReason(Into(index_.path()).status()), "LIVE_WRITES_AT_STAKE");
  EXPECT_EQ(Current(), 1U);
  const auto report = Into(index_.path(), WritePolicy::kDiscard);
  ASSERT_OK(report);
  EXPECT_EQ(report->publication.discarded.articles, 3U);
  EXPECT_EQ(report->publication.ref.number, 2U);
  EXPECT_NE(report->publication.ref.build_id, report->from.build_id);
  EXPECT_EQ(HeadlineIn(index_.path(), "kept"), "Kept");
  // It is a generation like others: there is a way back.
  EXPECT_EQ(FindPrevious(layout()).value(), 1U);
}

TEST_F(RestoreTest, CarriesWhatWasWrittenSinceWhenTold) {
  Write({{.article = MakeArticle("kept", {.headline = "Rewritten", .version = 3})}});
  const auto report = Into(index_.path(), WritePolicy::kKeep);
  ASSERT_OK(report);
  EXPECT_EQ(report->publication.kept.put, 1U);
  EXPECT_EQ(HeadlineIn(index_.path(), "kept"), "Rewritten");
  EXPECT_EQ(HeadlineIn(index_.path(), "new"), "Written since");
}

// Carrying over the writes of the index into the restored generation removed those of the backup.
TEST_F(RestoreTest, WritesOfTheBackupStayBesideThoseThatAreCarriedOver) {
  testing::TestIndex other;
  other.Add("of the other", {.headline = "Elsewhere"});
  other.Publish();
  {
    auto held = WritableIndex::Open(storage::Layout(other.path()), "a test").value();
    EXPECT_OK(held.writer->Write({{.article = MakeArticle("late", {.headline = "Written there"})}})
                  .front()
                  .status);
  }
  ASSERT_OK(Into(other.path(), WritePolicy::kKeep));
  EXPECT_EQ(HeadlineIn(other.path(), "new"), "Written since");
  EXPECT_EQ(HeadlineIn(other.path(), "corrected"), "Correction");
  EXPECT_EQ(HeadlineIn(other.path(), "late"), "Written there");
}

TEST_F(RestoreTest, NothingComesBackThatWasTakenDownHereOrThere) {
  ASSERT_OK(storage::AddTakedowns(layout(), {"kept"}, absl::Now()));
  const fs::path later = folder_ / "later";
  ASSERT_OK(storage::TakeBackup(layout(), {.target = later}));
  // Taken down here, after the first backup.
  ASSERT_OK(Into(index_.path(), WritePolicy::kDiscard));
  EXPECT_EQ(HeadlineIn(index_.path(), "kept"), "");
  // Taken down there, restored here.
  ASSERT_OK(Into(fresh_));
  ASSERT_OK(storage::AddTakedowns(storage::Layout(fresh_), {"new"}, absl::Now()));
  const auto report =
      Restore({.from = later, .index = fresh_, .live_writes = WritePolicy::kDiscard});
  ASSERT_OK(report);
  EXPECT_EQ(report->takedowns_added, 1U);
  EXPECT_EQ(HeadlineIn(fresh_, "kept"), "");
  EXPECT_EQ(HeadlineIn(fresh_, "new"), "");
  EXPECT_EQ(HeadlineIn(fresh_, "corrected"), "Correction");
}

// What an earlier version has written: no record of the takedowns.
void MakeFromBefore(const fs::path& backup) {
  const storage::Layout layout(backup);
  auto list = storage::ReadBackupList(backup).value();
  std::ofstream(layout.current(), std::ios::binary) << "000001 " << list.ref.build_id << "\n";
  fs::resize_file(layout.generation(1) / storage::kPublishedName, 0);
  fs::remove(layout.takedowns_record());
  std::erase_if(list.files, [](const auto& file) { return file.name == "takedowns.record"; });
  for (base::FileEntry& file : list.files) {
    file = base::DescribeFile(backup, file.name).value();
  }
  ASSERT_OK(storage::WriteBackupList(backup, list));
}

TEST_F(RestoreTest, ASnapshotOfAnEarlierVersionIsPutBackWithItsTakedowns) {
  ASSERT_OK(storage::AddTakedowns(layout(), {"kept"}, absl::Now()));
  const fs::path later = folder_ / "later";
  ASSERT_OK(storage::TakeBackup(layout(), {.target = later}));
  MakeFromBefore(later);
  ASSERT_OK(Restore({.from = later, .index = fresh_}));
  EXPECT_EQ(HeadlineIn(fresh_, "kept"), "");
  EXPECT_EQ(HeadlineIn(fresh_, "new"), "Written since");
  // From now on their loss is noticed.
  fs::resize_file(storage::Layout(fresh_).takedowns(), 0);
  EXPECT_THAT(storage::Takedowns::Read(storage::Layout(fresh_)),
              StatusIs(absl::StatusCode::kDataLoss));
}

// A restore over an emptied list used to bring back what had been taken down.
TEST_F(RestoreTest, IsRefusedWhileTakedownsOfTheIndexAreLost) {
  ASSERT_OK(storage::AddTakedowns(layout(), {"kept"}, absl::Now()));
  for (const fs::path& lost : {layout().takedowns(), layout().takedowns_record()}) {
    SCOPED_TRACE(lost);
    const std::string content = ReadFile(lost);
    fs::remove(lost);
    EXPECT_THAT(
        Into(index_.path(), WritePolicy::kDiscard),
        AllOf(StatusIs(absl::StatusCode::kDataLoss, HasSubstr(layout().takedowns().string())),
              AnyOf(FaultIs(schema::FaultReason::kTakedownsLost, index_.path()),
                    FaultIs(schema::FaultReason::kTakedownsUnrecorded, index_.path()))));
    EXPECT_EQ(Current(), 1U);
    std::ofstream(lost, std::ios::binary) << content;
  }
  ASSERT_OK(Into(index_.path(), WritePolicy::kDiscard));
  EXPECT_EQ(HeadlineIn(index_.path(), "kept"), "");
}

TEST_F(RestoreTest, EveryDamagedFileIsFoundAndNothingIsPublished) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(backup_)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  for (const fs::path& file : files) {
    SCOPED_TRACE(file);
    const auto found = StatusIs(absl::StatusCode::kDataLoss, HasSubstr(file.string()));
    const std::string whole = ReadFile(file);
    // A link would take the damage to the index.
    fs::remove(file);
    for (std::string damaged : {whole, whole.substr(0, whole.size() / 2), whole + "x"}) {
      if (damaged.size() == whole.size()) {
        if (whole.empty()) continue;
        damaged[whole.size() / 2] = static_cast<char>(~damaged[whole.size() / 2]);
      } else if (whole.empty() && damaged.empty()) {
        continue;
      }
      std::ofstream(file, std::ios::binary) << damaged;
      const auto report = Into(index_.path(), WritePolicy::kDiscard);
      EXPECT_THAT(report, found);
      EXPECT_EQ(Current(), 1U);
    }
    std::ofstream(file, std::ios::binary) << whole;
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(layout().generations()), {}), 1);
  EXPECT_OK(Into(index_.path(), WritePolicy::kDiscard));
}

TEST_F(RestoreTest, AMissingFileIsFoundBeforeAnythingIsMade) {
  fs::remove(backup_ / "generations" / "000001" / "base" / "tokens");
  EXPECT_THAT(Into(fresh_),
              StatusIs(absl::StatusCode::kDataLoss,
                       AllOf(HasSubstr("tokens: is missing"), HasSubstr("use another snapshot"))));
  EXPECT_FALSE(fs::exists(fresh_));
  EXPECT_THAT(Restore({.from = folder_ / "nowhere", .index = fresh_}),
              AllOf(StatusIs(absl::StatusCode::kNotFound, HasSubstr("is no snapshot")),
                    FaultIs(schema::FaultReason::kNotABackup, folder_ / "nowhere")));
  EXPECT_FALSE(fs::exists(fresh_));
}

TEST_F(RestoreTest, IsRefusedWhileAnotherWrites) {
  const auto held = WritableIndex::Open(layout(), "broadsheetd --writable");
  ASSERT_OK(held);
  EXPECT_THAT(Into(index_.path(), WritePolicy::kDiscard),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("is being written by broadsheetd --writable, pid ")));
}

TEST_F(RestoreTest, WritesToTheRestoredIndexLeaveTheBackupAsItWas) {
  ASSERT_OK(Into(fresh_));
  {
    auto held = WritableIndex::Open(storage::Layout(fresh_), "a test").value();
    held.writer->Write({{.article = MakeArticle("later", {.headline = "Later"})}});
  }
  EXPECT_OK(Into(folder_ / "another"));
  EXPECT_EQ(HeadlineIn(folder_ / "another", "later"), "");
}

TEST_F(RestoreTest, StopsWhenAskedToAndLeavesNothing) {
  EXPECT_THAT(Restore({.from = backup_, .index = fresh_, .cancelled = [] { return true; }}),
              StatusIs(absl::StatusCode::kCancelled));
  EXPECT_FALSE(fs::exists(fresh_));
  // In the middle of copying.
  bool copying = false;
  EXPECT_THAT(Restore({.from = backup_,
                       .index = fresh_,
                       .on_progress = [&](uint64_t, uint64_t) { copying = true; },
                       .cancelled = [&] { return copying; }}),
              StatusIs(absl::StatusCode::kCancelled));
  EXPECT_TRUE(fs::is_empty(fresh_ / "generations"));
}

// A backup beside a writer holds whole commits, and each that was acknowledged before it began.
TEST_F(RestoreTest, ABackupIsWholeWhileAnotherThreadWrites) {
  std::atomic<int> acknowledged = 0;
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    auto held = WritableIndex::Open(layout(), "a test").value();
    for (int i = 1; !stop; ++i) {
      // Both or neither.
      const std::string text = "Pair " + std::to_string(i);
      const auto results =
          held.writer->Write({{.article = MakeArticle("left", {.headline = text, .version = i})},
                              {.article = MakeArticle("right", {.headline = text, .version = i})}});
      if (results[0].status.ok() && results[1].status.ok()) acknowledged = i;
    }
  });
  while (acknowledged == 0) std::this_thread::yield();
  constexpr int kBackups = 12;
  for (int i = 0; i < kBackups; ++i) {
    const int before = acknowledged;
    const fs::path target = folder_ / ("during-" + std::to_string(i));
    auto report = storage::TakeBackup(layout(), {.target = target});
    // What a machine that copies more slowly than it writes is told.
    while (absl::IsAborted(report.status())) {
      report = storage::TakeBackup(layout(), {.target = target});
    }
    EXPECT_OK(report);
    if (!report.ok()) break;
    const std::string left = HeadlineIn(target, "left");
    EXPECT_EQ(left, HeadlineIn(target, "right"));
    EXPECT_GE(std::stoi(left.substr(5)), before);
    EXPECT_OK(storage::VerifyGeneration(storage::Layout(target).generation(1), {}));
  }
  stop = true;
  writer.join();
}

// A copy may hang, on a dead network disk say.
TEST_F(RestoreTest, AWriterDoesNotWaitForEverForACopy) {
  const auto held =
      storage::HoldCommits(layout().generation(1) / storage::kLiveName, absl::ZeroDuration());
  ASSERT_TRUE(held.ok() && held->has_value());
  Write({{.article = MakeArticle("during", {.headline = "During"})}});
  EXPECT_EQ(HeadlineIn(index_.path(), "during"), "During");
}

}  // namespace
}  // namespace broadsheet::indexing
