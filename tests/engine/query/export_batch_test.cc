// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/export_batch.h"

#include <algorithm>
#include <string>
#include <vector>

#include "engine/storage/index/takedowns.h"
#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

class ExportFixture : public SearchFixture {
 protected:
  struct Exported {
    std::vector<std::string> ids;
    std::vector<v1::ExportArticlesResponse> batches;
  };

  static v1::ExportArticlesRequest ExportOf(const std::string& query,
                                            v1::SortOrder sort = v1::SORT_ORDER_NEWEST) {
    v1::ExportArticlesRequest request;
    request.set_query(query);
    request.set_sort(sort);
    return request;
  }

  // From the resume_token of `request` on.
  Exported Export(const v1::ExportArticlesRequest& request, uint32_t expected = 100) {
    Exported exported;
    ExportPosition position{.resume_token = request.resume_token(), .expected = expected};
    for (bool last = false; !last;) {
      auto batch = searcher().Export(request, position, call_);
      EXPECT_OK(batch);
      if (!batch.ok()) return exported;
      v1::ExportArticlesResponse& parsed = exported.batches.emplace_back();
      EXPECT_TRUE(parsed.ParseFromString(batch->bytes));
      EXPECT_EQ(parsed.resume_token(), batch->next.resume_token);
      for (const v1::Article& article : parsed.articles()) exported.ids.push_back(article.id());
      position = batch->next;
      last = batch->last;
    }
    return exported;
  }

  // The pages of the same search.
  std::vector<std::string> Pages(const v1::ExportArticlesRequest& exported, int page_size) {
    v1::SearchArticlesRequest request = SearchOf(exported).value();
    request.set_page_size(page_size);
    std::vector<std::string> ids;
    do {
      const v1::SearchArticlesResponse page = Answer(request);
      for (const v1::Hit& hit : page.hits()) ids.push_back(hit.article().id());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return ids;
  }

  std::string ReasonFor(const v1::ExportArticlesRequest& request) {
    const ExportPosition position{.resume_token = request.resume_token()};
    return schema::ErrorReason(searcher().Export(request, position, call_).status());
  }
};

// 200 articles on 11 days, at an instant, in a month or undated; some in live, replaced, withheld
// or taken down.
class ExportTest : public ExportFixture, public ::testing::WithParamInterface<bool> {
 protected:
  static constexpr int kArticles = 200;

  static Article Make(int i) {
    Article article{.headline = "flood " + std::to_string(i), .body = "A flood in town."};
    if (i % 5 == 0) article.body += " The mayor spoke.";
    if (i % 3 == 0) article.tags = {"Weather"};
    const std::string day = "2024-06-" + std::to_string(10 + i % 11);
    article.published = i % 13 == 0  ? ""
                        : i % 7 == 0 ? "2024-06"
                        : i % 4 == 0 ? day + "T08:00Z"
                                     : day;
    if (i % 17 == 0) article.status = v1::Article::STATUS_WITHHELD;
    if (i % 19 == 0) article.embargo_seconds = 4'000'000'000;
    return article;
  }
  static std::string Id(int i) { return "id" + std::to_string(100 + i * 7 % kArticles); }

