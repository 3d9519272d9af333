// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live/snapshot.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "engine/schema/terms.h"
#include "engine/storage/live/tombstone.h"
#include "tests/testing/packed_run.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/tiny_index.h"

namespace broadsheet::storage {
namespace {

using ::broadsheet::testing::CodesOf;
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

TEST_F(SnapshotTest, ARestrictedOneBarsAllThatIsNotPermitted) {
  index_.WriteLive({MakeArticle("d", "First"), MakeArticle("e", "Second")}, {3});
  const auto snapshot = Open();
  const std::string unrestricted = snapshot->identity();
  EXPECT_TRUE(snapshot->FindId("d").ok());
  auto base = std::make_shared<DocumentSet>(snapshot->base().get_lastdocid());
  base->Add(2);
  base->Add(3);
  DocumentSet live(snapshot->live().get_lastdocid());
  live.Add(snapshot->FindId("e")->docid);
  snapshot->Restrict("a licence", {.base = base, .live = live});
  EXPECT_TRUE(snapshot->has_barred());
  EXPECT_TRUE(snapshot->IsBarred({Segment::kBase, 1}));
  EXPECT_FALSE(snapshot->IsBarred({Segment::kBase, 2}));
  // Replaced, though it is permitted.
  EXPECT_TRUE(snapshot->IsBarred({Segment::kBase, 3}));
  EXPECT_THAT(snapshot->FindId("d"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_TRUE(snapshot->FindId("e").ok());
  EXPECT_NE(snapshot->identity(), unrestricted);
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
  EXPECT_EQ(CodesOf(base), CodesOf(live));
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

// 20 articles of base say "Bridge"; those of live say "Harbour".
class FrequenciesTest : public ::testing::Test {
 protected:
  FrequenciesTest() : index_(dir_ / "index") {
    std::vector<v1::Article> articles;
    for (int i = 0; i < 20; ++i) articles.push_back(MakeArticle("b" + std::to_string(i), "Bridge"));
    index_.Publish(articles);
    generation_ = *Generation::OpenCurrent(index_.layout());
  }

  // Writes articles to live until it has so many, and opens what a searcher sees then.
  void GrowLiveTo(int count) {
    std::vector<v1::Article> articles;
    for (; in_live_ < count; ++in_live_) {
      articles.push_back(MakeArticle("h" + std::to_string(in_live_), "Harbour"));
    }
    index_.WriteLive(articles);
    auto opened = Snapshot::Open(generation_, snapshot_.get());
    ASSERT_OK(opened);
    snapshot_ = *std::move(opened);
  }
  double CountOf(const std::string& term) {
    const uint64_t seed = generation_->manifest().token_seed;
    return DocumentFrequencies::CountOfLevel(
        snapshot_->Frequencies()->LevelOf(HashTerm(term, seed)));
  }

  TempDir dir_;
  TinyIndex index_;
  std::shared_ptr<const Generation> generation_;
  std::unique_ptr<Snapshot> snapshot_;
  int in_live_ = 0;
};

TEST_F(FrequenciesTest, AreThoseOfBaseWhileLiveHasFewDocuments) {
  GrowLiveTo(2);
  EXPECT_NEAR(CountOf("bridg"), 20, 1);
  EXPECT_EQ(CountOf("harbour"), 1);
  EXPECT_EQ(snapshot_->Frequencies(), generation_->Frequencies(snapshot_->base()));
}

TEST_F(FrequenciesTest, AreSharedByTheSnapshotsOfAGeneration) {
  GrowLiveTo(0);
  const auto other = Snapshot::Open(generation_);
  ASSERT_OK(other);
  EXPECT_EQ(snapshot_->Frequencies(), (*other)->Frequencies());
  const auto before = snapshot_->Frequencies();
  GrowLiveTo(1);
  EXPECT_EQ(snapshot_->Frequencies(), before);
}

TEST_F(FrequenciesTest, CountLiveWhereItIsLarge) {
  GrowLiveTo(10);
  EXPECT_NEAR(CountOf("harbour"), 10, 0.5);
  EXPECT_NEAR(CountOf("bridg"), 20, 1);
}

TEST_F(FrequenciesTest, AreCountedAnewWhenTheArticlesHaveGrownByAQuarter) {
  GrowLiveTo(4);
  const auto first = snapshot_->Frequencies();
  EXPECT_NEAR(CountOf("harbour"), 4, 0.2);
  GrowLiveTo(10);  // 30 articles in place of 24
  EXPECT_EQ(snapshot_->Frequencies(), first);
  GrowLiveTo(11);
  EXPECT_NE(snapshot_->Frequencies(), first);
  EXPECT_NEAR(CountOf("harbour"), 11, 0.5);
  EXPECT_EQ(first.use_count(), 1) << "what was counted before is let go";
}

TEST_F(FrequenciesTest, OfOneGenerationAreNotTakenForAnother) {
  GrowLiveTo(10);
  const auto first = snapshot_->Frequencies();
  index_.Publish({MakeArticle("x", "Tunnel"), MakeArticle("y", "Tunnel")});
  generation_ = *Generation::OpenCurrent(index_.layout());
  GrowLiveTo(10);
  EXPECT_EQ(CountOf("tunnel"), 2);
  EXPECT_EQ(CountOf("harbour"), 1);
}

TEST(TombstoneTest, KeysSortLikeDocidsAndReadBack) {
  EXPECT_EQ(TombstoneKey(0x01020304), std::string("t\x01\x02\x03\x04"));
  EXPECT_LT(TombstoneKey(255), TombstoneKey(256));
  EXPECT_EQ(DocidOfTombstone(TombstoneKey(4'000'000'000)), 4'000'000'000U);
  EXPECT_EQ(DocidOfTombstone("t"), 0U);
  EXPECT_EQ(DocidOfTombstone("other"), 0U);
  EXPECT_EQ(DocidOfTombstone("t12345"), 0U);
}

TEST_F(SnapshotTest, KnowsWhetherAnythingIsWithheldAndWhenTheLastEmbargoEnds) {
  EXPECT_FALSE(Open()->has_withheld());
  EXPECT_EQ(Open()->last_embargo(), "");
  v1::Article early = MakeArticle("early", "Bridge is painted");
  early.mutable_embargo_time()->set_seconds(1000);
  v1::Article late = MakeArticle("late", "Bridge is sold");
  late.mutable_embargo_time()->set_seconds(70'000);
  index_.Publish({early, MakeArticle("a", "Bridge opens")});
  EXPECT_EQ(Open()->last_embargo(), schema::EncodeSeconds(1000));
  index_.WriteLive({late});
  EXPECT_EQ(Open()->last_embargo(), schema::EncodeSeconds(70'000));
  v1::Article draft = MakeArticle("draft", "Bridge is a draft");
  draft.set_status(v1::Article::STATUS_WITHHELD);
  index_.Publish({MakeArticle("a", "Bridge opens")});
  EXPECT_FALSE(Open()->has_withheld());
  index_.WriteLive({draft});
  EXPECT_TRUE(Open()->has_withheld());
}

}  // namespace
}  // namespace broadsheet::storage
