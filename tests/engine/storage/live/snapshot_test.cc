// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live/snapshot.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>

#include "engine/storage/live/tombstone.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/tiny_index.h"

namespace broadsheet::storage {
namespace {

using ::broadsheet::testing::IsOk;
using ::broadsheet::testing::MakeArticle;
using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::broadsheet::testing::TinyIndex;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class SnapshotTest : public ::testing::Test {
 protected:
  SnapshotTest() : index_(dir_ / "index") {
    index_.Publish({MakeArticle("a", "Bridge opens"), MakeArticle("b", "Bridge closes"),
                    MakeArticle("c", "Harbour freezes")});
  }

  std::unique_ptr<Snapshot> Open() {
    const auto generation = Generation::OpenCurrent(index_.layout());
    EXPECT_OK(generation);
    auto snapshot = Snapshot::Open(*generation);
    EXPECT_OK(snapshot);
    return *std::move(snapshot);
  }

  // Headlines of the visible documents that hold `term`, through both().
  static std::set<std::string> Search(const Snapshot& snapshot, const std::string& term) {
    std::set<std::string> headlines;
    const Xapian::Database& both = snapshot.both();
    for (auto docid = both.postlist_begin(term); docid != both.postlist_end(term); ++docid) {
      const DocRef doc = snapshot.FromBoth(*docid);
      if (snapshot.IsSuperseded(doc)) continue;
      headlines.insert(snapshot.ReadArticle(doc)->headline());
    }
    return headlines;
  }

  TempDir dir_;
  TinyIndex index_;
};

TEST_F(SnapshotTest, ReadsBaseAloneWhileNothingWasWrittenSince) {
  const auto snapshot = Open();
  EXPECT_FALSE(snapshot->has_live());
  EXPECT_FALSE(snapshot->has_superseded());
  EXPECT_EQ(snapshot->article_count(), 3U);
  EXPECT_EQ(snapshot->both().get_doccount(), 3U);
  EXPECT_EQ(snapshot->FromBoth(2), (DocRef{.segment = Segment::kBase, .docid = 2}));
  EXPECT_THAT(Search(*snapshot, "bridg"), ElementsAre("Bridge closes", "Bridge opens"));
}

TEST_F(SnapshotTest, AnArticleInLiveHidesTheOneItReplaces) {
  index_.WriteLive({MakeArticle("b", "Bridge closes for good"), MakeArticle("d", "New bridge")},
                   {2});
  const auto snapshot = Open();
  EXPECT_TRUE(snapshot->has_live());
  EXPECT_TRUE(snapshot->IsSuperseded({Segment::kBase, 2}));
  EXPECT_FALSE(snapshot->IsSuperseded({Segment::kBase, 1}));
  EXPECT_FALSE(snapshot->IsSuperseded({Segment::kBase, 4}));
  EXPECT_EQ(snapshot->article_count(), 4U);
  EXPECT_THAT(Search(*snapshot, "bridg"),
              ElementsAre("Bridge closes for good", "Bridge opens", "New bridge"));
}

TEST_F(SnapshotTest, ADeletionLeavesATombstoneWithoutALiveArticle) {
  index_.WriteLive({}, {1});
  const auto snapshot = Open();
  EXPECT_FALSE(snapshot->has_live());
  EXPECT_TRUE(snapshot->has_superseded());
  EXPECT_EQ(snapshot->article_count(), 2U);
  EXPECT_THAT(Search(*snapshot, "bridg"), ElementsAre("Bridge closes"));
  EXPECT_THAT(snapshot->FindId("a"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(SnapshotTest, TombstonesOfNoDocumentOfThisBaseHideNothing) {
  index_.WriteLive({}, {4, 4'000'000'000});
  const auto snapshot = Open();
  EXPECT_EQ(snapshot->article_count(), 3U);
}

TEST_F(SnapshotTest, StaysAsItWasWhenLiveIsWrittenTo) {
  index_.WriteLive({MakeArticle("d", "First")});
  const auto before = Open();
  index_.WriteLive({MakeArticle("e", "Second")}, {3});
  EXPECT_EQ(before->article_count(), 4U);
  EXPECT_FALSE(before->IsSuperseded({Segment::kBase, 3}));
  EXPECT_EQ(Open()->article_count(), 4U);
  EXPECT_TRUE(Open()->IsSuperseded({Segment::kBase, 3}));
}

TEST_F(SnapshotTest, ReadsTokensOfBaseAndLive) {
  index_.WriteLive({MakeArticle("d", "Bridge opens")});
  const auto snapshot = Open();
  const TokenRun base = snapshot->ReadTokens({.segment = Segment::kBase, .docid = 1});
  const TokenRun live = snapshot->ReadTokens({.segment = Segment::kLive, .docid = 1});
  ASSERT_EQ(base.size(), 3U);
  EXPECT_TRUE(std::equal(base.begin(), base.end(), live.begin(), live.end()));
  EXPECT_EQ(FieldOfMark(base[0]), schema::FieldId::kHeadline);
}

TEST_F(SnapshotTest, FindsAnArticleByItsIdWhereverItIs) {
  index_.WriteLive({MakeArticle("b", "Bridge closes for good")}, {2});
  const auto snapshot = Open();
  EXPECT_EQ(*snapshot->FindId("a"), (DocRef{.segment = Segment::kBase, .docid = 1}));
  EXPECT_EQ(*snapshot->FindId("b"), (DocRef{.segment = Segment::kLive, .docid = 1}));
  EXPECT_THAT(snapshot->FindId("A"),
              StatusIs(absl::StatusCode::kNotFound, "there is no article with id \"A\""));
  EXPECT_THAT(snapshot->FindId(""), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(SnapshotTest, FindsIdsLongerThanAXapianTerm) {
  const std::string id(900, 'x');
  index_.Publish({MakeArticle(id + "1", "One"), MakeArticle(id + "2", "Two")});
  const auto snapshot = Open();
  EXPECT_EQ(snapshot->FindId(id + "2")->docid, 2U);
  EXPECT_THAT(snapshot->FindId(id + "3"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(SnapshotTest, NamesTheGenerationWhoseDatabaseIsGone) {
  const auto generation = Generation::OpenCurrent(index_.layout());
  ASSERT_OK(generation);
  std::filesystem::remove(index_.base() / "iamglass");
  EXPECT_THAT(Snapshot::Open(*generation),
              StatusIs(absl::StatusCode::kNotFound,
                       HasSubstr("cannot open generation " + index_.current_folder().string())));
}

TEST(TombstoneTest, KeysSortLikeDocidsAndReadBack) {
  EXPECT_EQ(TombstoneKey(0x01020304), std::string("t\x01\x02\x03\x04"));
  EXPECT_LT(TombstoneKey(255), TombstoneKey(256));
  EXPECT_EQ(DocidOfTombstone(TombstoneKey(4'000'000'000)), 4'000'000'000U);
  EXPECT_EQ(DocidOfTombstone("t"), 0U);
  EXPECT_EQ(DocidOfTombstone("other"), 0U);
  EXPECT_EQ(DocidOfTombstone("t12345"), 0U);
}

}  // namespace
}  // namespace broadsheet::storage
