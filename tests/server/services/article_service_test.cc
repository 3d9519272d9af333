// SPDX-License-Identifier: GPL-3.0-or-later
// Writing through the API of a server over a real index on disk.
#include "server/services/article_service.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/storage/index/takedowns.h"
#include "engine/storage/live/snapshot.h"
#include "server/generations/index_folder.h"
#include "server/server.h"
#include "tests/server/collected_log.h"
#include "tests/server/error_details.h"
#include "tests/server/test_server.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_index.h"

namespace broadsheet::server {
namespace {

using broadsheet::testing::MakeArticle;
using broadsheet::testing::TestIndex;

class ArticleServiceTest : public ::testing::Test {
 protected:
  using ImportStream =
      grpc::ClientReaderWriter<v1::ImportArticlesRequest, v1::ImportArticlesResponse>;

  ArticleServiceTest() {
    index_.Add("old", {.headline = "Bridge opens", .version = 5});
    index_.Publish();
  }

  void Serve(bool writable = true) {
    const storage::Layout layout(index_.path());
    std::optional<indexing::WritableIndex> held;
    if (writable) held = indexing::WritableIndex::Open(layout, "a test").value();
    server_ = Server::Start(TestOptions(), std::make_unique<IndexFolder>(layout, query::Limits()),
                            log_, {}, std::move(held))
                  .value();
    const auto channel =
        grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
    articles_ = v1::ArticleService::NewStub(channel);
    search_ = v1::SearchService::NewStub(channel);
  }