  void SetUp() override {
    const bool with_live = GetParam();
    for (int i = 0; i < kArticles; ++i) {
      if (!with_live || i % 3 != 0) Add(Id(i), Make(i));
    }
    for (int i = 0; with_live && i < kArticles; i += 3) AddToLive(Id(i), Make(i));
    // One of base gets another date.
    if (with_live) AddToLive(Id(2), Make(3));
    index_.Open();
    ASSERT_OK(storage::AddTakedowns(storage::Layout(index_.path()), {Id(1), Id(30)}, absl::Now()));
  }
};

INSTANTIATE_TEST_SUITE_P(WithAndWithoutLive, ExportTest, ::testing::Bool(),
                         [](const auto& live) { return live.param ? "BaseAndLive" : "Base"; });

TEST_P(ExportTest, HasWhatThePagesOfTheSameSearchHave) {
  for (const v1::SortOrder sort :
       {v1::SORT_ORDER_NEWEST, v1::SORT_ORDER_OLDEST, v1::SORT_ORDER_UNSPECIFIED}) {
    for (const char* query : {"flood", "mayor", "\"flood in town\"", "flood -mayor", "fl*",
                              "tag:weather", "date:2024-06-12", "zeppelin"}) {
      const auto request = ExportOf(query, sort);
      const std::vector<std::string> pages = Pages(request, 1000);
      for (const uint32_t expected : {1U, 3U, 1000U}) {
        const Exported exported = Export(request, expected);
        EXPECT_EQ(exported.ids, pages) << query << sort << expected;
        EXPECT_EQ(exported.batches.front().total().value(), static_cast<int>(pages.size()));
        EXPECT_EQ(exported.batches.front().total().relation(), v1::Total::RELATION_EXACT);
      }
    }
  }
}

TEST_P(ExportTest, OldestFirstHasEveryPageSize) {
  const auto request = ExportOf("flood", v1::SORT_ORDER_OLDEST);
  const std::vector<std::string> all = Pages(request, 1000);
  EXPECT_GT(all.size(), 150U);
  for (const int page_size : {1, 7, 64}) EXPECT_EQ(Pages(request, page_size), all) << page_size;
}

TEST_P(ExportTest, AFilterAloneIsEnough) {
  v1::ExportArticlesRequest request;
  request.mutable_filter()->mutable_tag()->add_any_of("weather");
  const Exported exported = Export(request, 5);
  EXPECT_GT(exported.ids.size(), 40U);
  EXPECT_EQ(exported.ids, Pages(request, 1000));
}

TEST_P(ExportTest, ResumesBehindEveryBatch) {
  for (const v1::SortOrder sort : {v1::SORT_ORDER_NEWEST, v1::SORT_ORDER_OLDEST}) {
    auto request = ExportOf("flood", sort);
    const Exported whole = Export(request, 30);
    std::vector<std::string> before;
    for (const v1::ExportArticlesResponse& batch : whole.batches) {
      for (const v1::Article& article : batch.articles()) before.push_back(article.id());
      request.set_resume_token(batch.resume_token());
      // The fields may be others from there on.
      request.mutable_read_mask()->add_paths("headline");
      const Exported rest = Export(request);
      std::vector<std::string> both = before;
      both.insert(both.end(), rest.ids.begin(), rest.ids.end());
      EXPECT_EQ(both, whole.ids) << sort;
      EXPECT_EQ(rest.batches.front().total().value(), static_cast<int>(whole.ids.size()));
    }
  }
}

TEST_P(ExportTest, GoesOnOverANewGeneration) {
  for (const v1::SortOrder sort : {v1::SORT_ORDER_NEWEST, v1::SORT_ORDER_OLDEST}) {
    auto request = ExportOf("flood", sort);
    const Exported whole = Export(request, 10);
    const v1::ExportArticlesResponse& reached = whole.batches[1];
    request.set_resume_token(reached.resume_token());
    // Live has none of them any more, and there is a new one.
    for (int i = 0; GetParam() && i < kArticles; i += 3) Add(Id(i), Make(i));
    const std::string added = "aaa" + std::to_string(sort);
    Add(added, {.headline = "flood again", .published = "2024-06-15T12:00Z"});
    std::vector<std::string> now = Pages(ExportOf("flood", sort), 1000);
    const auto last =
        std::find(now.begin(), now.end(), reached.articles(reached.articles_size() - 1).id());
    ASSERT_NE(last, now.end());
    now.erase(now.begin(), last + 1);
    EXPECT_EQ(std::count(now.begin(), now.end(), added), 1);
    EXPECT_EQ(Export(request).ids, now);
  }
}

class ExportShapeTest : public ExportFixture {};

TEST_F(ExportShapeTest, ABatchEndsByItsBytes) {
  for (int i = 0; i < 20; ++i) {
    const size_t words = i == 10 ? 50'000 : 8'000;
    std::string body = "flood";
    while (body.size() < words * 7) body += " levees" + std::to_string(i);
    Add("id" + std::to_string(100 + i), {.headline = "flood", .body = body});
  }
  auto request = ExportOf("flood");
  request.mutable_read_mask()->add_paths("*");
  const Exported exported = Export(request);
  EXPECT_EQ(exported.ids.size(), 20U);
  for (const v1::ExportArticlesResponse& batch : exported.batches) {
    EXPECT_GE(batch.articles_size(), 1);
    if (batch.articles_size() > 1) {
      EXPECT_LE(batch.ByteSizeLong(), (256U << 10) + 200);
    }
    for (const v1::Article& article : batch.articles()) EXPECT_GT(article.body().size(), 50'000U);
  }
  EXPECT_LE(exported.batches.size(), 8U * 2);
  request.clear_read_mask();
  const Exported cards = Export(request);
  EXPECT_EQ(cards.batches.size(), 1U);
  EXPECT_EQ(cards.batches[0].articles(0).body(), "");
  EXPECT_EQ(cards.batches[0].articles(0).headline(), "flood");
}

TEST_F(ExportShapeTest, TheFirstMessageHasTotalAndNoticesAndTheOthersHaveNot) {
  for (const char* id : {"a", "b", "c"}) Add(id, {.headline = "flood", .published = "2024-06-19"});
  Add("undated", {.headline = "flood"});
  const Exported exported = Export(ExportOf("flood since:2024"), 1);
  ASSERT_EQ(exported.batches.size(), 2U);
  ASSERT_EQ(exported.batches[0].notices_size(), 1);
  EXPECT_EQ(exported.batches[0].notices(0).reason(), "UNDATED_EXCLUDED");
  EXPECT_EQ(exported.batches[0].total().value(), 3);
  EXPECT_FALSE(exported.batches[1].has_total());
  EXPECT_EQ(exported.batches[1].notices_size(), 0);
}

TEST_F(ExportShapeTest, NothingIsOneEmptyBatch) {
  Add("a", {.headline = "flood"});
  const Exported exported = Export(ExportOf("zeppelin"));
  ASSERT_EQ(exported.batches.size(), 1U);
  EXPECT_EQ(exported.batches[0].total().relation(), v1::Total::RELATION_EXACT);
  EXPECT_EQ(exported.batches[0].resume_token(), "");
}

TEST_F(ExportShapeTest, WhatIsHiddenShinesNotThroughAndWhatIsTakenDownMeanwhileIsLeftOut) {
  for (const char* id : {"a", "b", "c"}) Add(id, {.headline = "flood", .published = "2024-06-19"});
  Add("secret",
      {.headline = "zeppelin flood", .tags = {"Zeppelins"}, .embargo_seconds = 4'000'000'000});
  for (const char* query : {"zeppelin", "zepp*", "tag:zeppelins"}) {
    const Exported exported = Export(ExportOf(query));
    EXPECT_EQ(exported.batches[0].total().value(), 0);
    EXPECT_EQ(exported.ids.size(), 0U);
    for (const v1::Notice& notice : exported.batches[0].notices()) {
      EXPECT_EQ(notice.message().find("Zeppelins"), std::string::npos);
    }
  }
  auto request = ExportOf("flood");
  const auto first = searcher().Export(request, {.expected = 1}, call_);
  ASSERT_OK(first);
  ASSERT_OK(storage::AddTakedowns(storage::Layout(index_.path()), {"b"}, absl::Now()));
  request.set_resume_token(first->next.resume_token);
  EXPECT_EQ(Export(request).ids, std::vector<std::string>{"c"});
}

TEST_F(ExportShapeTest, RefusesAsASearchDoes) {
  Add("a", {.headline = "flood"});
  EXPECT_EQ(ReasonFor(ExportOf("(flood")), "QUERY_SYNTAX");
  EXPECT_EQ(ReasonFor(ExportOf("capton:flood")), "QUERY_UNKNOWN_FIELD");
  EXPECT_EQ(ReasonFor(v1::ExportArticlesRequest()), "QUERY_SYNTAX");
  EXPECT_EQ(ReasonFor(ExportOf("flood", v1::SORT_ORDER_RELEVANCE)), "INVALID_ARGUMENT_VALUE");
  auto request = ExportOf("flood");
  request.mutable_read_mask()->add_paths("headlin");
  EXPECT_EQ(ReasonFor(request), "INVALID_ARGUMENT_VALUE");
  request = ExportOf("flood");
  request.set_resume_token("made up");
  EXPECT_EQ(ReasonFor(request), "RESUME_TOKEN_INVALID");
  request.set_resume_token(Export(ExportOf("flood")).batches[0].resume_token());
  EXPECT_EQ(ReasonFor(request), "");
  request.set_query("floods");
  EXPECT_EQ(ReasonFor(request), "RESUME_TOKEN_INVALID");
  request = ExportOf("flood", v1::SORT_ORDER_OLDEST);
  request.set_resume_token(Export(ExportOf("flood")).batches[0].resume_token());
  EXPECT_EQ(ReasonFor(request), "RESUME_TOKEN_INVALID");
}

TEST_F(ExportShapeTest, EndsWhenItsCallerIsGone) {
  Add("a", {.headline = "flood"});
  call_.cancelled = [] { return true; };
  EXPECT_EQ(ReasonFor(ExportOf("flood")), "CANCELLED");
}

}  // namespace
}  // namespace broadsheet::query
