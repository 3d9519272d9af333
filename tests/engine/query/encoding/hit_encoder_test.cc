// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/encoding/hit_encoder.h"

#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "engine/storage/base/article_wire.h"
#include "engine/storage/base/generation.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/tiny_index.h"

namespace broadsheet::query {
namespace {

using ::broadsheet::testing::MakeArticle;
using ::broadsheet::testing::StatusIs;
using ::google::protobuf::util::MessageDifferencer;

constexpr storage::DocRef kFirst{.segment = storage::Segment::kBase, .docid = 1};
constexpr storage::DocRef kFirstOfLive{.segment = storage::Segment::kLive, .docid = 1};

v1::Article Lighthouse() {
  v1::Article article = MakeArticle("light", "Lighthouse is lit", "The keeper lit the lamp.");
  v1::Byline* const byline = article.add_bylines();
  byline->set_name("Odile Marsh");
  byline->set_organisation("Quay Press");
  v1::Caption* const caption = article.add_captions();
  caption->set_text("The lamp");
  caption->set_credit("P. Sandoval");
  (*article.mutable_labels())["desk"] = "coast";
  return article;
}

// The mask of the paths; what it is made of is right.
ReadMask MaskOf(const std::vector<std::string>& paths) {
  google::protobuf::FieldMask mask;
  for (const std::string& path : paths) mask.add_paths(path);
  absl::StatusOr<ReadMask> made = ReadMask::From(mask);
  EXPECT_OK(made);
  return *made;
}

class HitEncoderTest : public ::testing::Test {
 protected:
  HitEncoderTest() : index_(dir_ / "index") {
    index_.Publish({Lighthouse()});
    index_.WriteLive({MakeArticle("ebb", "The tide is out", "Boats lie on the mud.")});
    snapshot_ =
        storage::Snapshot::Open(storage::Generation::OpenCurrent(index_.layout()).value()).value();
  }

  // The answer whose one hit shows the article of `doc`.
  v1::SearchArticlesResponse Encoded(const ReadMask& mask, storage::DocRef doc = kFirst,
                                     const v1::Hit& hit = {}) {
    std::string card;
    EXPECT_OK(snapshot_->ReadCard(doc, &card));
    HitEncoder encoder(*snapshot_, mask);
    std::string bytes;
    EXPECT_OK(encoder.Append(hit, doc, card, &bytes));
    v1::SearchArticlesResponse response;
    EXPECT_TRUE(response.ParseFromString(bytes));
    EXPECT_EQ(response.hits_size(), 1);
    return response;
  }