  grpc::Status Put(const v1::Article& article, v1::PutArticleResponse* response) {
    grpc::ClientContext context;
    v1::PutArticleRequest request;
    *request.mutable_article() = article;
    return articles_->PutArticle(&context, request, response);
  }
  v1::PutOutcome Put(const v1::Article& article) {
    v1::PutArticleResponse response;
    const grpc::Status status = Put(article, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.outcome();
  }
  grpc::Status Delete(const std::string& id, bool allow_missing, v1::DeleteArticleResponse* out) {
    grpc::ClientContext context;
    v1::DeleteArticleRequest request;
    request.set_id(id);
    request.set_allow_missing(allow_missing);
    return articles_->DeleteArticle(&context, request, out);
  }

  int Hits(const std::string& query) {
    grpc::ClientContext context;
    v1::SearchArticlesRequest request;
    request.set_query(query);
    request.set_page_size(1000);
    v1::SearchArticlesResponse response;
    const grpc::Status status = search_->SearchArticles(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.hits_size();
  }

  static v1::ImportArticlesRequest Message(int64_t sequence, v1::Article article) {
    v1::ImportArticlesRequest message;
    message.set_sequence(sequence);
    *message.mutable_article() = std::move(article);
    return message;
  }

  TestIndex index_;
  CollectedLog log_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::ArticleService::Stub> articles_;
  std::unique_ptr<v1::SearchService::Stub> search_;
};

TEST_F(ArticleServiceTest, AnAcknowledgedArticleIsFoundByTheNextSearch) {
  Serve();
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(Put(MakeArticle("new-" + std::to_string(i), {.headline = "Ferry sails"})),
              v1::PUT_OUTCOME_CREATED);
    EXPECT_EQ(Hits("ferry"), i + 1);
  }
}

TEST_F(ArticleServiceTest, SaysWhatBecameOfAPut) {
  Serve();
  EXPECT_EQ(Put(MakeArticle("old", {.headline = "Late", .version = 4})),
            v1::PUT_OUTCOME_SUPERSEDED);
  EXPECT_EQ(Put(MakeArticle("old", {.headline = "Bridge closes", .version = 6})),
            v1::PUT_OUTCOME_REPLACED);
  EXPECT_EQ(Put(MakeArticle("old", {.headline = "Bridge closes", .version = 6})),
            v1::PUT_OUTCOME_UNCHANGED);
  EXPECT_EQ(Hits("bridge"), 1);
}

TEST_F(ArticleServiceTest, DeletesAndToleratesWhatIsMissing) {
  Serve();
  v1::DeleteArticleResponse response;
  EXPECT_TRUE(Delete("old", false, &response).ok());
  EXPECT_TRUE(response.deleted());
  EXPECT_EQ(Hits("bridge"), 0);
  const grpc::Status again = Delete("old", false, &response);
  EXPECT_EQ(again.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(ReasonOf(again), "ARTICLE_NOT_FOUND");
  EXPECT_TRUE(Delete("old", true, &response).ok());
  EXPECT_FALSE(response.deleted());
  EXPECT_EQ(ReasonOf(Delete("bad\nid", true, &response)), "INVALID_ARGUMENT_VALUE");
}

TEST_F(ArticleServiceTest, RefusesWhatIsNoArticleAndNamesTheField) {
  Serve();
  v1::PutArticleResponse response;
  const grpc::Status empty = Put(MakeArticle("empty", {}), &response);
  EXPECT_EQ(empty.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ReasonOf(empty), "ARTICLE_INVALID");
  const grpc::Status bad = Put(MakeArticle(std::string(1001, 'x'), {.headline = "x"}), &response);
  EXPECT_EQ(FieldOf(bad), "article.id");
}

TEST_F(ArticleServiceTest, ABatchStoresTheGoodOnesAndSaysWhichWereNot) {
  Serve();
  grpc::ClientContext context;
  v1::BatchPutArticlesRequest request;
  *request.add_articles() = MakeArticle("a", {.headline = "Ferry sails"});
  *request.add_articles() = MakeArticle("b", {});
  *request.add_articles() = MakeArticle("c", {.headline = "Ferry returns"});
  v1::BatchPutArticlesResponse response;
  ASSERT_TRUE(articles_->BatchPutArticles(&context, request, &response).ok());
  ASSERT_EQ(response.results_size(), 3);
  EXPECT_EQ(response.results(0).outcome(), v1::PUT_OUTCOME_CREATED);
  EXPECT_EQ(response.results(1).reason(), "ARTICLE_INVALID");
  EXPECT_EQ(response.results(1).status().code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_FALSE(response.results(2).has_status());
  EXPECT_EQ(Hits("ferry"), 2);
}

TEST_F(ArticleServiceTest, AServerWithoutWritableSaysSo) {
  Serve(/*writable=*/false);
  v1::PutArticleResponse put;
  EXPECT_EQ(ReasonOf(Put(MakeArticle("a", {.headline = "x"}), &put)), "INDEX_READ_ONLY");
  grpc::ClientContext context;
  const auto stream = articles_->ImportArticles(&context);
  v1::ImportArticlesResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(ReasonOf(stream->Finish()), "INDEX_READ_ONLY");
}

TEST_F(ArticleServiceTest, StatusSaysWhetherWritesAreTaken) {
  for (const bool writable : {false, true}) {
    server_.reset();
    Serve(writable);
    grpc::ClientContext context;
    v1::GetStatusResponse status;
    ASSERT_TRUE(search_->GetStatus(&context, {}, &status).ok());
    EXPECT_EQ(status.writable(), writable);
  }
}

TEST_F(ArticleServiceTest, WhatWasTakenDownIsRefusedAndNoLongerFound) {
  Serve();
  ASSERT_EQ(Put(MakeArticle("new", {.headline = "Bridge closes"})), v1::PUT_OUTCOME_CREATED);
  ASSERT_EQ(Hits("bridge"), 2);
  EXPECT_OK(storage::AddTakedowns(storage::Layout(index_.path()), {"old", "new"}, absl::Now()));
  EXPECT_EQ(Hits("bridge"), 0);
  v1::PutArticleResponse put;
  EXPECT_EQ(ReasonOf(Put(MakeArticle("new", {.headline = "Again", .version = 9}), &put)),
            "ARTICLE_TAKEN_DOWN");
}

TEST_F(ArticleServiceTest, AnImportAnswersEachArticleInOrder) {
  Serve();
  constexpr int kArticles = 1500;
  grpc::ClientContext context;
  const auto stream = articles_->ImportArticles(&context);
  std::thread sender([&] {
    for (int i = 1; i <= kArticles; ++i) {
      const bool bad = i % 100 == 0;
      const auto article = bad ? MakeArticle("bad", {})
                               : MakeArticle("n" + std::to_string(i), {.headline = "Ferry sails"});
      // Numbers may leave gaps.
      ASSERT_TRUE(stream->Write(Message(i * 2, article)));
    }
    stream->WritesDone();
  });
  v1::ImportArticlesResponse response;
  int answers = 0;
  while (stream->Read(&response)) {
    ++answers;
    EXPECT_EQ(response.sequence(), answers * 2);
    EXPECT_EQ(response.result().reason(), answers % 100 == 0 ? "ARTICLE_INVALID" : "");
  }
  sender.join();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(answers, kArticles);
  EXPECT_EQ(Hits("ferry"), 1000);
}

TEST_F(ArticleServiceTest, AnImportWhoseNumbersDoNotRiseEnds) {
  Serve();
  grpc::ClientContext context;
  const auto stream = articles_->ImportArticles(&context);
  stream->Write(Message(7, MakeArticle("a", {.headline = "x"})));
  stream->Write(Message(7, MakeArticle("b", {.headline = "x"})));
  v1::ImportArticlesResponse response;
  EXPECT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.result().id(), "a");
  EXPECT_FALSE(stream->Read(&response));
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(ReasonOf(status), "INVALID_ARGUMENT_VALUE");
  EXPECT_EQ(FieldOf(status), "sequence");
}

TEST_F(ArticleServiceTest, AStoppingServerAnswersWhatItHasAndEndsTheImport) {
  Serve();
  grpc::ClientContext context;
  const auto stream = articles_->ImportArticles(&context);
  for (int i = 1; i <= 50; ++i) {
    stream->Write(Message(i, MakeArticle("n" + std::to_string(i), {.headline = "Ferry sails"})));
  }
  v1::ImportArticlesResponse response;
  std::vector<std::string> acknowledged;
  ASSERT_TRUE(stream->Read(&response));
  acknowledged.push_back(response.result().id());
  // The sender never half-closes.
  EXPECT_TRUE(server_->Stop(absl::Now() + absl::Minutes(10)));
  while (stream->Read(&response)) acknowledged.push_back(response.result().id());
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  server_.reset();

  const auto snapshot = storage::Snapshot::Open(index_.Open()).value();
  for (const std::string& id : acknowledged) EXPECT_OK(snapshot->FindId(id)) << id;
}

TEST_F(ArticleServiceTest, ACallerWhoGoesAwayLeavesTheServerWell) {
  Serve();
  {
    grpc::ClientContext context;
    const auto stream = articles_->ImportArticles(&context);
    for (int i = 1; i <= 100; ++i) {
      stream->Write(Message(i, MakeArticle("n" + std::to_string(i), {.headline = "Ferry sails"})));
    }
    context.TryCancel();
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  EXPECT_EQ(Put(MakeArticle("after", {.headline = "Harbour"})), v1::PUT_OUTCOME_CREATED);
  EXPECT_EQ(Hits("harbour"), 1);
}

TEST_F(ArticleServiceTest, TakesLargeArticlesButNoLargeSearches) {
  Serve();
  EXPECT_EQ(Put(MakeArticle("large", {.headline = "x", .body = std::string(6 << 20, ' ') + "y"})),
            v1::PUT_OUTCOME_CREATED);
  grpc::ClientContext context;
  v1::SearchArticlesRequest request;
  request.set_query(std::string(65 << 10, 'x'));
  v1::SearchArticlesResponse response;
  EXPECT_EQ(ReasonOf(search_->SearchArticles(&context, request, &response)),
            "INVALID_ARGUMENT_VALUE");
}

TEST_F(ArticleServiceTest, AReadOnlyServerFollowsAnothersWrites) {
  Serve(/*writable=*/false);
  EXPECT_EQ(Hits("ferry"), 0);
  auto held = indexing::WritableIndex::Open(storage::Layout(index_.path()), "a test").value();
  for (int i = 1; i <= 5; ++i) {
    ASSERT_OK(held.writer
                  ->Write({{.article = MakeArticle("n" + std::to_string(i),
                                                   {.headline = "Ferry sails"})}})[0]
                  .status);
    EXPECT_EQ(Hits("ferry"), i);
  }
}

}  // namespace
}  // namespace broadsheet::server
