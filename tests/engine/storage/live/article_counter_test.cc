// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live/article_counter.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/storage/index/takedowns.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/tiny_index.h"

namespace broadsheet::storage {
namespace {

using ::broadsheet::testing::IsOk;
using ::broadsheet::testing::MakeArticle;
using ::broadsheet::testing::TempDir;
using ::broadsheet::testing::TinyIndex;

constexpr int64_t kEmbargoEnd = 1'800'000'000;

absl::Time At(int64_t seconds) { return absl::FromUnixSeconds(seconds); }

v1::Article OfStatus(std::string_view id, v1::Article::Status status) {
  v1::Article article = MakeArticle(id, "Bridge opens");
  article.set_status(status);
  return article;
}

v1::Article Withheld(std::string_view id) { return OfStatus(id, v1::Article::STATUS_WITHHELD); }

v1::Article Cancelled(std::string_view id) { return OfStatus(id, v1::Article::STATUS_CANCELLED); }

v1::Article Until(int64_t seconds, v1::Article article) {
  article.mutable_embargo_time()->set_seconds(seconds);
  return article;
}

v1::Article EmbargoedUntil(int64_t seconds, std::string_view id) {
  return Until(seconds, MakeArticle(id, "Bridge opens"));
}

class ArticleCounterTest : public ::testing::Test {
 protected:
  void Publish(const std::vector<v1::Article>& articles) {
    index_.Publish(articles);
    auto generation = Generation::OpenCurrent(index_.layout());
    ASSERT_OK(generation);
    counter_ = std::make_unique<ArticleCounter>(*std::move(generation));
  }

  void Expect(absl::Time now, uint64_t articles, const schema::WithheldCounts& withheld) {
    const auto figures = counter_->CountOrExplain(now);
    ASSERT_OK(figures);
    EXPECT_EQ(figures->articles, articles);
    ASSERT_TRUE(figures->withheld.has_value());
    EXPECT_EQ(figures->withheld->withheld, withheld.withheld);
    EXPECT_EQ(figures->withheld->embargoed, withheld.embargoed);
    EXPECT_EQ(figures->withheld->cancelled, withheld.cancelled);
  }

  TempDir dir_;
  TinyIndex index_{dir_ / "index"};
  std::unique_ptr<ArticleCounter> counter_;
};

TEST_F(ArticleCounterTest, CountsNothingWithheldWhereNothingIs) {
  Publish({MakeArticle("a", "Bridge opens"), MakeArticle("b", "Bridge closes")});
  Expect(At(kEmbargoEnd), 2, {});
}

TEST_F(ArticleCounterTest, TellsWithheldFromCancelled) {
  Publish({Withheld("a"), Cancelled("b"), MakeArticle("c", "Bridge"), Cancelled("d")});
  Expect(At(kEmbargoEnd), 4, {.withheld = 1, .embargoed = 0, .cancelled = 2});
}

TEST_F(ArticleCounterTest, TellsThemApartInAnIndexOfAnEarlierVersion) {
  // Such an index says of both only that readers may not see them.
  Publish({Withheld("a-earlier"), Cancelled("b-earlier"), Cancelled("c"), Cancelled("d-earlier")});
  index_.WriteLive({Cancelled("e-earlier"), Withheld("f")});
  Expect(At(kEmbargoEnd), 6, {.withheld = 2, .embargoed = 0, .cancelled = 4});
}

TEST_F(ArticleCounterTest, AnEmbargoEndsByItself) {
  Publish({EmbargoedUntil(kEmbargoEnd, "a"), EmbargoedUntil(kEmbargoEnd + 5, "b"),
           MakeArticle("c", "Bridge")});
  index_.WriteLive({EmbargoedUntil(kEmbargoEnd + 3, "d")});
  Expect(At(kEmbargoEnd) - absl::Nanoseconds(1), 4, {.embargoed = 3});
  // Readers may see an article from the second on that it states.
  Expect(At(kEmbargoEnd), 4, {.embargoed = 2});
  Expect(At(kEmbargoEnd + 4), 4, {.embargoed = 1});
  Expect(At(kEmbargoEnd + 5), 4, {});
}

TEST_F(ArticleCounterTest, EndedEmbargoesCountAgainWhenTheClockIsSetBack) {
  Publish({EmbargoedUntil(kEmbargoEnd, "a")});
  Expect(At(kEmbargoEnd + 60), 1, {});
  Expect(At(kEmbargoEnd - 60), 1, {.embargoed = 1});
}

TEST_F(ArticleCounterTest, CountsAnArticleOnceThatStatusAndEmbargoWithhold) {
  Publish({Until(kEmbargoEnd, Withheld("a")), Until(kEmbargoEnd, Cancelled("b")),
           EmbargoedUntil(kEmbargoEnd, "c")});
  Expect(At(kEmbargoEnd - 1), 3, {.withheld = 1, .embargoed = 1, .cancelled = 1});
  Expect(At(kEmbargoEnd + 1), 3, {.withheld = 1, .embargoed = 0, .cancelled = 1});
}

TEST_F(ArticleCounterTest, LeavesOutWhatWasReplacedOrDeleted) {
  Publish({Withheld("a"), Withheld("b"), EmbargoedUntil(kEmbargoEnd, "c"), Cancelled("d")});
  Expect(At(0), 4, {.withheld = 2, .embargoed = 1, .cancelled = 1});
  // "a" is released, "c" deleted, and "d" deleted.
  index_.WriteLive({MakeArticle("a", "Bridge opens")}, {1, 3, 4});
  Expect(At(0), 2, {.withheld = 1});
  index_.WriteLive({Cancelled("b")}, {2});
  Expect(At(0), 2, {.cancelled = 1});
}

TEST_F(ArticleCounterTest, LeavesOutWhatWasTakenDown) {
  Publish({Withheld("a"), EmbargoedUntil(kEmbargoEnd, "b"), MakeArticle("c", "Bridge opens")});
  index_.WriteLive({Cancelled("d")});
  Expect(At(0), 4, {.withheld = 1, .embargoed = 1, .cancelled = 1});
  ASSERT_OK(AddTakedowns(index_.layout(), {"a", "b", "d"}, At(kEmbargoEnd)));
  Expect(At(0), 1, {});
}

TEST_F(ArticleCounterTest, SaysWhatItCannotRead) {
  Publish({Withheld("a")});
  ASSERT_OK(AddTakedowns(index_.layout(), {"b"}, At(kEmbargoEnd)));
  std::filesystem::remove(index_.layout().takedowns());
  EXPECT_FALSE(counter_->CountOrExplain(At(0)).ok());
  const ArticleFigures figures = counter_->Count(At(0));
  EXPECT_EQ(figures.articles, 1U);
  EXPECT_FALSE(figures.withheld.has_value());
}

}  // namespace
}  // namespace broadsheet::storage
