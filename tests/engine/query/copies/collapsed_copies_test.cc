// SPDX-License-Identifier: GPL-3.0-or-later
// One hit a story, and the list of a story's copies, over base and live.
#include "engine/query/copies/collapsed_copies.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "engine/storage/index/takedowns.h"
#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// `count` words that no other story has, from the word `first` of it on; "wire" is in all of them.
std::string Story(const std::string& name, int first = 0, int count = 200) {
  std::string text = "wire ";
  for (int i = first; i < first + count; ++i) absl::StrAppend(&text, name, i, " ");
  return text;
}

class CollapsedCopiesTest : public SearchFixture {
 protected:
  static Article Copy(const std::string& body, const std::string& source,
                      const std::string& published) {
    Article article;
    article.body = body;
    article.source = source;
    article.published = published;
    return article;
  }
  v1::SearchArticlesResponse Collapsed(const std::string& query,
                                       v1::SortOrder sort = v1::SORT_ORDER_OLDEST) {
    v1::SearchArticlesRequest request = Request(query);
    request.set_collapse_copies(true);
    request.set_sort(sort);
    return Answer(request);
  }
  // "ferry+2 budget": each hit with the number of its copies. Totals have to fit.
  std::string Shown(const std::string& query, v1::SortOrder sort = v1::SORT_ORDER_OLDEST) {
    const v1::SearchArticlesResponse response = Collapsed(query, sort);
    std::string shown;
    int articles = 0;
    for (const v1::Hit& hit : response.hits()) {
      absl::StrAppend(&shown, shown.empty() ? "" : " ", hit.article().id());
      if (hit.copies() > 0) absl::StrAppend(&shown, "+", hit.copies());
      articles += 1 + hit.copies();
    }
    EXPECT_EQ(response.total_collapsed().value(), response.hits_size());
    EXPECT_EQ(response.total().value(), articles);
    EXPECT_EQ(response.total().value(), Answer(query).total().value());
    return shown;
  }
  v1::ListArticleCopiesResponse Copies(const std::string& id, int page_size = 0,
                                       const std::string& token = "") {
    v1::ListArticleCopiesRequest request;
    request.set_id(id);
    request.set_page_size(page_size);
    request.set_page_token(token);
    auto response = searcher().ListCopies(request, call_);
    EXPECT_THAT(response, testing::IsOk());
    return response.value_or(v1::ListArticleCopiesResponse());
  }
  // "late second*": the copies of an article, a star at the first of the story.
  std::string CopiesOf(const std::string& id) {
    std::string copies;
    const v1::ListArticleCopiesResponse listed = Copies(id);
    for (const v1::ArticleCopy& copy : listed.copies()) {
      absl::StrAppend(&copies, copies.empty() ? "" : " ", copy.article().id(),
                      copy.leader() ? "*" : "");
    }
    return copies;
  }
  void AddFerryStory() {
    Add("first", Copy(Story("ferry"), "Agency", "2024-06-19"));
    Add("second", Copy(Story("ferry", 0, 180), "Courier", "2024-06-20"));
    Add("third", Copy(Story("ferry") + "harbour", "Mirror", "2024-06-21"));
    Add("other", Copy(Story("budget"), "Mirror", "2024-06-20"));
  }
};

TEST_F(CollapsedCopiesTest, TheFirstPublishedIsShownInEveryOrder) {
  AddFerryStory();
  EXPECT_EQ(Shown("wire"), "first+2 other");
  EXPECT_EQ(Shown("wire", v1::SORT_ORDER_NEWEST), "other first+2");
  EXPECT_EQ(Shown("ferry7", v1::SORT_ORDER_RELEVANCE), "first+2");
  // Only articles that match count.
  EXPECT_EQ(Shown("wire source:courier"), "second");
  EXPECT_EQ(Shown("wire (source:courier OR source:mirror)"), "other second+1");
  EXPECT_EQ(Shown("harbour"), "third");
}

TEST_F(CollapsedCopiesTest, AHitNamesTheSourcesOfItsCopiesAndTheFirstOfTheStory) {
  AddFerryStory();
  Add("again", Copy(Story("ferry"), "Courier", "2024-06-21"));
  const v1::SearchArticlesResponse response = Collapsed("wire -source:agency");
  ASSERT_EQ(IdsOf(response), "other second");
  EXPECT_THAT(response.hits(0).copy_sources(), IsEmpty());
  EXPECT_EQ(response.hits(0).leader_id(), "");
  EXPECT_EQ(response.hits(1).copies(), 2);
  EXPECT_THAT(response.hits(1).copy_sources(), ElementsAre("Mirror"));
  EXPECT_EQ(response.hits(1).leader_id(), "first");
}

TEST_F(CollapsedCopiesTest, WithoutItAllAreShown) {
  AddFerryStory();
  const v1::SearchArticlesResponse response = Answer("wire");
  EXPECT_EQ(response.hits_size(), 4);
  EXPECT_FALSE(response.has_total_collapsed());
  EXPECT_EQ(response.hits(0).copies(), 0);
}

