// SPDX-License-Identifier: GPL-3.0-or-later
// What a licence is for, and that a searcher tells of nothing else. That no method forgets it is
// proved over the real server, by tests/integration/licence_test.py.
#include "engine/query/licence.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

using LicenceValues = std::map<std::string, std::vector<std::string>>;

std::shared_ptr<const Licence> LicenceFor(const LicenceValues& values) {
  return Licence::Make(values).value();
}

class LicenceTest : public SearchFixture {
 protected:
  void SetUp() override {
    Add("post", {.headline = "budget vote", .tags = {"Budget", "City"}, .source = "The Post"});
    Add("times", {.headline = "budget leak", .tags = {"Budget"}, .source = "The Times"});
    Add("nobody", {.headline = "budget speech", .tags = {"Budget"}});
  }

  // The hits of a caller with this licence, in no order.
  std::string Found(const std::shared_ptr<const Licence>& licence, const std::string& query) {
    auto searcher = Searcher::Open(index_.Open(), limits_, {}, answers_, nullptr, licence).value();
    v1::SearchArticlesRequest request = Request(query);
    request.set_sort(v1::SORT_ORDER_NEWEST);
    const auto answer = testing::Parsed(searcher->Search(request, call_)).value();
    EXPECT_EQ(answer.total().value(), answer.hits_size());
    return IdsOf(answer);
  }
};

TEST_F(LicenceTest, IsForArticlesThatHaveOneOfItsValues) {
  EXPECT_EQ(Found(LicenceFor({{"source", {"The Post"}}}), "budget"), "post");
  EXPECT_EQ(Found(LicenceFor({{"source", {"the POST", "Nobody"}}}), "budget"), "post");
  EXPECT_EQ(Found(LicenceFor({{"tag", {"city"}}}), "budget"), "post");
  EXPECT_EQ(Found(LicenceFor({{"source", {"Post"}}}), "budget"), "");
}

TEST_F(LicenceTest, OfSeveralFieldsIsForArticlesThatMeetEach) {
  EXPECT_EQ(Found(LicenceFor({{"source", {"The Times"}}, {"tag", {"Budget"}}}), "budget"), "times");
  EXPECT_EQ(Found(LicenceFor({{"source", {"The Times"}}, {"tag", {"City"}}}), "budget"), "");
}

TEST_F(LicenceTest, ShowsNoArticleWithoutTheField) {
  EXPECT_EQ(Found(LicenceFor({{"source", {"The Post", "The Times"}}}), "speech"), "");
}

TEST_F(LicenceTest, FollowsWhatIsWritten) {
  const auto licence = LicenceFor({{"source", {"The Post"}}});
  AddToLive("new", {.headline = "budget passed", .source = "The Post"});
  AddToLive("other", {.headline = "budget failed", .source = "The Times"});
  EXPECT_THAT(Found(licence, "passed OR failed"), "new");
  // An article that leaves the licence takes nothing of it along.
  AddToLive("post", {.headline = "budget vote", .source = "The Times"});
  EXPECT_EQ(Found(licence, "vote"), "");
}

TEST_F(LicenceTest, KeepsItsAnswersToItself) {
  answers_ = std::make_shared<AnswerCache>(1 << 20);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(Found(LicenceFor({{"source", {"The Post"}}}), "budget"), "post");
    EXPECT_EQ(Found(LicenceFor({{"source", {"The Times"}}}), "budget"), "times");
    EXPECT_EQ(Answer("budget").hits_size(), 3);
  }
  EXPECT_EQ(answers_->figures().found, 6U);
}

TEST_F(LicenceTest, ItsKeyTellsItFromAllOthers) {
  const auto key = [](const LicenceValues& values) { return LicenceFor(values)->key(); };
  EXPECT_EQ(key({{"source", {"a", "b"}}}), key({{"source", {"a", "b"}}}));
  EXPECT_NE(key({{"source", {"a", "b"}}}), key({{"source", {"a 1 b"}}}));
  EXPECT_NE(key({{"source", {"a"}}}), key({{"section", {"a"}}}));
  EXPECT_NE(key({{"source", {"a"}}, {"tag", {"b"}}}), key({{"source", {"a"}}}));
}

TEST_F(LicenceTest, IsForFieldsWithWholeValuesOnly) {
  for (const LicenceValues& values :
       {LicenceValues{{"headline", {"budget"}}}, LicenceValues{{"sauce", {"The Post"}}},
        LicenceValues{{"source", {}}}, LicenceValues{}}) {
    EXPECT_EQ(Licence::Make(values).status().code(), absl::StatusCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace broadsheet::query
