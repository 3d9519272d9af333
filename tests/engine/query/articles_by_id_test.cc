// SPDX-License-Identifier: GPL-3.0-or-later
// Batches of articles: what is read for them, their order, and their size.
#include "engine/query/articles_by_id.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/query/encoded_response.h"
#include "engine/schema/error.h"

namespace broadsheet::query {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

// Articles by their ids, which counts how often each is read.
class CountedArticles {
 public:
  void Add(const std::string& id, std::string body) {
    articles_[id].set_id(id);
    articles_[id].set_headline("About " + id);
    articles_[id].set_body(std::move(body));
  }
  absl::StatusOr<v1::BatchGetArticlesResponse> Read(const std::vector<std::string>& ids,
                                                    const ReadMask& mask = ReadMask::Everything(),
                                                    const base::CallControl& call = {}) {
    const google::protobuf::RepeatedPtrField<std::string> wanted(ids.begin(), ids.end());
    const auto find = [this](const std::string& id) -> absl::StatusOr<v1::Article> {
      ++reads[id];
      if (id == "damaged") return absl::DataLossError("a block is damaged");
      const auto found = articles_.find(id);
      if (found == articles_.end()) return absl::NotFoundError("there is none");
      return found->second;
    };
    return ReadArticles(wanted, mask, find, call);
  }

  std::map<std::string, int> reads;

 private:
  std::map<std::string, v1::Article> articles_;
};

std::vector<std::string> FoundIds(const v1::BatchGetArticlesResponse& response) {
  std::vector<std::string> ids;
  for (const v1::Article& article : response.articles()) ids.push_back(article.id());
  return ids;
}

// A caller who named one article of 8 MB a thousand times had it unpacked a thousand times.
TEST(ArticlesByIdTest, WhatIsNamedAgainIsReadOnceAndAnsweredAgain) {
  CountedArticles articles;
  articles.Add("cafe", "coffee");
  articles.Add("flood", "water");
  const auto response =
      articles.Read({"cafe", "nobody", "flood", "cafe", "nobody", "cafe"}, ReadMask::AllButBody());
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_THAT(FoundIds(*response), ElementsAre("cafe", "flood", "cafe", "cafe"));
  for (const v1::Article& article : response->articles()) {
    EXPECT_EQ(article.headline(), "About " + article.id());
    EXPECT_EQ(article.body(), "");
  }
  EXPECT_THAT(response->missing_ids(), ElementsAre("nobody", "nobody"));
  EXPECT_THAT(articles.reads, ElementsAre(Pair("cafe", 1), Pair("flood", 1), Pair("nobody", 1)));
}

TEST(ArticlesByIdTest, WhatIsNamedAgainCountsAgainForTheSizeOfTheAnswer) {
  CountedArticles articles;
  articles.Add("long", std::string(kMaxAnswerBytes / 3, 'x'));
  EXPECT_TRUE(articles.Read({"long", "long"}).ok());
  const absl::Status refused = articles.Read({"long", "long", "long"}).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(schema::ErrorReason(refused), "INVALID_ARGUMENT_VALUE");
  // What is not wanted is no part of it.
  EXPECT_TRUE(articles.Read({"long", "long", "long"}, ReadMask::AllButBody()).ok());
}

TEST(ArticlesByIdTest, ABatchEndsWithTheFirstErrorAndWithItsCaller) {
  CountedArticles articles;
  articles.Add("cafe", "coffee");
  EXPECT_EQ(articles.Read({"cafe", "damaged", "flood"}).status().code(),
            absl::StatusCode::kDataLoss);
  EXPECT_EQ(articles.reads.count("flood"), 0U);
  int asked = 0;
  const base::CallControl gone{.cancelled = [&asked] { return ++asked > 2; }};
  EXPECT_EQ(articles.Read({"cafe", "cafe", "cafe", "flood"}, ReadMask::Everything(), gone)
                .status()
                .code(),
            absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace broadsheet::query
