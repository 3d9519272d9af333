// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live/live_database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>

#include "engine/storage/index/index_lock.h"
#include "tests/testing/lock_of.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/tiny_index.h"

namespace broadsheet::storage {
namespace {

using ::broadsheet::testing::IsOk;
using ::broadsheet::testing::LockOf;
using ::broadsheet::testing::MakeArticle;
using ::broadsheet::testing::MakeLiveDocument;
using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::broadsheet::testing::TinyIndex;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class LiveDatabaseTest : public ::testing::Test {
 protected:
  LiveDatabaseTest() : index_(dir_ / "index") {
    index_.Publish({MakeArticle("a", "Bridge opens"), MakeArticle("b", "Ferry sails")});
    generation_ = Generation::OpenCurrent(index_.layout()).value();
    lock_.emplace(LockOf(index_.layout()));
    Reopen();
  }

  // As after a crash: what was not committed is gone.
  void Reopen() {
    database_.reset();
    database_ = LiveDatabase::Open(generation_, *lock_).value();
  }

  absl::Status Put(const std::string& id, const std::string& headline) {
    const v1::Article article = MakeArticle(id, headline);
    const auto stored = database_->Find(id);
    const auto old = stored.ok() ? std::optional(stored->doc) : std::nullopt;
    return database_->Put(id, old, MakeLiveDocument(article)).status();
  }
  absl::Status Remove(const std::string& id, int64_t version) {
    const auto stored = database_->Find(id);
    if (!stored.ok()) return stored.status();
    return database_->Remove({.id = id, .version = version}, stored->doc);
  }
  // What the writer finds, with what is pending: "" when there is none.
  std::string Found(const std::string& id) {
    const auto stored = database_->Find(id);
    return stored.ok() ? stored->article.headline() : "";
  }

  // What readers find, who see what is committed.
  std::string Read(const std::string& id) const {
    const auto snapshot = Snapshot::Open(generation_).value();
    const auto doc = snapshot->FindId(id);
    return doc.ok() ? snapshot->ReadArticle(*doc)->headline() : "";
  }
  uint64_t CountRead() const { return Snapshot::Open(generation_).value()->article_count(); }
  std::vector<Deletion> Deletions() const {
    return Snapshot::Open(generation_).value()->ReadDeletions();
  }
  bool LiveIsThere() const { return std::filesystem::exists(generation_->folder() / kLiveName); }

  const TempDir dir_;
  TinyIndex index_;
  std::shared_ptr<const Generation> generation_;
  std::optional<IndexLock> lock_;
  std::unique_ptr<LiveDatabase> database_;
};

TEST_F(LiveDatabaseTest, LookingUpMakesNoLiveFolder) {
  EXPECT_EQ(Found("a"), "Bridge opens");
  EXPECT_EQ(Found("nowhere"), "");
  EXPECT_THAT(database_->Find("nowhere"), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_OK(database_->Commit());
  EXPECT_FALSE(LiveIsThere());
}

TEST_F(LiveDatabaseTest, TheWriterSeesWhatIsPendingAndReadersWhatIsCommitted) {
  ASSERT_OK(Put("a", "Bridge closes"));
  ASSERT_OK(Put("c", "Tunnel dug"));
  EXPECT_EQ(Found("a"), "Bridge closes");
  EXPECT_EQ(Found("c"), "Tunnel dug");
  EXPECT_EQ(Read("a"), "Bridge opens");
  EXPECT_EQ(Read("c"), "");
  ASSERT_OK(database_->Commit());
  EXPECT_EQ(Read("a"), "Bridge closes");
  EXPECT_EQ(Read("b"), "Ferry sails");
  EXPECT_EQ(Read("c"), "Tunnel dug");
  EXPECT_EQ(CountRead(), 3U);
}

TEST_F(LiveDatabaseTest, AnArticleOfLiveIsReplacedThere) {
  ASSERT_OK(Put("c", "Tunnel dug"));
  ASSERT_OK(database_->Commit());
  ASSERT_OK(Put("c", "Tunnel opens"));
  ASSERT_OK(Put("a", "Bridge closes"));
  ASSERT_OK(Put("a", "Bridge opens again"));
  ASSERT_OK(database_->Commit());
  EXPECT_EQ(Read("c"), "Tunnel opens");
  EXPECT_EQ(Read("a"), "Bridge opens again");
  EXPECT_EQ(CountRead(), 3U);
}

TEST_F(LiveDatabaseTest, ARemovedArticleIsGoneFromBaseAndFromLiveAndRemembered) {
  ASSERT_OK(Put("c", "Tunnel dug"));
  ASSERT_OK(database_->Commit());
  ASSERT_OK(Remove("a", 5));
  ASSERT_OK(Remove("c", 6));
  EXPECT_EQ(Found("a"), "");
  ASSERT_OK(database_->Commit());
  EXPECT_EQ(Read("a"), "");
  EXPECT_EQ(Read("c"), "");
  EXPECT_EQ(CountRead(), 1U);
  EXPECT_THAT(Deletions(), ::testing::UnorderedElementsAre(Deletion{.id = "a", .version = 5},
                                                           Deletion{.id = "c", .version = 6}));
}

TEST_F(LiveDatabaseTest, APutForgetsThatTheIdWasDeleted) {
  ASSERT_OK(Remove("a", 5));
  ASSERT_OK(database_->Remember({.id = "elsewhere", .version = 7}));
  ASSERT_OK(database_->Commit());
  ASSERT_OK(Put("a", "Bridge opens again"));
  ASSERT_OK(database_->Commit());
  EXPECT_THAT(Deletions(), ElementsAre(Deletion{.id = "elsewhere", .version = 7}));
  EXPECT_EQ(Read("a"), "Bridge opens again");
}

TEST_F(LiveDatabaseTest, WhatWasNotCommittedIsGoneAfterACrash) {
  ASSERT_OK(Put("c", "Tunnel dug"));
  ASSERT_OK(database_->Commit());
  ASSERT_OK(Put("c", "Tunnel opens"));
  ASSERT_OK(Remove("a", 5));
  Reopen();
  EXPECT_EQ(Found("c"), "Tunnel dug");
  EXPECT_EQ(Found("a"), "Bridge opens");
  EXPECT_THAT(Deletions(), IsEmpty());
}

TEST_F(LiveDatabaseTest, ARefusedDocumentDropsWhatIsPendingAndTheNextCallGoesOn) {
  ASSERT_OK(Put("c", "Tunnel dug"));
  ASSERT_OK(database_->Commit());
  ASSERT_OK(Put("a", "Bridge closes"));
  Xapian::Document refused = MakeLiveDocument(MakeArticle("d", "Road built"));
  refused.add_term(std::string(300, 'x'));
  EXPECT_THAT(database_->Put("d", std::nullopt, refused),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(Found("a"), "Bridge opens");
  EXPECT_EQ(Found("c"), "Tunnel dug");
  ASSERT_OK(Put("a", "Bridge closes after all"));
  ASSERT_OK(database_->Commit());
  EXPECT_EQ(Read("a"), "Bridge closes after all");
  EXPECT_EQ(Read("c"), "Tunnel dug");
  EXPECT_EQ(Read("d"), "");
}

TEST_F(LiveDatabaseTest, ADamagedLiveDatabaseIsNotWrittenTo) {
  ASSERT_OK(Put("c", "Tunnel dug"));
  ASSERT_OK(database_->Commit());
  database_.reset();
  std::filesystem::resize_file(generation_->folder() / kLiveName / "iamglass", 10);
  EXPECT_THAT(LiveDatabase::Open(generation_, *lock_), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace broadsheet::storage