  testing::TempDir dir_;
  testing::TinyIndex index_;
  std::unique_ptr<storage::Snapshot> snapshot_;
};

TEST_F(HitEncoderTest, ShowsTheArticleAsAParserWouldMaskIt) {
  const std::vector<ReadMask> masks = {ReadMask::Everything(),
                                       ReadMask::AllButBody(),
                                       MaskOf({}),
                                       MaskOf({"*"}),
                                       MaskOf({"headline", "body"}),
                                       MaskOf({"bylines"}),
                                       MaskOf({"captions", "labels"}),
                                       MaskOf({"id"})};
  for (size_t i = 0; i < masks.size(); ++i) {
    v1::Article wanted = Lighthouse();
    masks[i].Apply(&wanted);
    const v1::SearchArticlesResponse response = Encoded(masks[i]);
    EXPECT_TRUE(MessageDifferencer::Equals(response.hits(0).article(), wanted))
        << i << ": " << response.ShortDebugString();
  }
}

TEST_F(HitEncoderTest, AnEmptyMaskLeavesTheIdAlone) {
  const v1::Article shown = Encoded(MaskOf({})).hits(0).article();
  v1::Article id_alone;
  id_alone.set_id("light");
  EXPECT_TRUE(MessageDifferencer::Equals(shown, id_alone)) << shown.ShortDebugString();
}

TEST_F(HitEncoderTest, AMessageInsideAnArticleIsShownWholeOrNotAtAll) {
  const v1::Article shown = Encoded(MaskOf({"bylines"})).hits(0).article();
  ASSERT_EQ(shown.bylines_size(), 1);
  EXPECT_EQ(shown.bylines(0).organisation(), "Quay Press");
  EXPECT_EQ(shown.captions_size(), 0);
  google::protobuf::FieldMask inside;
  inside.add_paths("bylines.name");
  EXPECT_THAT(ReadMask::From(inside), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(HitEncoderTest, WhatElseAHitHasStandsBesideItsArticle) {
  v1::Hit hit;
  hit.set_score(2.5);
  hit.set_explanation("two words");
  hit.add_fragments()->add_segments()->set_text("lit the lamp");
  const v1::Hit shown = Encoded(ReadMask::Everything(), kFirst, hit).hits(0);
  EXPECT_EQ(shown.article().body(), "The keeper lit the lamp.");
  hit.mutable_article()->CopyFrom(Lighthouse());
  EXPECT_TRUE(MessageDifferencer::Equals(shown, hit)) << shown.ShortDebugString();
}

TEST_F(HitEncoderTest, ArticlesOfLiveAreShownAlike) {
  const v1::Article shown = Encoded(ReadMask::Everything(), kFirstOfLive).hits(0).article();
  EXPECT_EQ(shown.headline(), "The tide is out");
  EXPECT_EQ(shown.body(), "Boats lie on the mud.");
  EXPECT_EQ(Encoded(ReadMask::AllButBody(), kFirstOfLive).hits(0).article().body(), "");
}

TEST_F(HitEncoderTest, HitsFollowTheRestOfTheirAnswerInOrder) {
  v1::SearchArticlesResponse rest;
  rest.set_generation("a build");
  rest.mutable_total()->set_value(2);
  std::string bytes = rest.SerializeAsString();
  const ReadMask mask = ReadMask::AllButBody();
  HitEncoder encoder(*snapshot_, mask);
  for (const storage::DocRef doc : {kFirstOfLive, kFirst}) {
    std::string card;
    ASSERT_OK(snapshot_->ReadCard(doc, &card));
    ASSERT_OK(encoder.Append({}, doc, card, &bytes));
  }
  v1::SearchArticlesResponse response;
  ASSERT_TRUE(response.ParseFromString(bytes));
  EXPECT_EQ(response.generation(), "a build");
  EXPECT_EQ(response.total().value(), 2);
  ASSERT_EQ(response.hits_size(), 2);
  EXPECT_EQ(response.hits(0).article().id(), "ebb");
  EXPECT_EQ(response.hits(1).article().id(), "light");
}

// What a later version has stored is for clients of that version; a mask leaves out what it can
// name.
TEST_F(HitEncoderTest, FieldsThatItDoesNotKnowAreShown) {
  std::string card;
  ASSERT_OK(snapshot_->ReadCard(kFirst, &card));
  for (const int number : {60, 111}) storage::AppendWireField(number, "new", &card);
  const ReadMask mask = MaskOf({"headline"});
  std::string article;
  ASSERT_TRUE(mask.AppendWanted(card, &article));
  v1::Article known;
  known.set_id("light");
  known.set_headline("Lighthouse is lit");
  std::string wanted = known.SerializeAsString();
  for (const int number : {60, 111}) storage::AppendWireField(number, "new", &wanted);
  EXPECT_EQ(article, wanted);
}

TEST_F(HitEncoderTest, ADamagedCardIsAnErrorAndNoHit) {
  std::string card;
  ASSERT_OK(snapshot_->ReadCard(kFirst, &card));
  const ReadMask mask = ReadMask::Everything();
  HitEncoder encoder(*snapshot_, mask);
  std::string bytes;
  EXPECT_THAT(encoder.Append({}, kFirst, card.substr(0, card.size() - 1), &bytes),
              StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(encoder.Append({}, kFirst, "\xff", &bytes), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ(bytes, "");
  ASSERT_OK(encoder.Append({}, kFirst, card, &bytes));
  v1::SearchArticlesResponse response;
  ASSERT_TRUE(response.ParseFromString(bytes));
  EXPECT_TRUE(MessageDifferencer::Equals(response.hits(0).article(), Lighthouse()));
}

}  // namespace
}  // namespace broadsheet::query