TEST_F(CollapsedCopiesTest, PagesFollowOneAnother) {
  for (int i = 0; i < 9; ++i) {
    const std::string name = absl::StrCat("story", i, "x");
    Add(absl::StrCat("a", i), Copy(Story(name), "Agency", absl::StrCat("2024-06-1", i)));
    Add(absl::StrCat("b", i), Copy(Story(name), "Courier", absl::StrCat("2024-06-1", i)));
  }
  for (const v1::SortOrder sort :
       {v1::SORT_ORDER_OLDEST, v1::SORT_ORDER_NEWEST, v1::SORT_ORDER_RELEVANCE}) {
    v1::SearchArticlesRequest request = Request("wire");
    request.set_collapse_copies(true);
    request.set_sort(sort);
    request.set_page_size(2);
    int hits = 0;
    do {
      const v1::SearchArticlesResponse page = Answer(request);
      EXPECT_EQ(page.total_collapsed().value(), 9);
      EXPECT_EQ(page.total().value(), 18);
      for (const v1::Hit& hit : page.hits()) {
        EXPECT_EQ(hit.article().id()[0], 'a');
        ++hits;
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    EXPECT_EQ(hits, 9);
  }
}

TEST_F(CollapsedCopiesTest, AnArticleWrittenLaterFindsItsStory) {
  AddFerryStory();
  AddToLive("late", Copy(Story("ferry"), "Post", "2024-06-22"));
  AddToLive("early", Copy(Story("budget"), "Post", "2024-06-19"));
  EXPECT_EQ(Shown("wire"), "early+1 first+3");
  EXPECT_EQ(CopiesOf("late"), "first* second third");
  EXPECT_EQ(CopiesOf("other"), "early*");
}

TEST_F(CollapsedCopiesTest, ArticlesWrittenLaterFindOneAnother) {
  AddFerryStory();
  AddToLive("one", Copy(Story("storm"), "Post", "2024-06-22"));
  AddToLive("two", Copy(Story("storm", 0, 150), "Agency", "2024-06-23"));
  AddToLive("three", Copy(Story("storm"), "Courier", "2024-06-21"));
  AddToLive("far", Copy(Story("storm"), "Mirror", "2024-07-23"));
  EXPECT_EQ(Shown("storm3"), "three+2 far");
  EXPECT_EQ(CopiesOf("one"), "three* two");
}

TEST_F(CollapsedCopiesTest, AnArticleThatIsReplacedMayLeaveItsStory) {
  AddFerryStory();
  AddToLive("first", Copy(Story("budget"), "Agency", "2024-06-19"));
  EXPECT_EQ(Shown("wire"), "first+1 second+1");
  AddToLive("late", Copy(Story("ferry"), "Post", "2024-06-22"));
  EXPECT_EQ(CopiesOf("late"), "second* third");
  AddToLive("one", Copy(Story("storm"), "Post", "2024-06-22"));
  AddToLive("two", Copy(Story("storm"), "Agency", "2024-06-23"));
  AddToLive("one", Copy(Story("ferry"), "Post", "2024-06-22"));
  EXPECT_EQ(Shown("storm3"), "two");
  AddToLive("six", Copy(Story("storm"), "Mirror", "2024-06-24"));
  EXPECT_EQ(Shown("storm3"), "two+1");
}

TEST_F(CollapsedCopiesTest, WhatIsHiddenNeitherCountsNorLeads) {
  AddFerryStory();
  Article embargoed = Copy(Story("ferry") + "secretword", "Hidden Herald", "2024-06-18");
  embargoed.embargo_seconds = 4'000'000'000;
  Add("hidden", embargoed);
  Article withheld = Copy(Story("budget") + "secretword", "Hidden Herald", "2024-06-18");
  withheld.status = v1::Article::STATUS_WITHHELD;
  Add("withheld", withheld);
  AddToLive("hidden in live", embargoed);
  EXPECT_EQ(Shown("wire"), "first+2 other");
  EXPECT_EQ(CopiesOf("second"), "first* third");
  EXPECT_EQ(Copies("second").total().value(), 2);
  EXPECT_EQ(CopiesOf("other"), "");
  const v1::SearchArticlesResponse response = Collapsed("wire");
  for (const v1::Hit& hit : response.hits()) {
    EXPECT_NE(hit.leader_id(), "hidden");
    for (const std::string& source : hit.copy_sources()) EXPECT_NE(source, "Hidden Herald");
  }
}

TEST_F(CollapsedCopiesTest, ATakedownMakesTheNextOneTheFirst) {
  AddFerryStory();
  AddToLive("late", Copy(Story("ferry"), "Post", "2024-06-22"));
  EXPECT_EQ(CopiesOf("late"), "first* second third");
  ASSERT_OK(storage::AddTakedowns(storage::Layout(index_.path()), {"first"}, absl::Now()));
  EXPECT_EQ(Shown("wire"), "other second+2");
  EXPECT_EQ(CopiesOf("late"), "second* third");
}

TEST_F(CollapsedCopiesTest, CopiesComeWithTheirLikenessPageByPage) {
  AddFerryStory();
  const v1::ListArticleCopiesResponse page = Copies("first", 1);
  ASSERT_EQ(page.copies_size(), 1);
  EXPECT_EQ(page.total().value(), 2);
  EXPECT_EQ(page.copies(0).article().id(), "second");
  EXPECT_EQ(page.copies(0).article().body(), "");
  // 181 of 201 words: 178 of 198 sequences of four.
  EXPECT_DOUBLE_EQ(page.copies(0).similarity(), 178.0 / 198);
  EXPECT_DOUBLE_EQ(page.copies(0).containment(), 1);
  const v1::ListArticleCopiesResponse rest = Copies("first", 1, page.next_page_token());
  ASSERT_EQ(rest.copies_size(), 1);
  EXPECT_EQ(rest.copies(0).article().id(), "third");
  EXPECT_EQ(rest.next_page_token(), "");
  EXPECT_EQ(Copies("other").total().value(), 0);
}

TEST_F(CollapsedCopiesTest, RefusesBadRequestsForCopies) {
  AddFerryStory();
  v1::ListArticleCopiesRequest request;
  request.set_id("nobody");
  EXPECT_EQ(schema::ErrorReason(searcher().ListCopies(request, call_).status()),
            "ARTICLE_NOT_FOUND");
  request.set_id("second");
  request.set_page_token(Copies("first", 1).next_page_token());
  EXPECT_EQ(schema::ErrorReason(searcher().ListCopies(request, call_).status()),
            "PAGE_TOKEN_INVALID");
  request.clear_page_token();
  request.set_page_size(-1);
  EXPECT_EQ(schema::ErrorReason(searcher().ListCopies(request, call_).status()),
            "INVALID_ARGUMENT_VALUE");
}

TEST_F(CollapsedCopiesTest, CountsAndExportsTakeOneArticleAStory) {
  AddFerryStory();
  v1::AggregateArticlesRequest counted;
  counted.set_query("wire");
  counted.set_collapse_copies(true);
  counted.add_facets()->set_field("source");
  const auto counts = searcher().Aggregate(counted, call_);
  ASSERT_OK(counts);
  EXPECT_EQ(counts->total().value(), 4);
  EXPECT_EQ(counts->total_collapsed().value(), 2);
  ASSERT_EQ(counts->facets(0).values_size(), 2);
  EXPECT_EQ(counts->facets(0).values(0).value(), "Agency");
  EXPECT_EQ(counts->facets(0).values(1).value(), "Mirror");

  v1::ExportArticlesRequest exported;
  exported.set_query("wire");
  exported.set_collapse_copies(true);
  const auto batch = searcher().Export(exported, {}, call_);
  ASSERT_OK(batch);
  v1::ExportArticlesResponse response;
  ASSERT_TRUE(response.ParseFromString(batch->bytes));
  ASSERT_EQ(response.articles_size(), 2);
  EXPECT_EQ(response.articles(0).id(), "other");
  EXPECT_EQ(response.articles(1).id(), "first");
}

// Bug: where nothing narrowed what was counted, `all` counted stories, too.
TEST_F(CollapsedCopiesTest, ATimelineOfEverythingCountsStoriesAmongAllArticles) {
  AddFerryStory();
  v1::AggregateArticlesRequest counted;
  counted.set_collapse_copies(true);
  counted.mutable_timeline()->set_interval(v1::INTERVAL_YEAR);
  const auto counts = searcher().Aggregate(counted, call_);
  ASSERT_OK(counts);
  int stories = 0;
  int articles = 0;
  for (const v1::TimelineBucket& bucket : counts->timeline()) {
    stories += bucket.count();
    articles += bucket.all();
  }
  EXPECT_EQ(stories, counts->total_collapsed().value());
  EXPECT_EQ(articles, counts->total().value());
  EXPECT_LT(stories, articles);
}

TEST_F(CollapsedCopiesTest, SimilarArticlesLeaveOutCopiesUnlessTheyAreWanted) {
  AddFerryStory();
  v1::FindSimilarArticlesRequest request;
  request.add_ids("second");
  const auto ids = [&] {
    const auto found = searcher().FindSimilar(request, call_);
    EXPECT_THAT(found, testing::IsOk());
    v1::FindSimilarArticlesResponse response;
    EXPECT_TRUE(response.ParseFromString(*found->bytes));
    std::vector<std::string> names;
    for (const v1::Hit& hit : response.hits()) names.push_back(hit.article().id());
    return absl::StrJoin(names, " ");
  };
  EXPECT_EQ(ids().find("first"), std::string::npos);
  request.set_include_copies(true);
  EXPECT_NE(ids().find("first"), std::string::npos);
}

}  // namespace
}  // namespace broadsheet::query
