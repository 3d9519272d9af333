// SPDX-License-Identifier: GPL-3.0-or-later
// Commands that answer with all hits, or for many queries: export, --all, --count, --queries.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/client/program_fixture.h"

namespace broadsheet::client {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class BulkTest : public ProgramTest {
 protected:
  // Three articles in two batches.
  BulkTest() {
    for (int i = 0; i < 2; ++i) {
      v1::ExportArticlesResponse batch;
      for (int j = 0; j <= i; ++j) {
        v1::Article* article = batch.add_articles();
        article->set_id("a" + std::to_string(i) + std::to_string(j));
        article->set_headline("Headline, so");
      }
      batch.mutable_total()->set_value(3);
      batch.mutable_total()->set_relation(v1::Total::RELATION_EXACT);
      server_.script()->batches.push_back(batch);
    }
  }
};

TEST_F(BulkTest, AllHitsAreStreamedInEachForm) {
  EXPECT_EQ(Run({"search", "x", "--all", "-o", "ids"}).out, "a00\na10\na11\n");
  EXPECT_EQ(Run({"search", "x", "--all", "-o", "csv", "--fields", "id,headline"}).out,
            "id,headline\r\na00,\"Headline, so\"\r\na10,\"Headline, so\"\r\n"
            "a11,\"Headline, so\"\r\n");
  EXPECT_THAT(Run({"search", "x", "--all"}).out, HasSubstr("3 articles\n\n  1  Headline, so"));
  const std::string lines = Run({"export", "x"}).out;
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 3);
  EXPECT_THAT(lines, HasSubstr("{\"id\":\"a00\""));
}

TEST_F(BulkTest, AnExportOfNothingInParticularIsOfAllArticles) {
  EXPECT_EQ(Run({"export", "-o", "ids"}).exit_status, 0);
  const auto all = server_.script()->seen_exports.back();
  EXPECT_EQ(all.query(), "");
  EXPECT_TRUE(all.filter().include_undated());
  Run({"export", "--tag", "x", "-o", "tsv", "--fields", "url"});
  const auto some = server_.script()->seen_exports.back();
  EXPECT_FALSE(some.filter().include_undated());
  EXPECT_THAT(some.read_mask().paths(), ::testing::ElementsAre("id", "url"));
}

TEST_F(BulkTest, ABrokenStreamGoesOnWhereItWas) {
  server_.script()->breaks = 1;
  EXPECT_EQ(Run({"export", "x", "-o", "ids"}).out, "a00\na10\na11\n");
  EXPECT_EQ(server_.script()->seen_exports.back().resume_token(), "1");
}

TEST_F(BulkTest, AnOutputThatIsNotWholeIsSaid) {
  server_.script()->status = {grpc::StatusCode::DATA_LOSS, "the index is damaged"};
  const Result result = Run({"export", "x", "-o", "ids"});
  EXPECT_EQ(result.exit_status, 2);
  EXPECT_THAT(result.err, HasSubstr("the output ends after 3 articles and is not whole"));
}

// A stream has no deadline; its silence has.
TEST_F(BulkTest, AStreamThatFallsSilentIsGivenUp) {
  server_.HoldExports();
  const Result result = Run({"--timeout", "1", "export", "x"});
  EXPECT_EQ(result.exit_status, 2);
  EXPECT_THAT(result.err, HasSubstr("no answer in time"));
}

TEST_F(BulkTest, NoArticlesAreStatusOne) {
  server_.script()->batches.assign(1, v1::ExportArticlesResponse());
  EXPECT_EQ(Run({"export", "x"}).exit_status, 1);
}

TEST_F(BulkTest, WhatDoesNotGoWithAllIsSaid) {
  EXPECT_THAT(Run({"search", "x", "--all", "--page", "2"}).err, HasSubstr("leave --page out"));
  EXPECT_THAT(Run({"search", "x", "--all", "-n", "3"}).err, HasSubstr("leave --limit out"));
  EXPECT_THAT(Run({"search", "x", "--all", "-o", "json"}).err, HasSubstr("jsonl"));
  EXPECT_THAT(Run({"search", "x", "--all", "--sort", "relevance"}).err, HasSubstr("newest"));
  EXPECT_THAT(Run({"search", "x", "--fields", "id"}).err, HasSubstr("--output csv"));
  EXPECT_THAT(Run({"search", "x", "-o", "csv", "--fields", "headlin"}).err,
              HasSubstr("did you mean headline?"));
}

