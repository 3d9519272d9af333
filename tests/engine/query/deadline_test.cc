// SPDX-License-Identifier: GPL-3.0-or-later
// Every kind of large query stops when it is told to, also where Xapian finds nothing to show us:
// the deadline is polled while it walks. Times over a real archive: tests/integration.
#include <functional>
#include <string>
#include <vector>

#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

class DeadlineTest : public SearchFixture {
 protected:
  static constexpr int kArticles = 200;
  static constexpr int kWords = 120;
  static constexpr int kTags = 50;

  // All articles have all words, all tags and one date.
  void SetUp() override {
    std::string words;
    for (int i = 0; i < kWords; ++i) words += Word(i) + " ";
    std::vector<std::string> tags;
    for (int i = 0; i < kTags; ++i) tags.push_back("t" + std::to_string(i));
    for (int i = 0; i < kArticles; ++i) {
      Add("n" + std::to_string(i),
          {.body = "left x right " + words, .tags = tags, .published = "2024-06-19"});
    }
  }

  static std::string Word(int i) {
    return "ab" + std::string(1, static_cast<char>('a' + i / 26)) +
           std::string(1, static_cast<char>('a' + i % 26)) + "q";
  }
  static std::string Joined(int count, const std::string& separator,
                            const std::function<std::string(int)>& item) {
    std::string joined;
    for (int i = 0; i < count; ++i) joined += (i == 0 ? "" : separator) + item(i);
    return joined;
  }

  // How often a search asks whether it is cancelled.
  int Polls(const v1::SearchArticlesRequest& request) {
    int polls = 0;
    call_.cancelled = [&polls] {
      ++polls;
      return false;
    };
    EXPECT_THAT(Ask(request), testing::IsOk());
    return polls;
  }

  // It asks at least once for every `articles` that it passes over, so it stops midway.
  void ExpectStopsMidway(const v1::SearchArticlesRequest& request) {
    const int polls = Polls(request);
    EXPECT_GE(polls, kArticles / 16) << request.query();
    int left = polls / 2;
    call_.cancelled = [&left] { return --left < 0; };
    EXPECT_THAT(Ask(request), testing::StatusIs(absl::StatusCode::kCancelled)) << request.query();
  }
  void ExpectStopsMidway(const std::string& query) { ExpectStopsMidway(Request(query)); }
};

TEST_F(DeadlineTest, APassedDeadlineAndACancelledCallEndASearchBeforeItBegins) {
  call_.deadline = absl::Now() - absl::Seconds(1);
  EXPECT_THAT(Ask(Request("left")), testing::StatusIs(absl::StatusCode::kDeadlineExceeded));
  call_.deadline = absl::InfiniteFuture();
  call_.cancelled = [] { return true; };
  EXPECT_THAT(Ask(Request("left")), testing::StatusIs(absl::StatusCode::kCancelled));
}

TEST_F(DeadlineTest, APhraseThatNeverStandsIsStopped) { ExpectStopsMidway("\"left right\""); }

// Every article matches the first half and is excluded by the second: the matcher sees none.
TEST_F(DeadlineTest, AlternativesThatAreAllExcludedAreStopped) {
  const std::string left = Joined(60, " OR ", Word);
  const std::string right = Joined(60, " OR ", [](int i) { return Word(60 + i); });
  ExpectStopsMidway("(" + left + ") NOT (" + right + ")");
}

TEST_F(DeadlineTest, WildcardsThatAreNeverTogetherAreStopped) {
  ExpectStopsMidway("aba* abb* abc* left -right");
}

// The better half of the articles fills the page; the rest is passed over for its low score.
TEST_F(DeadlineTest, ALargeOrIsStoppedWhereScoresAreTooLow) {
  ExpectStopsMidway(Joined(kWords, " OR ", Word));
}

TEST_F(DeadlineTest, ManyDatesOfWhichNoneIsThereAreStopped) {
  ExpectStopsMidway(Joined(60, " OR ", [](int i) {
    const std::string year = std::to_string(1900 + i);
    return "date:" + year + "-02.." + year + "-03";
  }));
}

TEST_F(DeadlineTest, AFilterOfManyValuesIsStopped) {
  v1::SearchArticlesRequest request = Request("-left");
  for (int i = 0; i < kTags; ++i) {
    request.mutable_filter()->mutable_tag()->add_any_of("t" + std::to_string(i));
  }
  ExpectStopsMidway(request);
}

// The two hits that a page and a look at the next one take score highest, so that by relevance the
// match passes over all others as it does in date order.
TEST_F(DeadlineTest, AnExactCountIsStopped) {
  Add("best", {.headline = "left x", .body = "left x right left x", .published = "2024-06-21"});
  Add("next", {.headline = "left x", .body = "left x right left x", .published = "2024-06-20"});
  limits_.total_check_limit = 10;
  for (const v1::SortOrder order : {v1::SORT_ORDER_RELEVANCE, v1::SORT_ORDER_NEWEST}) {
    v1::SearchArticlesRequest request = Request("\"left x\"");
    request.set_sort(order);
    request.set_page_size(1);
    request.set_ranking_profile("plain");
    const int without = Polls(request);
    request.set_exact_total(true);
    const int with = Polls(request);
    ASSERT_GE(with, without + kArticles / 16) << order;
    int left = (without + with) / 2;
    call_.cancelled = [&left] { return --left < 0; };
    EXPECT_THAT(Ask(request), testing::StatusIs(absl::StatusCode::kCancelled)) << order;
  }
}

}  // namespace
}  // namespace broadsheet::query
