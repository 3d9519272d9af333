// SPDX-License-Identifier: GPL-3.0-or-later
// Rebuilding and publishing through the API of a server over a real index on disk.
#include "server/services/admin_service.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "engine/storage/index/current.h"
#include "server/generations/index_folder.h"
#include "server/server.h"
#include "tests/server/collected_log.h"
#include "tests/server/error_details.h"
#include "tests/server/held_rename.h"
#include "tests/server/test_server.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_index.h"

namespace broadsheet::server {
namespace {

using broadsheet::testing::MakeArticle;
using broadsheet::testing::TestIndex;
using ::testing::ElementsAre;

class AdminServiceTest : public ::testing::Test {
 protected:
  AdminServiceTest() {
    index_.Add("bridge", {.headline = "Bridge opens", .version = 5});
    index_.Add("ferry", {.headline = "Ferry sails"});
    index_.Publish();
  }

  storage::Layout layout() const { return storage::Layout(index_.path()); }

  void Serve(bool writable = true) {
    std::optional<indexing::WritableIndex> held;
    if (writable) held = indexing::WritableIndex::Open(layout(), "a test").value();
    ServerOptions options = TestOptions();
    options.index = index_.path().string();
    server_ = Server::Start(options, std::make_unique<IndexFolder>(layout(), query::Limits()), log_,
                            {}, std::move(held))
                  .value();
    const auto channel =
        grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
    articles_ = v1::ArticleService::NewStub(channel);
    search_ = v1::SearchService::NewStub(channel);
    admin_ = v1::AdminService::NewStub(channel);
  }

