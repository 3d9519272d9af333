// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/takedowns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "engine/base/file_writer.h"
#include "engine/storage/backup/backup.h"
#include "engine/storage/check/live_check.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/set_current.h"
#include "engine/storage/index/takedown_lines.h"
#include "engine/storage/index/takedowns_record.h"
#include "engine/storage/live/snapshot.h"
#include "tests/testing/fault_matchers.h"
#include "tests/testing/lock_of.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/tiny_index.h"

namespace broadsheet::storage {
namespace {

namespace fs = std::filesystem;

using ::broadsheet::testing::FaultIs;
using ::broadsheet::testing::LockOf;
using ::broadsheet::testing::MakeArticle;
using ::broadsheet::testing::ReadFile;
using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::broadsheet::testing::TinyIndex;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class TakedownsTest : public ::testing::Test {
 protected:
  TakedownsTest() {
    index_.Publish({MakeArticle("a", "Bridge opens"), MakeArticle("b", "Bridge closes"),
                    MakeArticle("c", "Harbour freezes")});
  }

  size_t Add(const std::vector<std::string>& ids) {
    return AddTakedowns(index_.layout(), ids, absl::Now()).value();
  }
  std::shared_ptr<const Takedowns> Read() { return Takedowns::Read(index_.layout()).value(); }
  std::unique_ptr<Snapshot> Look(const Snapshot* before = nullptr) {
    if (generation_ == nullptr) generation_ = Generation::OpenCurrent(index_.layout()).value();
    return Snapshot::Open(generation_, before).value();
  }
  static bool Finds(const Snapshot& snapshot, const std::string& id) {
    return snapshot.FindId(id).ok();
  }

  TempDir dir_;
  TinyIndex index_{dir_ / "index"};
  std::shared_ptr<const Generation> generation_;
};

TEST_F(TakedownsTest, AreNoneAtFirst) { EXPECT_THAT(Read()->ids(), IsEmpty()); }

TEST_F(TakedownsTest, AddUpAndCountEachIdOnce) {
  EXPECT_EQ(Add({"a", "with spaces, and ünicode", "a"}), 2U);
  EXPECT_EQ(Add({"b", "a"}), 1U);
  EXPECT_THAT(Read()->ids(), UnorderedElementsAre("a", "b", "with spaces, and ünicode"));
}

TEST_F(TakedownsTest, AreHiddenInBaseAndInLive) {
  index_.WriteLive({MakeArticle("b", "Bridge closes again"), MakeArticle("d", "Ferry sails")}, {2});
  const auto before = Look();
  EXPECT_TRUE(Finds(*before, "a") && Finds(*before, "b") && Finds(*before, "d"));
  Add({"a", "b", "nobody"});
  EXPECT_FALSE(before->IsLatest());
  const auto after = Look(before.get());
  EXPECT_TRUE(after->IsLatest());
  EXPECT_FALSE(Finds(*after, "a"));
  EXPECT_FALSE(Finds(*after, "b"));
  EXPECT_TRUE(Finds(*after, "c"));
  EXPECT_TRUE(Finds(*after, "d"));
  EXPECT_EQ(before->article_count(), 4U);
  EXPECT_EQ(after->article_count(), 2U);
  // What was written is counted as before: a takedown is no write.
  EXPECT_EQ(after->tombstone_count(), 1U);
}

TEST_F(TakedownsTest, ALaterCommitDoesNotBringThemBack) {
  Add({"d"});
  const auto before = Look();
  index_.WriteLive({MakeArticle("d", "Ferry sails")});
  const auto after = Look(before.get());
  EXPECT_TRUE(after->has_live());
  EXPECT_FALSE(Finds(*after, "d"));
  EXPECT_EQ(after->article_count(), 3U);
}

TEST_F(TakedownsTest, HideLongIdsToTheLetter) {
  const std::string id(600, 'x');
  index_.Publish({MakeArticle(id + "1", "One"), MakeArticle(id + "2", "Two")});
  Add({id + "1"});
  const auto snapshot = Look();
  EXPECT_FALSE(Finds(*snapshot, id + "1"));
  EXPECT_TRUE(Finds(*snapshot, id + "2"));
}

TEST_F(TakedownsTest, AreNoFaultOfLive) {
  index_.WriteLive({MakeArticle("b", "Bridge closes again")}, {2});
  Add({"b"});
  EXPECT_THAT(CheckLive(Generation::OpenCurrent(index_.layout()).value(), {}).value(), IsEmpty());
}

// A crash while a line is written leaves a part of it.
TEST_F(TakedownsTest, ATornLineWasNeverAcknowledgedAndIsWrittenOver) {
  Add({"a"});
  const std::string whole = ReadFile(index_.layout().takedowns());
  for (size_t torn = 1; torn < whole.size(); ++torn) {
    SCOPED_TRACE(torn);
    std::ofstream(index_.layout().takedowns(), std::ios::app) << whole.substr(0, torn);
    EXPECT_THAT(Read()->ids(), UnorderedElementsAre("a"));
    // Also by one that adds nothing.
    EXPECT_EQ(Add({"a"}), 0U);
    EXPECT_EQ(ReadFile(index_.layout().takedowns()), whole);
  }
  std::ofstream(index_.layout().takedowns(), std::ios::app) << whole.substr(0, 20);
  EXPECT_EQ(Add({"b"}), 1U);
  EXPECT_THAT(Read()->ids(), UnorderedElementsAre("a", "b"));
}

TEST_F(TakedownsTest, DamageIsAnErrorRatherThanAReturn) {
  Add({"a", "b"});
  std::string content = ReadFile(index_.layout().takedowns());
  content[content.find('\n') - 1] = 'z';
  std::ofstream(index_.layout().takedowns(), std::ios::binary) << content;
  EXPECT_THAT(Takedowns::Read(index_.layout()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("takedowns is damaged in line 1")));
  EXPECT_THAT(AddTakedowns(index_.layout(), {"c"}, absl::Now()),
              StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(Snapshot::Open(Generation::OpenCurrent(index_.layout()).value()),
              StatusIs(absl::StatusCode::kDataLoss));
}

// What can be done to a file.
struct Damage {
  std::string name;
  std::function<void(const fs::path& file)> apply;
};

void Write(const fs::path& file, const std::string& content) {
  fs::remove_all(file);
  std::ofstream(file, std::ios::binary) << content;
}

std::vector<std::string> LinesOf(const fs::path& file) {
  std::vector<std::string> lines;
  std::ifstream in(file, std::ios::binary);
  for (std::string line; std::getline(in, line);) lines.push_back(line + "\n");
  return lines;
}

// Has `change` edit the lines of the file.
Damage Lines(const std::string& name, std::function<void(std::vector<std::string>& lines)> change) {
  return {name, [change](const fs::path& file) {
            std::vector<std::string> lines = LinesOf(file);
            change(lines);
            std::string content;
            for (const std::string& line : lines) content += line;
            std::ofstream(file, std::ios::binary) << content;
          }};
}

Damage Cut(const std::string& name, size_t bytes) {
  return {name,
          [bytes](const fs::path& file) { fs::resize_file(file, fs::file_size(file) - bytes); }};
}

std::vector<Damage> AllWaysToLoseLines() {
  return {
      {"emptied", [](const fs::path& file) { fs::resize_file(file, 0); }},
      {"removed", [](const fs::path& file) { fs::remove(file); }},
      Lines("without its first line", [](auto& lines) { lines.erase(lines.begin()); }),
      Lines("without its middle line", [](auto& lines) { lines.erase(lines.begin() + 1); }),
      Lines("without its last line", [](auto& lines) { lines.pop_back(); }),
      Lines("head -n 1", [](auto& lines) { lines.resize(1); }),
      Lines("two lines swapped", [](auto& lines) { std::swap(lines[0], lines[2]); }),
      Lines("one line twice, another not", [](auto& lines) { lines[2] = lines[1]; }),
      Cut("cut within its last line", 5),
      Cut("without its last end of line", 1),
      {"replaced by an older copy",
       [](const fs::path& file) { Write(file, LinesOf(file).front()); }},
      {"replaced by lines of another index",
       [](const fs::path& file) {
         std::string lines;
         for (const char* id : {"1", "2", "3", "4"}) lines += TakedownLine(id, absl::Now());
         Write(file, lines);
       }},
      {"filled with zeros",
       [](const fs::path& file) { Write(file, std::string(fs::file_size(file), '\0')); }},
      {"with zeros behind its lines",
       [](const fs::path& file) { fs::resize_file(file, fs::file_size(file) + 512); }},
      {"with something else behind its lines",
       [](const fs::path& file) { std::ofstream(file, std::ios::app) << "story-4711"; }},
      {"with an empty line",
       [](const fs::path& file) { std::ofstream(file, std::ios::app) << "\n"; }},
      {"a folder",
       [](const fs::path& file) {
         fs::remove(file);
         fs::create_directory(file);
       }},
      {"a link to nowhere",
       [](const fs::path& file) {
         fs::remove(file);
         fs::create_symlink("nowhere", file);
       }},
  };
}

std::vector<Damage> AllWaysToLoseTheRecord() {
  return {
      {"removed", [](const fs::path& file) { fs::remove(file); }},
      {"emptied", [](const fs::path& file) { fs::resize_file(file, 0); }},
      {"garbage", [](const fs::path& file) { Write(file, "3\n"); }},
      Cut("cut", 3),
      {"with another number",
       [](const fs::path& file) {
         std::string content = ReadFile(file);
         content[33] = '1';
         Write(file, content);
       }},
      {"filled with zeros",
       [](const fs::path& file) { Write(file, std::string(fs::file_size(file), '\0')); }},
      {"a folder",
       [](const fs::path& file) {
         fs::remove(file);
         fs::create_directory(file);
       }},
  };
}

// An emptied or cut list used to bring back, in silence, what had been taken down.
class LostTakedownsTest : public TakedownsTest {
 protected:
  LostTakedownsTest() {
    Add({"a"});
    Add({"b", "gone"});
    good_ = ReadFile(lines());
    good_record_ = ReadFile(record());
  }

  const Layout& layout() { return index_.layout(); }
  fs::path lines() { return layout().takedowns(); }
  fs::path record() { return layout().takedowns_record(); }
  fs::path published() { return index_.current_folder() / kPublishedName; }

  void PutBack() {
    Write(lines(), good_);
    Write(record(), good_record_);
  }
  // What an earlier version has left: nothing but the lines.
  void MakeFromBefore() {
    fs::remove(record());
    Write(published(), "");
    Write(layout().current(), ReadFile(layout().current()).substr(0, 39) + "\n");
  }
  absl::StatusOr<size_t> TryToAdd(const std::string& id) {
    return AddTakedowns(layout(), {id}, absl::Now());
  }
  void ExpectNothingIsServed(const Snapshot& before) {
    const std::string index = layout().root().string();
    const auto damaged =
        AllOf(StatusIs(absl::StatusCode::kDataLoss,
                       AllOf(HasSubstr(lines().string()), HasSubstr("nothing is served"))),
              AnyOf(FaultIs(schema::FaultReason::kTakedownsLost, index),
                    FaultIs(schema::FaultReason::kTakedownsUnrecorded, index)));
    EXPECT_THAT(Takedowns::Read(layout()), damaged);
    EXPECT_THAT(TryToAdd("another"), damaged);
    EXPECT_THAT(TakeBackup(layout(), {.target = dir_ / "backup"}), damaged);
    // A reader that has it open notices, too.
    EXPECT_FALSE(before.IsLatest());
    EXPECT_THAT(Snapshot::Open(generation_, &before), damaged);
  }
  void ExpectAllIsWell(const Snapshot* before = nullptr) {
    EXPECT_THAT(Read()->ids(), UnorderedElementsAre("a", "b", "gone"));
    EXPECT_FALSE(Finds(*Look(before), "a"));
    EXPECT_TRUE(Finds(*Look(before), "c"));
  }

  std::string good_;
  std::string good_record_;
};

TEST_F(LostTakedownsTest, LostLinesAreDamageUntilTheyAreBack) {
  const auto before = Look();
  for (const Damage& damage : AllWaysToLoseLines()) {
    SCOPED_TRACE(damage.name);
    damage.apply(lines());
    ExpectNothingIsServed(*before);
    PutBack();
    ExpectAllIsWell(before.get());
  }
}

TEST_F(LostTakedownsTest, ALostRecordIsDamageUntilItIsBack) {
  const auto before = Look();
  for (const Damage& damage : AllWaysToLoseTheRecord()) {
    SCOPED_TRACE(damage.name);
    damage.apply(record());
    ExpectNothingIsServed(*before);
    PutBack();
    ExpectAllIsWell(before.get());
  }
}

TEST_F(LostTakedownsTest, BothLostAreDamage) {
  const auto before = Look();
  for (const Damage& damage : AllWaysToLoseTheRecord()) {
    for (const Damage& other : AllWaysToLoseLines()) {
      SCOPED_TRACE("lines " + other.name + ", record " + damage.name);
      damage.apply(record());
      other.apply(lines());
      ExpectNothingIsServed(*before);
      PutBack();
    }
  }
  ExpectAllIsWell(before.get());
}

// They agree: only PUBLISHED tells that there were more lines.
TEST_F(LostTakedownsTest, OlderCopiesOfBothAreDamage) {
  const auto before = Look();
  ASSERT_OK(TakeBackup(layout(), {.target = dir_ / "older"}));
  Add({"c"});
  for (const char* name : {"takedowns", "takedowns.record"}) {
    fs::copy_file(dir_ / "older" / name, layout().root() / name,
                  fs::copy_options::overwrite_existing);
  }
  ExpectNothingIsServed(*before);
  EXPECT_THAT(Takedowns::Read(layout()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("has 3 of the 4 lines on record")));
  // Nor does it help to publish another generation, or the same.
  index_.Publish({MakeArticle("c", "Harbour freezes")});
  EXPECT_THAT(Takedowns::Read(layout()), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(LostTakedownsTest, CopiesOfASnapshotThatHasAllLinesMendIt) {
  ASSERT_OK(TakeBackup(layout(), {.target = dir_ / "snapshot"}));
  fs::remove(lines());
  fs::copy_file(dir_ / "snapshot/takedowns", lines());
  ExpectAllIsWell();
  fs::remove(lines());
  fs::remove(record());
  fs::copy_file(dir_ / "snapshot/takedowns", lines());
  fs::copy_file(dir_ / "snapshot/takedowns.record", record());
  ExpectAllIsWell();
}

TEST_F(LostTakedownsTest, PublishingDoesNotHideTheLoss) {
  for (const Damage& damage : AllWaysToLoseLines()) {
    SCOPED_TRACE(damage.name);
    damage.apply(lines());
    const GenerationRef ref =
        index_.Publish({MakeArticle("a", "Bridge opens"), MakeArticle("c", "Harbour freezes")});
    EXPECT_EQ(*ReadCurrent(layout()), ref);
    EXPECT_THAT(Takedowns::Read(layout()), StatusIs(absl::StatusCode::kDataLoss));
    PutBack();
    ExpectAllIsWell();
  }
}

// `rm INDEX/*` takes all files of the folder; CURRENT is then made anew by `publish`.
TEST_F(LostTakedownsTest, ACurrentThatIsMadeAnewDoesNotHideTheLoss) {
  const GenerationRef ref = *ReadCurrent(layout());
  for (const fs::path& file : {lines(), record(), layout().current()}) fs::remove(file);
  EXPECT_THAT(Takedowns::Read(layout()), StatusIs(absl::StatusCode::kDataLoss));
  ASSERT_OK(SetCurrent(LockOf(layout()), ref));
  EXPECT_THAT(Takedowns::Read(layout()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("has 0 of the 3 lines on record")));
  index_.Publish({MakeArticle("a", "Bridge opens"), MakeArticle("c", "Harbour freezes")});
  EXPECT_THAT(Takedowns::Read(layout()), StatusIs(absl::StatusCode::kDataLoss));
  PutBack();
  ExpectAllIsWell();
}

TEST_F(LostTakedownsTest, ACurrentThatIsMadeAnewSaysAgainThatThereIsARecord) {
  const std::string current = ReadFile(layout().current());
  EXPECT_THAT(current, HasSubstr(" takedowns.record\n"));
  for (const char* content : {"", "garbage"}) {
    const GenerationRef ref = *ReadCurrent(layout());
    Write(layout().current(), content);
    ASSERT_OK(SetCurrent(LockOf(layout()), ref));
    EXPECT_EQ(ReadFile(layout().current()), current);
  }
}

TEST_F(LostTakedownsTest, ADamagedPublishedIsNoReasonToBelieveTheLines) {
  Write(published(), "3\n");
  EXPECT_THAT(Takedowns::Read(layout()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr(published().string())));
  EXPECT_OK(AcceptTakedownsLoss(layout(), absl::Now()));
  ExpectAllIsWell();
}

TEST(NewIndexTest, IsWatchedFromTheStart) {
  const TempDir dir;
  TinyIndex index(dir / "index");
  index.Publish({MakeArticle("a", "Bridge opens")});
  EXPECT_TRUE(Takedowns::Read(index.layout()).value()->recorded());
  // Nothing can have been lost.
  fs::remove(index.layout().takedowns());
  EXPECT_OK(Takedowns::Read(index.layout()));
  fs::remove(index.layout().takedowns_record());
  EXPECT_THAT(Takedowns::Read(index.layout()), StatusIs(absl::StatusCode::kDataLoss));
}

// Between any two steps of AddTakedowns.
TEST_F(LostTakedownsTest, WhatACrashLeavesIsReadAndMendedByTheNextTakedown) {
  const std::string old_lines = good_;
  const std::string old_record = good_record_;
  const std::string old_published = ReadFile(published());
  Add({"d", "e"});
  const std::string new_lines = ReadFile(lines());
  const std::string new_record = ReadFile(record());
  const std::string first_new = new_lines.substr(0, new_lines.find('\n', old_lines.size()) + 1);
  struct State {
    std::string name, lines, record, published;
    size_t ids;
  };
  for (const State& state : std::vector<State>{
           {"a line begun", old_lines + new_lines.substr(old_lines.size(), 40), old_record,
            old_published, 3},
           {"one line, and one begun", first_new + new_lines.substr(first_new.size(), 50),
            old_record, old_published, 4},
           {"lines", new_lines, old_record, old_published, 5},
           {"lines and record", new_lines, new_record, old_published, 5},
           {"all", new_lines, new_record, new_record, 5}}) {
    for (const std::string& left : {std::string(), new_record.substr(0, 12)}) {
      for (const char* id : {"d", "f"}) {
        SCOPED_TRACE(state.name + ", then takedown " + id);
        Write(lines(), state.lines);
        Write(record(), state.record);
        Write(published(), state.published);
        if (!left.empty()) Write(record().string() + ".new", left);
        EXPECT_EQ(Read()->ids().size(), state.ids);
        EXPECT_OK(TakeBackup(layout(), {.target = dir_ / "backup"}));
        fs::remove_all(dir_ / "backup");
        ASSERT_OK(TryToAdd(id));
        EXPECT_TRUE(Read()->Contains(id));
        const std::string text = ReadFile(lines());
        EXPECT_TRUE(text.ends_with('\n'));
        const std::string counted =
            EncodeTakedownsRecord(RecordOf(text, ParseTakedownLines(text).value()));
        EXPECT_EQ(ReadFile(record()), counted);
        EXPECT_EQ(ReadFile(published()), counted);
      }
    }
  }
}

TEST_F(LostTakedownsTest, AnIndexFromBeforeIsReadAsItIsAndPutOnRecordOnce) {
  MakeFromBefore();
  ExpectAllIsWell();
  EXPECT_FALSE(Read()->recorded());
  EXPECT_FALSE(fs::exists(record()));
  EXPECT_TRUE(UpgradeCurrent(LockOf(layout())).value());
  EXPECT_TRUE(Read()->recorded());
  EXPECT_FALSE(UpgradeCurrent(LockOf(layout())).value());
  EXPECT_EQ(ReadFile(record()), good_record_);
  ExpectAllIsWell();
  const auto before = Look();
  fs::remove(lines());
  fs::remove(record());
  ExpectNothingIsServed(*before);
}

TEST_F(LostTakedownsTest, AnIndexFromBeforeIsPutOnRecordByATakedownAndByPublishing) {
  MakeFromBefore();
  ASSERT_OK(TryToAdd("d"));
  // CURRENT is whoever holds the lock's to write.
  EXPECT_FALSE(ReadCurrentLine(layout())->takedowns_recorded);
  EXPECT_TRUE(Read()->recorded());
  Write(lines(), good_);
  EXPECT_THAT(Takedowns::Read(layout()), StatusIs(absl::StatusCode::kDataLoss));
  PutBack();
  MakeFromBefore();
  index_.Publish({MakeArticle("a", "Bridge opens"), MakeArticle("c", "Harbour freezes")});
  EXPECT_TRUE(ReadCurrentLine(layout())->takedowns_recorded);
  ExpectAllIsWell();
  Write(lines(), "");
  EXPECT_THAT(Takedowns::Read(layout()), StatusIs(absl::StatusCode::kDataLoss));
}

// A crash between any two steps of the upgrade.
TEST_F(LostTakedownsTest, AnUpgradeThatWasBrokenOffIsGoneOnWith) {
  const std::string repeated = ReadFile(published());
  for (const bool has_record : {false, true}) {
    for (const bool has_repeat : {false, true}) {
      SCOPED_TRACE(has_record);
      MakeFromBefore();
      if (has_record) Write(record(), good_record_);
      if (has_repeat) Write(published(), repeated);
      ExpectAllIsWell();
      EXPECT_TRUE(UpgradeCurrent(LockOf(layout())).value());
      ExpectAllIsWell();
      EXPECT_EQ(ReadFile(record()), good_record_);
    }
  }
}

TEST_F(LostTakedownsTest, DamagedLinesOfAnIndexFromBeforeAreNotPutOnRecord) {
  MakeFromBefore();
  Write(lines(), "rubbish\n");
  EXPECT_FALSE(UpgradeCurrent(LockOf(layout())).value());
  index_.Publish({MakeArticle("a", "Bridge opens"), MakeArticle("c", "Harbour freezes")});
  EXPECT_FALSE(ReadCurrentLine(layout())->takedowns_recorded);
  EXPECT_THAT(Takedowns::Read(layout()), StatusIs(absl::StatusCode::kDataLoss));
  // A copy of the lines is all that it takes.
  Write(lines(), good_);
  ExpectAllIsWell();
  EXPECT_TRUE(UpgradeCurrent(LockOf(layout())).value());
}

TEST_F(LostTakedownsTest, AnAcceptedLossIsCountedAndOverInEveryGeneration) {
  const GenerationRef first = *ReadCurrent(layout());
  index_.Publish({MakeArticle("a", "Bridge opens"), MakeArticle("c", "Harbour freezes")});
  for (const Damage& damage : AllWaysToLoseLines()) {
    SCOPED_TRACE(damage.name);
    damage.apply(lines());
    const auto loss = AcceptTakedownsLoss(layout(), absl::Now());
    ASSERT_OK(loss);
    EXPECT_THAT(loss->damage, StatusIs(absl::StatusCode::kDataLoss));
    EXPECT_EQ(loss->recorded, 3U);
    const auto left = Takedowns::Read(layout());
    ASSERT_OK(left);
    EXPECT_GE(loss->left, (*left)->ids().size());
    if (loss->recorded_are_left) {
      EXPECT_THAT((*left)->ids(), UnorderedElementsAre("a", "b", "gone"));
    }
    // There is a way back, and the list goes on.
    ASSERT_OK(SetCurrent(LockOf(layout()), first));
    EXPECT_OK(Takedowns::Read(layout()));
    ASSERT_OK(TryToAdd("a"));
    EXPECT_TRUE(Read()->Contains("a"));
    PutBack();
    fs::remove(layout().current());
    EXPECT_OK(AcceptTakedownsLoss(layout(), absl::Now()));
    ASSERT_OK(SetCurrent(LockOf(layout()), first));
    ExpectAllIsWell();
    for (const auto& file : {loss->kept_lines, loss->kept_record}) fs::remove_all(file);
  }
}

TEST_F(LostTakedownsTest, AcceptingKeepsEveryLineThatCanBeReadAndWhatCannot) {
  std::vector<std::string> three = LinesOf(lines());
  three[1][40] = '\0';
  const std::string damaged =
      three[0] + three[1] + "rubbish\n" + three[2].substr(0, three[2].size() - 1);
  Write(lines(), damaged);
  const auto loss = AcceptTakedownsLoss(layout(), absl::Now());
  ASSERT_OK(loss);
  EXPECT_THAT(Read()->ids(), UnorderedElementsAre("a", "gone"));
  EXPECT_EQ(loss->recorded, 3U);
  EXPECT_EQ(loss->left, 2U);
  EXPECT_FALSE(loss->recorded_are_left);
  EXPECT_EQ(ReadFile(loss->kept_lines), damaged);
}

TEST_F(LostTakedownsTest, ThereIsNothingToAcceptWhereNothingIsLost) {
  for (const bool from_before : {false, true}) {
    if (from_before) MakeFromBefore();
    const auto loss = AcceptTakedownsLoss(layout(), absl::Now());
    ASSERT_OK(loss);
    EXPECT_OK(loss->damage);
    EXPECT_EQ(loss->left, 3U);
    EXPECT_EQ(ReadFile(lines()), good_);
    EXPECT_EQ(fs::exists(record()), !from_before);
  }
}

// Lines and record without which is which: nobody knows how many there were.
TEST_F(LostTakedownsTest, WhereNoRecordIsLeftItIsSaidThatTheLossIsUnknown) {
  fs::remove(lines());
  fs::remove(record());
  Write(published(), "");
  EXPECT_THAT(Takedowns::Read(layout()), StatusIs(absl::StatusCode::kDataLoss));
  const auto loss = AcceptTakedownsLoss(layout(), absl::Now());
  ASSERT_OK(loss);
  EXPECT_EQ(loss->recorded, std::nullopt);
  EXPECT_EQ(loss->left, 0U);
  EXPECT_OK(Takedowns::Read(layout()));
}

// A crash between two steps of AcceptTakedownsLoss: it is damaged still, and accepted again.
TEST_F(LostTakedownsTest, AnAcceptanceThatWasBrokenOffIsNone) {
  const std::string one = LinesOf(lines()).front();
  Write(lines(), one);
  EXPECT_THAT(Takedowns::Read(layout()), StatusIs(absl::StatusCode::kDataLoss));
  Write(record(), EncodeTakedownsRecord(RecordOf(one, ParseTakedownLines(one).value())));
  EXPECT_THAT(Takedowns::Read(layout()), StatusIs(absl::StatusCode::kDataLoss));
  ASSERT_OK(AcceptTakedownsLoss(layout(), absl::Now()));
  EXPECT_THAT(Read()->ids(), UnorderedElementsAre("a"));
}

TEST_F(LostTakedownsTest, AFullDiskIsSaidToHaveKeptItOffTheRecord) {
  fs::create_symlink("/dev/full", record().string() + ".new");
  EXPECT_THAT(TryToAdd("d"), StatusIs(absl::StatusCode::kResourceExhausted,
                                      AllOf(HasSubstr("taken down, but not put on record: "),
                                            HasSubstr("disk full"))));
  EXPECT_TRUE(Read()->Contains("d"));
  fs::remove(record().string() + ".new");
  EXPECT_EQ(*TryToAdd("d"), 0U);
  Write(lines(), good_);
  EXPECT_THAT(Takedowns::Read(layout()), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(LostTakedownsTest, WhoeverCouldReadTheLinesCanReadTheirRecord) {
  MakeFromBefore();
  const mode_t before = ::umask(077);
  EXPECT_OK(TryToAdd("d"));
  EXPECT_OK(UpgradeCurrent(LockOf(layout())));
  EXPECT_OK(TryToAdd("e"));
  ::umask(before);
  for (const fs::path& file : {lines(), record(), published(), layout().current()}) {
    EXPECT_EQ(fs::status(file).permissions(), fs::perms(0644)) << file;
  }
}

// The lines and their record are two files, and readers lock neither.
TEST_F(LostTakedownsTest, ReadersBesideWhoAddsAndWhoPublishesSeeNoDamage) {
  std::atomic<int> ended = 0;
  const auto add = [&](const std::string& who) {
    for (int i = 0; i < 60; ++i) EXPECT_OK(TryToAdd(who + std::to_string(i)));
    ++ended;
  };
  std::thread first(add, "x");
  std::thread second(add, "y");
  size_t seen = 3;
  while (ended < 2) {
    EXPECT_OK(SetCurrent(LockOf(layout()), *ReadCurrent(layout())));
    const auto read = Takedowns::Read(layout());
    EXPECT_OK(read);
    if (!read.ok()) break;
    EXPECT_GE((*read)->ids().size(), seen);
    seen = (*read)->ids().size();
  }
  first.join();
  second.join();
  EXPECT_EQ(Read()->ids().size(), 123U);
  EXPECT_EQ(LinesOf(lines()).size(), 123U);
  EXPECT_EQ(ReadTakedownsRecord(record()).value()->lines, 123U);
}

// First of all, of an index from before: whoever comes first makes the record.
TEST_F(LostTakedownsTest, TheFirstRecordIsMadeByOneAtATime) {
  for (int round = 0; round < 20; ++round) {
    MakeFromBefore();
    std::thread adder([&] { EXPECT_OK(TryToAdd("round " + std::to_string(round))); });
    EXPECT_OK(UpgradeCurrent(LockOf(layout())));
    adder.join();
    EXPECT_OK(Takedowns::Read(layout()));
    EXPECT_TRUE(ReadCurrentLine(layout())->takedowns_recorded);
    EXPECT_EQ(ReadTakedownsRecord(record()).value()->lines, LinesOf(lines()).size());
  }
}

}  // namespace
}  // namespace broadsheet::storage