TEST_F(BulkTest, ACountIsANumberAlone) {
  AddHit("a", "A");
  server_.script()->response.mutable_total()->set_value(1234);
  const Result result = Run({"search", "x", "--count"});
  EXPECT_EQ(result.out, "1234\n");
  EXPECT_TRUE(server_.script()->seen.exact_total());
}

v1::CountQueriesResponse Counted(int value) {
  v1::CountQueriesResponse answer;
  answer.mutable_total()->set_value(value);
  return answer;
}

TEST_F(BulkTest, EveryLineOfAFileIsCountedInItsPlace) {
  server_.script()->count_of_query["ferry"] = Counted(1234);
  server_.script()->count_of_query["kim"] = Counted(0);
  v1::CountQueriesResponse mistake;
  mistake.set_code(3);
  mistake.set_message("never closed");
  mistake.mutable_error()->set_hint("close it");
  server_.script()->count_of_query["\"open"] = mistake;

  const Result result = Run({"search", "--queries", "-"}, "ferry\n\n\"open\r\nk\xff\nkim\n");

  EXPECT_EQ(result.exit_status, 1);
  EXPECT_EQ(result.out,
            "    1,234  ferry\n"
            "    error  \"open\n"
            "           never closed; close it\n"
            "    error  k \n"
            "           the query is not valid UTF-8 at byte 1; type it again, or convert it with "
            "iconv\n"
            "        0  kim\n");
  EXPECT_EQ(Run({"search", "--queries", "-"}, "ferry\nkim\n").exit_status, 0);
  EXPECT_EQ(Run({"search", "--queries", "-", "-o", "csv"}, "ferry\n").out,
            "line,query,count,error\r\n1,ferry,1234,\r\n");
}

TEST_F(BulkTest, AFileOfManyQueriesIsAnsweredInOrderWithTheOptions) {
  std::string lines;
  for (int i = 0; i < 1000; ++i) {
    const std::string query = "q" + std::to_string(i);
    server_.script()->count_of_query[query] = Counted(i);
    lines += query + "\n";
  }
  const std::string file = state_.path() / "queries.txt";
  std::ofstream(file) << lines;
  const Result result = Run({"search", "--queries", file, "-o", "tsv", "--tag", "x"});
  EXPECT_EQ(result.exit_status, 0);
  EXPECT_THAT(result.out, HasSubstr("\n1000\tq999\t999\t\n"));
  EXPECT_EQ(server_.script()->seen_counts.back().filter().tag().all_of(0), "x");
}

TEST_F(BulkTest, AFileThatCannotBeReadIsSaid) {
  EXPECT_THAT(Run({"search", "--queries", "/no/such"}).err, HasSubstr("cannot read /no/such"));
  EXPECT_THAT(Run({"search", "--queries", "/"}).err, HasSubstr("cannot read /"));
  EXPECT_THAT(Run({"search", "x", "--queries", "-"}).err, HasSubstr("not both"));
}

TEST_F(BulkTest, ARequestIsPrintedAndNothingIsSent) {
  setenv("BROADSHEET_SERVER", "127.0.0.1:1", 1);
  EXPECT_EQ(Run({"search", "kim", "-n", "3", "--print-request"}).out,
            "{\"method\": \"broadsheet.v1.SearchService/SearchArticles\", \"request\": "
            "{\"query\":\"kim\",\"pageSize\":3}}\n");
  EXPECT_THAT(Run({"--print-request", "export", "kim"}).out,
              HasSubstr("SearchService/ExportArticles"));
  EXPECT_THAT(Run({"--print-request", "get", "a"}).out, HasSubstr("SearchService/GetArticle"));
  EXPECT_THAT(Run({"--print-request", "put", "-"}, "{\"id\": \"a\"}").out,
              HasSubstr("ArticleService/PutArticle\", \"request\": {\"article\":{\"id\":\"a\"}}"));
  EXPECT_THAT(Run({"--print-request", "delete", "a"}).out, HasSubstr("DeleteArticle"));
  EXPECT_THAT(Run({"--print-request", "status"}).out, HasSubstr("SearchService/GetStatus"));
  EXPECT_EQ(Run({"--print-request", "admin", "generations"}).exit_status, 2);
  EXPECT_THAT(Run({"--print-request", "search", "--queries", "-"}, "a\nb\n").out,
              HasSubstr("\"request\": {\"key\":\"2\",\"query\":\"b\"}}"));
}

}  // namespace
}  // namespace broadsheet::client