  void Put(const std::string& id, const std::string& headline, int64_t version = 0) {
    grpc::ClientContext context;
    v1::PutArticleRequest request;
    *request.mutable_article() = MakeArticle(id, {.headline = headline, .version = version});
    v1::PutArticleResponse response;
    const grpc::Status status = articles_->PutArticle(&context, request, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
  }
  void Delete(const std::string& id) {
    grpc::ClientContext context;
    v1::DeleteArticleRequest request;
    request.set_id(id);
    v1::DeleteArticleResponse response;
    const grpc::Status status = articles_->DeleteArticle(&context, request, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
  }

  // What the server finds, of all articles without a query: ids with their headlines.
  std::map<std::string, std::string> Shown(const std::string& query = "") {
    grpc::ClientContext context;
    v1::SearchArticlesRequest request;
    request.set_query(query);
    request.mutable_filter()->set_include_undated(true);
    request.mutable_filter()->mutable_published_from()->set_seconds(0);
    request.set_page_size(1000);
    v1::SearchArticlesResponse response;
    const grpc::Status status = search_->SearchArticles(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    std::map<std::string, std::string> shown;
    for (const v1::Hit& hit : response.hits()) shown[hit.article().id()] = hit.article().headline();
    return shown;
  }

  grpc::Status Rebuild(bool build_only, v1::Operation* operation) {
    grpc::ClientContext context;
    v1::RebuildRequest request;
    request.set_build_only(build_only);
    v1::RebuildResponse response;
    const grpc::Status status = admin_->Rebuild(&context, request, &response);
    *operation = response.operation();
    return status;
  }
  grpc::Status GetOperation(const std::string& id, v1::Operation* operation) {
    grpc::ClientContext context;
    v1::GetOperationRequest request;
    request.set_id(id);
    v1::GetOperationResponse response;
    const grpc::Status status = admin_->GetOperation(&context, request, &response);
    *operation = response.operation();
    return status;
  }
  // Asks until it has ended.
  v1::Operation Await(const std::string& id) {
    v1::Operation operation;
    do {
      EXPECT_TRUE(GetOperation(id, &operation).ok());
    } while (!operation.has_end_time() && !HasFailure());
    return operation;
  }
  v1::Operation RebuildAndAwait(bool build_only = false) {
    v1::Operation operation;
    EXPECT_TRUE(Rebuild(build_only, &operation).ok());
    return Await(operation.id());
  }
  grpc::Status Publish(int number, v1::LiveWrites writes, v1::PublishGenerationResponse* response,
                       int expected = 0) {
    grpc::ClientContext context;
    v1::PublishGenerationRequest request;
    request.set_number(number);
    request.set_expected_published(expected);
    request.set_live_writes(writes);
    return admin_->PublishGeneration(&context, request, response);
  }
  grpc::Status Rollback(v1::LiveWrites writes, v1::RollbackGenerationResponse* response) {
    grpc::ClientContext context;
    v1::RollbackGenerationRequest request;
    request.set_live_writes(writes);
    return admin_->RollbackGeneration(&context, request, response);
  }
  std::vector<v1::Generation> Generations() {
    grpc::ClientContext context;
    v1::ListGenerationsResponse response;
    const grpc::Status status = admin_->ListGenerations(&context, {}, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return {response.generations().begin(), response.generations().end()};
  }

  TestIndex index_;
  CollectedLog log_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::ArticleService::Stub> articles_;
  std::unique_ptr<v1::SearchService::Stub> search_;
  std::unique_ptr<v1::AdminService::Stub> admin_;
};

TEST_F(AdminServiceTest, ARebuiltGenerationShowsWhatWasThereAndTakesWrites) {
  Serve();
  Put("bridge", "Bridge closes", 6);
  Put("tunnel", "Tunnel dug");
  Delete("ferry");
  const v1::Operation rebuilt = RebuildAndAwait();
  EXPECT_EQ(rebuilt.state(), v1::Operation::STATE_SUCCEEDED) << rebuilt.ShortDebugString();
  EXPECT_TRUE(rebuilt.published());
  EXPECT_EQ(rebuilt.generation_number(), 2);
  EXPECT_EQ(rebuilt.article_count(), 2);
  EXPECT_TRUE(rebuilt.has_write_pause());
  Put("tunnel", "Tunnel opens");
  EXPECT_THAT(Shown(), ElementsAre(std::pair("bridge", "Bridge closes"),
                                   std::pair("tunnel", "Tunnel opens")));
  EXPECT_EQ(storage::ReadCurrent(layout())->number, 2U);
}

TEST_F(AdminServiceTest, EveryWriteDuringRebuildsIsThereAfterwards) {
  Serve();
  std::atomic<bool> done = false;
  std::map<std::string, std::string> written = Shown();
  std::thread writer([&] {
    for (int i = 0; !done; ++i) {
      const std::string id = "article " + std::to_string(i % 500);
      const std::string headline = "Edition " + std::to_string(i);
      Put(id, headline);
      written[id] = headline;
      if (i % 7 != 0) continue;
      Delete(id);
      written.erase(id);
    }
  });
  for (int i = 0; i < 5; ++i) {
    const v1::Operation rebuilt = RebuildAndAwait();
    EXPECT_EQ(rebuilt.state(), v1::Operation::STATE_SUCCEEDED) << rebuilt.ShortDebugString();
  }
  done = true;
  writer.join();
  EXPECT_EQ(Shown(), written);
}

TEST_F(AdminServiceTest, OneOperationAtATime) {
  Serve();
  HeldRename built("MANIFEST");
  v1::Operation first;
  ASSERT_TRUE(Rebuild(false, &first).ok());
  v1::Operation second;
  const grpc::Status refused = Rebuild(false, &second);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonOf(refused), "OPERATION_RUNNING");
  built.LetGo();
  EXPECT_EQ(Await(first.id()).state(), v1::Operation::STATE_SUCCEEDED);
}

// A rebuild that was quicker than the call to cancel it used to fail the test.
TEST_F(AdminServiceTest, ACancelledRebuildLeavesThePublishedGeneration) {
  Serve();
  HeldRename built("MANIFEST");
  v1::Operation started;
  ASSERT_TRUE(Rebuild(false, &started).ok());
  ASSERT_TRUE(built.WaitUntilReached());
  grpc::ClientContext context;
  v1::CancelOperationRequest request;
  request.set_id(started.id());
  v1::CancelOperationResponse response;
  ASSERT_TRUE(admin_->CancelOperation(&context, request, &response).ok());
  built.LetGo();
  EXPECT_EQ(Await(started.id()).state(), v1::Operation::STATE_CANCELLED);
  EXPECT_EQ(storage::ReadCurrent(layout())->number, 1U);
  EXPECT_EQ(Generations().size(), 1U);
  Put("tunnel", "Tunnel opens");
  EXPECT_EQ(RebuildAndAwait().state(), v1::Operation::STATE_SUCCEEDED);
}

TEST_F(AdminServiceTest, WhatWasOnlyBuiltIsPublishedOnDemandWithTheWritesSince) {
  Serve();
  const v1::Operation built = RebuildAndAwait(/*build_only=*/true);
  EXPECT_FALSE(built.published());
  EXPECT_EQ(storage::ReadCurrent(layout())->number, 1U);
  Put("tunnel", "Tunnel opens");
  v1::PublishGenerationResponse response;
  const grpc::Status refused = Publish(2, v1::LIVE_WRITES_UNSPECIFIED, &response);
  EXPECT_EQ(ReasonOf(refused), "LIVE_WRITES_AT_STAKE");
  // Options are the client's to name.
  EXPECT_THAT(refused.error_message(),
              ::testing::EndsWith("since it was built: 1 article put, 0 of "
                                  "its own replaced or deleted"));
  ASSERT_TRUE(Publish(2, v1::LIVE_WRITES_KEEP, &response).ok());
  EXPECT_EQ(response.generation().number(), 2);
  EXPECT_EQ(response.generation().state(), v1::Generation::STATE_PUBLISHED);
  EXPECT_EQ(Shown().count("tunnel"), 1U);
}

TEST_F(AdminServiceTest, GoesBackWithOrWithoutTheWritesSince) {
  index_.Add("tunnel", {.headline = "Tunnel dug"});
  index_.Publish();
  Serve();
  Put("bridge", "Bridge closes", 6);
  v1::RollbackGenerationResponse response;
  ASSERT_TRUE(Rollback(v1::LIVE_WRITES_KEEP, &response).ok());
  EXPECT_THAT(Shown(),
              ElementsAre(std::pair("bridge", "Bridge closes"), std::pair("ferry", "Ferry sails")));
  v1::PublishGenerationResponse forward;
  ASSERT_TRUE(Publish(2, v1::LIVE_WRITES_DISCARD, &forward).ok());
  EXPECT_EQ(forward.discarded_writes(), 2);
  // That one has what was written to it while it was published before.
  EXPECT_EQ(Shown()["bridge"], "Bridge closes");
}

TEST_F(AdminServiceTest, RefusesToPublishWhatIsNotThereOrNotExpected) {
  Serve();
  v1::PublishGenerationResponse response;
  EXPECT_EQ(ReasonOf(Publish(9, v1::LIVE_WRITES_KEEP, &response)), "GENERATION_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Publish(1, v1::LIVE_WRITES_KEEP, &response, /*expected=*/4)),
            "GENERATION_CHANGED");
  EXPECT_EQ(ReasonOf(Publish(0, v1::LIVE_WRITES_KEEP, &response)), "INVALID_ARGUMENT_VALUE");
  EXPECT_EQ(ReasonOf(Publish(1, static_cast<v1::LiveWrites>(9), &response)),
            "INVALID_ARGUMENT_VALUE");
  v1::RollbackGenerationResponse none;
  EXPECT_EQ(ReasonOf(Rollback(v1::LIVE_WRITES_KEEP, &none)), "GENERATION_NOT_FOUND");
}

// The caller was told that the index cannot be read, which it could.
TEST_F(AdminServiceTest, SaysThatTheGenerationToPublishIsDamagedRatherThanTheIndex) {
  index_.Publish();
  Serve();
  std::filesystem::resize_file(layout().generation(1) / storage::kBaseName / "bodies", 100);
  v1::PublishGenerationResponse response;
  const grpc::Status refused = Publish(1, v1::LIVE_WRITES_KEEP, &response);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::DATA_LOSS);
  EXPECT_EQ(ReasonOf(refused), "GENERATION_DAMAGED");
  EXPECT_THAT(refused.error_message(), ::testing::HasSubstr("generation 1 is damaged"));
  EXPECT_EQ(storage::ReadCurrent(layout())->number, 2U);
}

TEST_F(AdminServiceTest, PrunesAllButThePublishedAndThoseAServerHolds) {
  index_.Publish();
  index_.Publish();
  Serve();
  ASSERT_EQ(Generations().size(), 3U);
  grpc::ClientContext context;
  v1::PruneGenerationsRequest request;
  request.set_keep(1);
  v1::PruneGenerationsResponse response;
  ASSERT_TRUE(admin_->PruneGenerations(&context, request, &response).ok());
  EXPECT_THAT(response.removed(), ElementsAre(1));
  EXPECT_EQ(Generations().size(), 2U);
}

TEST_F(AdminServiceTest, AServerThatTakesNoWritesOnlyListsGenerations) {
  Serve(/*writable=*/false);
  ASSERT_EQ(Generations().size(), 1U);
  EXPECT_EQ(Generations().front().state(), v1::Generation::STATE_PUBLISHED);
  EXPECT_EQ(Generations().front().article_count(), 2);
  v1::Operation operation;
  EXPECT_EQ(ReasonOf(Rebuild(false, &operation)), "INDEX_READ_ONLY");
  v1::PublishGenerationResponse response;
  EXPECT_EQ(ReasonOf(Publish(1, v1::LIVE_WRITES_KEEP, &response)), "INDEX_READ_ONLY");
}

TEST_F(AdminServiceTest, StoppingTheServerStopsARebuildAndLosesNothing) {
  for (int i = 0; i < 2000; ++i) {
    index_.Add("filler " + std::to_string(i), {.headline = "Tides", .body = "High and low"});
  }
  index_.Publish();
  Serve();
  Put("tunnel", "Tunnel opens");
  v1::Operation started;
  ASSERT_TRUE(Rebuild(false, &started).ok());
  server_.reset();
  Serve();
  EXPECT_EQ(Shown("tunnel")["tunnel"], "Tunnel opens");
  v1::Operation forgotten;
  EXPECT_EQ(ReasonOf(GetOperation("", &forgotten)), "OPERATION_NOT_FOUND");
}

}  // namespace
}  // namespace broadsheet::server
