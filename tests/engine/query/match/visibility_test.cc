// SPDX-License-Identifier: GPL-3.0-or-later
// What nobody may see: articles that are withheld, cancelled, under embargo or taken down are not
// found, read, counted, reached by wildcards, suggested or listed.
#include <string>

#include "engine/storage/index/takedowns.h"
#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

using ::testing::ElementsAre;

class VisibilityTest : public SearchFixture {
 protected:
  void SetUp() override {
    Add("shown", {.headline = "budget vote", .tags = {"Budget"}});
    Add("withheld", {.headline = "budget leak", .status = v1::Article::STATUS_WITHHELD});
    Add("cancelled", {.headline = "budget error", .status = v1::Article::STATUS_CANCELLED});
    Add("embargoed", {.headline = "budget speech", .embargo_seconds = 1'718'784'000});
  }

  void SetNow(int64_t seconds) { call_.now = absl::FromUnixSeconds(seconds); }
  bool CanGet(const std::string& id) {
    v1::GetArticleRequest request;
    request.set_id(id);
    return searcher().Get(request, call_).ok();
  }
};

TEST_F(VisibilityTest, WithheldAndCancelledArticlesAreNeitherFoundNorRead) {
  EXPECT_EQ(Search("leak OR error"), "");
  EXPECT_EQ(Search("-vote -speech"), "");
  EXPECT_FALSE(CanGet("withheld"));
  EXPECT_FALSE(CanGet("cancelled"));
  v1::BatchGetArticlesRequest batch;
  batch.add_ids("withheld");
  const auto several = searcher().BatchGet(batch, call_);
  ASSERT_OK(several);
  EXPECT_THAT(several->missing_ids(), ElementsAre("withheld"));
}

TEST_F(VisibilityTest, AnEmbargoEndsByItself) {
  SetNow(1'718'783'999);
  EXPECT_EQ(Search("budget"), "shown");
  EXPECT_FALSE(CanGet("embargoed"));
  SetNow(1'718'784'000);
  EXPECT_THAT(Search("budget"), ::testing::AnyOf("shown embargoed", "embargoed shown"));
  EXPECT_TRUE(CanGet("embargoed"));
}

TEST_F(VisibilityTest, NoTotalCountsAHiddenArticle) {
  SetNow(0);
  v1::SearchArticlesRequest request;
  request.set_query("budget");
  for (const v1::SortOrder sort : {v1::SORT_ORDER_RELEVANCE, v1::SORT_ORDER_OLDEST}) {
    request.set_sort(sort);
    EXPECT_EQ(Answer(request).total().value(), 1);
  }
}

TEST_F(VisibilityTest, NothingHiddenIsReachedOrSuggestedOrListed) {
  Add("secret", {.headline = "zeppelin plan", .tags = {"Zeppelins"}, .embargo_seconds = 2000});
  SetNow(1999);
  v1::SearchArticlesRequest request = Request("zepp*");
  request.set_explain(true);
  EXPECT_EQ(Answer(request).explanation().words(0).terms_size(), 0);
  EXPECT_EQ(Answer(request).explanation().words(0).reached(), 0);
  request = Request("zeppelin");
  request.set_explain(true);
  EXPECT_EQ(Answer(request).explanation().words(0).terms_size(), 0);
  for (const std::string query : {"tag:zeppelin", "tag:zeppelins"}) {
    const v1::SearchArticlesResponse response = Answer(query);
    ASSERT_EQ(response.notices_size(), 1) << query;
    EXPECT_EQ(response.notices(0).reason(), "NO_SUCH_VALUE");
    EXPECT_FALSE(response.notices(0).metadata().contains("suggestion")) << query;
  }
  SetNow(2000);
  EXPECT_EQ(Answer("tag:zeppelin").notices(0).metadata().at("suggestion"), "Zeppelins");
  EXPECT_EQ(Search("zepp*"), "secret");
}

TEST_F(VisibilityTest, TakedownsHideAtTheNextRequestWhereverTheArticleIs) {
  AddToLive("written", {.headline = "budget cut", .tags = {"Cuts"}});
  SetNow(0);
  EXPECT_THAT(SearchNewest("budget"), ::testing::AnyOf("shown written", "written shown"));
  ASSERT_OK(storage::AddTakedowns(storage::Layout(index_.path()), {"shown", "written"}, call_.now));
  EXPECT_EQ(Search("budget"), "");
  EXPECT_EQ(SearchNewest("budget"), "");
  EXPECT_EQ(Answer("budget").total().value(), 0);
  EXPECT_FALSE(CanGet("shown"));
  EXPECT_FALSE(CanGet("written"));
  EXPECT_FALSE(Answer("tag:cut").notices(0).metadata().contains("suggestion"));
}

// Lists of what is withheld are asked for only where there may be any: each way into that is tried
// in an index that had none before.
class VisibilityOfWritesTest : public SearchFixture {
 protected:
  void SetUp() override {
    Add("first", {.headline = "budget vote", .published = "2024-06-02"});
    call_.now = absl::FromUnixSeconds(1'718'784'000);
  }
};

TEST_F(VisibilityOfWritesTest, AWithheldArticleWrittenToLiveIsHidden) {
  EXPECT_EQ(Search("budget"), "first");
  AddToLive("leak", {.headline = "budget leak", .status = v1::Article::STATUS_WITHHELD});
  AddToLive("error", {.headline = "budget error", .status = v1::Article::STATUS_CANCELLED});
  EXPECT_EQ(Search("budget"), "first");
  EXPECT_EQ(SearchNewest("budget"), "first");
  EXPECT_EQ(Answer("budget").total().value(), 1);
}

TEST_F(VisibilityOfWritesTest, AnArticleIsHiddenOnceItIsWithheldAndShownOnceItIsReleased) {
  AddToLive("first", {.headline = "budget vote", .status = v1::Article::STATUS_WITHHELD});
  EXPECT_EQ(Search("budget"), "");
  AddToLive("first", {.headline = "budget vote", .version = 2});
  EXPECT_EQ(Search("budget"), "first");
}

TEST_F(VisibilityOfWritesTest, AnEmbargoWrittenToLiveEndsByItself) {
  AddToLive("speech", {.headline = "budget speech", .embargo_seconds = 1'718'784'001});
  EXPECT_EQ(Search("budget"), "first");
  call_.now = absl::FromUnixSeconds(1'718'784'001);
  EXPECT_EQ(SearchNewest("budget"), "first speech");
}

TEST_F(VisibilityOfWritesTest, EmbargoesThatEndedHideNothingAndThoseBesideThemDo) {
  Add("second", {.headline = "budget talks", .published = "2024-06-01", .embargo_seconds = 1000});
  EXPECT_EQ(SearchNewest("budget"), "first second");
  AddToLive("speech", {.headline = "budget speech", .embargo_seconds = 1'718'784'001});
  EXPECT_EQ(SearchNewest("budget"), "first second");
  call_.now = absl::FromUnixSeconds(999);
  EXPECT_EQ(SearchNewest("budget"), "first");
}

}  // namespace
}  // namespace broadsheet::query
