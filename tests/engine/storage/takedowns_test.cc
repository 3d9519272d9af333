// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/takedowns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/time/clock.h"
#include "engine/storage/live_check.h"
#include "engine/storage/snapshot.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/tiny_index.h"

namespace broadsheet::storage {
namespace {

using ::broadsheet::testing::MakeArticle;
using ::broadsheet::testing::ReadFile;
using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::broadsheet::testing::TinyIndex;
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
  std::ofstream(index_.layout().takedowns(), std::ios::app) << whole.substr(0, 20);
  EXPECT_THAT(Read()->ids(), UnorderedElementsAre("a"));
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

}  // namespace
}  // namespace broadsheet::storage
