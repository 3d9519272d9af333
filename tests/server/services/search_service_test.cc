// SPDX-License-Identifier: GPL-3.0-or-later
// Each method asks the engine and answers with what that says.
#include "server/services/search_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <new>
#include <string>
#include <utility>

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

TEST_F(SearchServiceTest, GetsArticlesInTheOrderAskedFor) {
  v1::BatchGetArticlesRequest request;
  for (const char* id : {"b", "a", "b"}) request.add_ids(id);
  v1::BatchGetArticlesResponse response;
  ASSERT_TRUE(BatchGet(request, &response).ok());
  ASSERT_EQ(response.articles_size(), 3);
  EXPECT_EQ(response.articles(0).id(), "b");
  EXPECT_EQ(response.articles(1).id(), "a");
}

// Memory that ran out in a search ended the server.
TEST(MemoryTest, ThatRunsOutIsAnErrorOfTheRequest) {
  std::atomic<bool> is_short = true;
  FakeAnswers answers;
  answers.search = [&](const auto&, const auto&) -> absl::StatusOr<v1::SearchArticlesResponse> {
    if (is_short) throw std::bad_alloc();
    return v1::SearchArticlesResponse();
  };
  answers.batch = [&](const auto&, const auto&) -> absl::StatusOr<query::ExportBatch> {
    throw std::bad_alloc();
  };
  TestServer server(std::move(answers));
  const grpc::Status refused = server.Search("flood");
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(ReasonOf(refused), "OVERLOADED");
  EXPECT_TRUE(DetailOf<google::rpc::RetryInfo>(refused).has_value());
  grpc::ClientContext context;
  v1::ExportArticlesResponse batch;
  const auto stream = server.stub().ExportArticles(&context, {});
  EXPECT_FALSE(stream->Read(&batch));
  EXPECT_EQ(ReasonOf(stream->Finish()), "OVERLOADED");
  is_short = false;
  EXPECT_TRUE(server.Search("flood").ok());
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
