// SPDX-License-Identifier: GPL-3.0-or-later
// What each method takes and refuses, before the engine is asked.
#include "server/services/search_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "engine/schema/error.h"
#include "tests/server/error_details.h"
#include "tests/server/test_server.h"

namespace broadsheet::server {
namespace {

using ::testing::HasSubstr;

class SearchServiceTest : public ::testing::Test {
 protected:
  grpc::Status Get(const std::string& id, v1::Article* article) {
    grpc::ClientContext context;
    v1::GetArticleRequest request;
    request.set_id(id);
    return server_.stub().GetArticle(&context, request, article);
  }
  grpc::Status BatchGet(const v1::BatchGetArticlesRequest& request,
                        v1::BatchGetArticlesResponse* response) {
    grpc::ClientContext context;
    return server_.stub().BatchGetArticles(&context, request, response);
  }
  static std::string BadFieldOf(const grpc::Status& status) {
    const auto bad = DetailOf<google::rpc::BadRequest>(status);
    return bad ? bad->field_violations(0).field() : "";
  }

  TestServer server_;
};

TEST_F(SearchServiceTest, GetsAnArticle) {
  v1::Article article;
  ASSERT_TRUE(Get("flood-1", &article).ok());
  EXPECT_EQ(article.id(), "flood-1");
}

TEST_F(SearchServiceTest, CountsByFields) {
  grpc::ClientContext context;
  v1::AggregateArticlesRequest request;
  request.add_facets()->set_field("tag");
  request.add_facets()->set_field("year");
  v1::AggregateArticlesResponse response;
  ASSERT_TRUE(server_.stub().AggregateArticles(&context, request, &response).ok());
  ASSERT_EQ(response.facets_size(), 2);
  EXPECT_EQ(response.facets(1).field(), "year");
}

TEST_F(SearchServiceTest, RefusesAnIdThatNoArticleCanHave) {
  v1::Article article;
  for (const std::string& id : {std::string(), std::string(1001, 'x'), std::string("a\nb")}) {
    const grpc::Status status = Get(id, &article);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(ReasonOf(status), "INVALID_ARGUMENT_VALUE");
    EXPECT_EQ(BadFieldOf(status), "id");
  }
  EXPECT_TRUE(Get(std::string(1000, 'x'), &article).ok());
}

TEST_F(SearchServiceTest, GetsArticlesInTheOrderAskedFor) {
  v1::BatchGetArticlesRequest request;
  for (const char* id : {"b", "a", "b"}) request.add_ids(id);
  v1::BatchGetArticlesResponse response;
  ASSERT_TRUE(BatchGet(request, &response).ok());
  ASSERT_EQ(response.articles_size(), 3);
  EXPECT_EQ(response.articles(0).id(), "b");
  EXPECT_EQ(response.articles(1).id(), "a");
}

TEST_F(SearchServiceTest, ABatchHasOneToAThousandIds) {
  v1::BatchGetArticlesRequest request;
  v1::BatchGetArticlesResponse response;
  EXPECT_EQ(BadFieldOf(BatchGet(request, &response)), "ids");
  for (int i = 0; i < 1000; ++i) request.add_ids(std::to_string(i));
  EXPECT_TRUE(BatchGet(request, &response).ok());
  request.add_ids("one too many");
  EXPECT_EQ(BadFieldOf(BatchGet(request, &response)), "ids");
}

TEST_F(SearchServiceTest, ABadIdInABatchIsNamedByItsPlace) {
  v1::BatchGetArticlesRequest request;
  request.add_ids("good");
  request.add_ids("");
  v1::BatchGetArticlesResponse response;
  EXPECT_EQ(BadFieldOf(BatchGet(request, &response)), "ids[1]");
}

TEST_F(SearchServiceTest, StatusTellsWhatIsServed) {
  grpc::ClientContext context;
  v1::GetStatusResponse response;
  ASSERT_TRUE(server_.stub().GetStatus(&context, {}, &response).ok());
  EXPECT_EQ(response.server_version(), BROADSHEET_VERSION);
  EXPECT_EQ(response.generation_number(), 1);
  EXPECT_EQ(response.build_id(), FakeIndex::BuildId(1));
  EXPECT_FALSE(response.writable());
}

}  // namespace
}  // namespace broadsheet::server
