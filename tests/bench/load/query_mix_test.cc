// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/load/query_mix.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "broadsheet/v1/search_service.pb.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::bench {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

v1::SearchArticlesRequest Parsed(const grpc::ByteBuffer& request) {
  std::vector<grpc::Slice> slices;
  EXPECT_TRUE(request.Dump(&slices).ok());
  std::string bytes;
  for (const grpc::Slice& slice : slices) bytes.append(slice.begin(), slice.end());
  v1::SearchArticlesRequest parsed;
  EXPECT_TRUE(parsed.ParseFromString(bytes));
  return parsed;
}

class QueryMixTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& content) {
    const std::string path = (folder_.path() / name).string();
    std::ofstream(path) << content;
    return path;
  }

  testing::TempDir folder_;
};

TEST_F(QueryMixTest, EveryLineIsARequestWithWhatAllOfThemHave) {
  const std::string path = Write("queries.txt", "ferry strike\n\nlighthouse\n");
  const auto mix = ReadQueries(path, R"({"pageSize": 3, "rankingProfile": "plain"})");
  ASSERT_TRUE(mix.ok()) << mix.status();
  ASSERT_EQ(mix->size(), 1);
  ASSERT_EQ(mix->front().requests.size(), 2);
  const v1::SearchArticlesRequest second = Parsed(mix->front().requests[1]);
  EXPECT_EQ(second.query(), "lighthouse");
  EXPECT_EQ(second.page_size(), 3);
  EXPECT_EQ(second.ranking_profile(), "plain");
}

TEST_F(QueryMixTest, ClassesOfAMixHaveTheirOwnQueriesWeightsAndRequests) {
  Write("words.txt", "ferry\n");
  Write("phrases.txt", "\"ferry strike\"\n");
  const auto mix = ReadMix(Write("mix.json", R"([
      {"name": "words", "weight": 3, "queries": "words.txt", "request": {"match": "MATCH_MODE_ANY"}},
      {"name": "phrases", "queries": "phrases.txt"}])"));
  ASSERT_TRUE(mix.ok()) << mix.status();
  ASSERT_EQ(mix->size(), 2);
  EXPECT_EQ((*mix)[0].weight, 3);
  EXPECT_EQ(Parsed((*mix)[0].requests[0]).match(), v1::MATCH_MODE_ANY);
  EXPECT_EQ((*mix)[1].weight, 1);
  EXPECT_EQ(Parsed((*mix)[1].requests[0]).query(), "\"ferry strike\"");
}

TEST_F(QueryMixTest, WhatIsWrongWithAMixIsNamed) {
  const std::string words = Write("words.txt", "ferry\n");
  EXPECT_THAT(ReadQueries((folder_.path() / "absent.txt").string(), "").status().message().data(),
              HasSubstr("absent.txt"));
  EXPECT_THAT(std::string(ReadQueries(Write("empty.txt", "\n"), "").status().message()),
              HasSubstr("empty.txt: holds no query"));
  EXPECT_THAT(std::string(ReadQueries(words, R"({"pagesize": 1})").status().message()),
              HasSubstr("pagesize"));
  const auto error_of = [&](const std::string& content) {
    return std::string(ReadMix(Write("mix.json", content)).status().message());
  };
  EXPECT_THAT(error_of("{"), HasSubstr("mix.json: no JSON array of classes"));
  EXPECT_THAT(error_of("[]"), HasSubstr("mix.json: holds no class"));
  EXPECT_THAT(error_of(R"([{"name": "words"}])"), HasSubstr("\"queries\""));
  EXPECT_THAT(error_of(R"([{"name": "words", "queries": "words.txt", "weight": 0}])"),
              HasSubstr("weight of class words"));
  EXPECT_THAT(error_of(R"([{"name": "words", "queries": "none.txt"}])"), HasSubstr("none.txt"));
}

TEST_F(QueryMixTest, ClassesComeAsOftenAsTheirWeightsSayAndAsEvenly) {
  const grpc::ByteBuffer request;
  const QueryMix mix = {{.name = "words", .weight = 3, .requests = {request}},
                        {.name = "phrases", .weight = 1, .requests = {request}}};
  MixCursor cursor(mix, 0);
  std::vector<size_t> chosen;
  for (int i = 0; i < 8; ++i) chosen.push_back(cursor.Next().query_class);
  EXPECT_THAT(chosen, ElementsAre(0, 0, 1, 0, 0, 0, 1, 0));
}

TEST_F(QueryMixTest, QueriesComeInTurnFromWhereTheCursorBegins) {
  const QueryMix mix = {{.name = "all", .weight = 1, .requests = std::vector<grpc::ByteBuffer>(4)}};
  MixCursor cursor(mix, 0.5);
  const grpc::ByteBuffer* first = mix[0].requests.data();
  std::vector<long> chosen;
  for (int i = 0; i < 5; ++i) chosen.push_back(cursor.Next().request - first);
  EXPECT_THAT(chosen, ElementsAre(2, 3, 0, 1, 2));
}

}  // namespace
}  // namespace broadsheet::bench
