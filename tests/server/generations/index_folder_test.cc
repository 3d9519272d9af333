// SPDX-License-Identifier: GPL-3.0-or-later
// The server over a real index on disk.
#include "server/generations/index_folder.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "engine/indexing/live/writable_index.h"
#include "engine/storage/index/takedowns.h"
#include "server/base/remedy.h"
#include "server/server.h"
#include "tests/server/collected_log.h"
#include "tests/server/error_details.h"
#include "tests/server/standard_services.h"
#include "tests/server/test_server.h"
#include "tests/testing/parsed_response.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/test_index.h"

namespace broadsheet::server {
namespace {

using broadsheet::testing::StatusIs;
using broadsheet::testing::TempDir;
using broadsheet::testing::TestIndex;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::unique_ptr<GenerationSource> SourceOf(const std::filesystem::path& folder) {
  return std::make_unique<IndexFolder>(storage::Layout(folder), query::Limits());
}

absl::Status StartOver(const std::filesystem::path& folder) {
  CollectedLog log;
  return Server::Start(TestOptions(), SourceOf(folder), log).status();
}

class IndexFolderTest : public ::testing::Test {
 protected:
  IndexFolderTest() {
    for (int i = 0; i < 30; ++i) {
      index_.Add("flood-" + std::to_string(i), {.headline = "Flood reaches the bridge",
                                                .body = "The river rose again.",
                                                .published = "2024-06-19"});
    }
    index_.Publish();
    server_ = Server::Start(TestOptions(), SourceOf(index_.path()), log_).value();
    stub_ = v1::SearchService::NewStub(
        grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  }

  grpc::Status Search(const v1::SearchArticlesRequest& request,
                      v1::SearchArticlesResponse* response) {
    grpc::ClientContext context;
    return stub_->SearchArticles(&context, request, response);
  }
  v1::GetStatusResponse Status() {
    grpc::ClientContext context;
    v1::GetStatusResponse status;
    EXPECT_TRUE(stub_->GetStatus(&context, {}, &status).ok());
    return status;
  }
  void PublishOneMore(const std::string& id) {
    index_.Add(id, {.headline = "Another flood", .published = "2024-07-01"});
    index_.Publish();
    ASSERT_OK(server_->index().Refresh());
  }

  TestIndex index_;
  CollectedLog log_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::SearchService::Stub> stub_;
};

TEST_F(IndexFolderTest, FindsAndGetsArticles) {
  v1::SearchArticlesRequest request;
  request.set_query("floods");
  v1::SearchArticlesResponse response;
  ASSERT_TRUE(Search(request, &response).ok());
  EXPECT_EQ(response.total().value(), 30);
  grpc::ClientContext context;
  v1::GetArticleRequest get;
  get.set_id(response.hits(0).article().id());
  v1::Article article;
  ASSERT_TRUE(stub_->GetArticle(&context, get, &article).ok());
  EXPECT_EQ(article.body(), "The river rose again.");
}

TEST_F(IndexFolderTest, StatusAndResponsesNameTheSameGeneration) {
  grpc::ClientContext context;
  v1::GetStatusResponse status;
  ASSERT_TRUE(stub_->GetStatus(&context, {}, &status).ok());
  v1::SearchArticlesRequest request;
  request.set_query("flood");
  v1::SearchArticlesResponse response;
  ASSERT_TRUE(Search(request, &response).ok());
  EXPECT_EQ(status.generation(), response.generation());
  EXPECT_EQ(status.article_count(), 30);
  EXPECT_GT(status.index_bytes(), 0);
}

TEST_F(IndexFolderTest, AMistakeInAQueryIsToldWithItsPlace) {
  v1::SearchArticlesRequest request;
  request.set_query("flood capton:x");
  v1::SearchArticlesResponse response;
  const grpc::Status status = Search(request, &response);
  EXPECT_EQ(ReasonOf(status), "QUERY_UNKNOWN_FIELD");
  ASSERT_TRUE(DetailOf<v1::QueryError>(status).has_value());
  EXPECT_EQ(DetailOf<v1::QueryError>(status)->start_byte(), 6);
}

TEST_F(IndexFolderTest, AMissingArticleIsNotFound) {
  grpc::ClientContext context;
  v1::GetArticleRequest get;
  get.set_id("nobody wrote it");
  v1::Article article;
  EXPECT_EQ(ReasonOf(stub_->GetArticle(&context, get, &article)), "ARTICLE_NOT_FOUND");
}

TEST_F(IndexFolderTest, ANewlyPublishedArticleIsFound) {
  PublishOneMore("late");
  v1::SearchArticlesRequest request;
  request.set_query("another");
  v1::SearchArticlesResponse response;
  ASSERT_TRUE(Search(request, &response).ok());
  EXPECT_EQ(response.total().value(), 1);
}

TEST_F(IndexFolderTest, PagesByRelevanceGoOnOverTheGenerationTheyBeganWith) {
  v1::SearchArticlesRequest request;
  request.set_query("flood");
  v1::SearchArticlesResponse first;
  ASSERT_TRUE(Search(request, &first).ok());
  PublishOneMore("late");
  request.set_page_token(first.next_page_token());
  v1::SearchArticlesResponse second;
  const grpc::Status status = Search(request, &second);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(second.generation(), first.generation());
}

TEST_F(IndexFolderTest, PagesOfAGenerationLongGoneAreStale) {
  v1::SearchArticlesRequest request;
  request.set_query("flood");
  v1::SearchArticlesResponse first;
  ASSERT_TRUE(Search(request, &first).ok());
  PublishOneMore("late");
  PublishOneMore("later");
  request.set_page_token(first.next_page_token());
  v1::SearchArticlesResponse second;
  const grpc::Status status = Search(request, &second);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(ReasonOf(status), "PAGE_TOKEN_STALE");
}

TEST_F(IndexFolderTest, PagesByDateGoOnOverTheNewestGeneration) {
  v1::SearchArticlesRequest request;
  request.set_query("flood");
  request.set_sort(v1::SORT_ORDER_NEWEST);
  v1::SearchArticlesResponse first;
  ASSERT_TRUE(Search(request, &first).ok());
  PublishOneMore("late");
  request.set_page_token(first.next_page_token());
  v1::SearchArticlesResponse second;
  ASSERT_TRUE(Search(request, &second).ok());
  EXPECT_NE(second.generation(), first.generation());
  EXPECT_EQ(second.hits_size(), 10);
}

TEST_F(IndexFolderTest, ServesOnWhenTheIndexFolderIsRemoved) {
  std::filesystem::remove(index_.path() / "CURRENT");
  EXPECT_FALSE(server_->index().Refresh().ok());
  v1::SearchArticlesRequest request;
  request.set_query("flood");
  v1::SearchArticlesResponse response;
  EXPECT_TRUE(Search(request, &response).ok());
  EXPECT_THAT(log_.text(), HasSubstr("still serving generation 1"));
}

TEST_F(IndexFolderTest, TheCountFollowsWritesAndTakedowns) {
  {
    auto held = indexing::WritableIndex::Open(storage::Layout(index_.path()), "a test").value();
    indexing::LiveWrite deletion{.kind = indexing::LiveWrite::Kind::kDelete};
    deletion.article.set_id("flood-1");
    held.writer->Write({{.article = testing::MakeArticle("a", {.headline = "New"})},
                        {.article = testing::MakeArticle("b", {.headline = "New too"})},
                        deletion});
  }
  EXPECT_EQ(Status().article_count(), 31);
  ASSERT_OK(storage::AddTakedowns(storage::Layout(index_.path()), {"flood-2"}, absl::Now()));
  EXPECT_EQ(Status().article_count(), 30);
}

TEST_F(IndexFolderTest, StatusCountsWhatReadersMayNotSee) {
  const auto withheld = [this] {
    const v1::GetStatusResponse status = Status();
    EXPECT_TRUE(status.has_withheld_count() && status.has_embargoed_count() &&
                status.has_cancelled_count());
    return std::vector<int>{status.article_count(), status.withheld_count(),
                            status.embargoed_count(), status.cancelled_count()};
  };
  EXPECT_EQ(withheld(), (std::vector<int>{30, 0, 0, 0}));
  {
    auto held = indexing::WritableIndex::Open(storage::Layout(index_.path()), "a test").value();
    const auto put = [](const std::string& id, testing::TestArticle article) {
      article.headline = "New";
      return indexing::LiveWrite{.article = testing::MakeArticle(id, article)};
    };
    held.writer->Write({put("flood-1", {.status = v1::Article::STATUS_CANCELLED}),
                        put("a", {.status = v1::Article::STATUS_WITHHELD}),
                        put("b", {.embargo_seconds = 4'000'000'000}),
                        put("c", {.embargo_seconds = 1'000'000'000})});
  }
  EXPECT_EQ(withheld(), (std::vector<int>{33, 1, 1, 1}));
  ASSERT_OK(storage::AddTakedowns(storage::Layout(index_.path()), {"flood-1", "b"}, absl::Now()));
  EXPECT_EQ(withheld(), (std::vector<int>{31, 1, 0, 0}));
}

// An emptied or cut list used to bring back what had been taken down.
TEST_F(IndexFolderTest, NothingIsAnsweredWhileTakedownsAreLostAndTheServerNeedsNoRestart) {
  const storage::Layout layout(index_.path());
  ASSERT_OK(storage::AddTakedowns(layout, {"flood-1"}, absl::Now()));
  const auto channel = grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
  v1::SearchArticlesRequest request;
  request.set_query("flood");
  v1::SearchArticlesResponse response;
  ASSERT_TRUE(Search(request, &response).ok());
  for (const std::filesystem::path& file : {layout.takedowns(), layout.takedowns_record()}) {
    SCOPED_TRACE(file);
    const std::string whole = testing::ReadFile(file);
    std::filesystem::resize_file(file, 0);
    const grpc::Status refused = Search(request, &response);
    EXPECT_EQ(refused.error_code(), grpc::StatusCode::DATA_LOSS);
    EXPECT_EQ(ReasonOf(refused), "INDEX_DAMAGED");
    EXPECT_THAT(refused.error_message(), Not(HasSubstr(index_.path().string())));
    while (HealthOf(channel, "") != "NOT_SERVING") std::this_thread::yield();
    EXPECT_THAT(log_.text(), AllOf(HasSubstr("refusing searches and writes: "),
                                   HasSubstr(file.string()), HasSubstr("--accept-loss`")));
    std::ofstream(file, std::ios::binary) << whole;
    EXPECT_TRUE(Search(request, &response).ok());
    EXPECT_EQ(response.total().value(), 29);
    while (HealthOf(channel, "") != "SERVING") std::this_thread::yield();
  }
}

TEST_F(IndexFolderTest, FilesAreFoundWhole) {
  while (Status().base_check() == v1::GetStatusResponse::BASE_CHECK_RUNNING) {
    std::this_thread::yield();
  }
  EXPECT_EQ(Status().base_check(), v1::GetStatusResponse::BASE_CHECK_WHOLE);
  EXPECT_GT(Status().base_check_time().seconds(), 0);
}

// The file has the size it has to have: nothing but its checksum tells.
TEST_F(IndexFolderTest, ADamagedFileIsFoundAndNamedAndNothingIsAnsweredUntilAnotherIsPublished) {
  index_.Add("late", {.headline = "Another flood", .published = "2024-07-01"});
  const auto generation = index_.Open();
  const std::filesystem::path file = generation->folder() / "base" / "postlist.glass";
  const std::string whole = testing::ReadFile(file);
  std::string damaged = whole;
  damaged[damaged.size() / 2] = static_cast<char>(~damaged[damaged.size() / 2]);
  std::ofstream(file, std::ios::binary) << damaged;
  ASSERT_OK(server_->index().Refresh());
  while (Status().base_check() == v1::GetStatusResponse::BASE_CHECK_RUNNING) {
    std::this_thread::yield();
  }
  EXPECT_EQ(Status().base_check(), v1::GetStatusResponse::BASE_CHECK_DAMAGED);

  v1::SearchArticlesRequest request;
  request.set_query("flood");
  v1::SearchArticlesResponse response;
  const grpc::Status refused = Search(request, &response);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::DATA_LOSS);
  EXPECT_EQ(ReasonOf(refused), "INDEX_DAMAGED");
  EXPECT_THAT(refused.error_message(), Not(HasSubstr(index_.path().string())));
  const auto channel = grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
  while (HealthOf(channel, "") != "NOT_SERVING") std::this_thread::yield();
  EXPECT_THAT(log_.text(), AllOf(HasSubstr(file.string() + ": its content is not what MANIFEST"),
                                 HasSubstr("`broadsheet-indexer rollback --index ")));

  PublishOneMore("later");
  EXPECT_TRUE(Search(request, &response).ok());
  while (HealthOf(channel, "") != "SERVING") std::this_thread::yield();
}

// Xapian's one shared MatchAll was copied by every search; its count of references is not atomic,
// and two searches at once could free it.
TEST(IndexFolderThreadsTest, SearchersOfOneGenerationShareNothingThatChanges) {
  TestIndex index;
  index.Add("a", {.headline = "Flood reaches the bridge", .published = "2024-06-19"});
  index.Publish();
  const auto generation = IndexFolder(storage::Layout(index.path()), {}).Open().value();
  constexpr int kThreads = 4;
  constexpr int kSearches = 50;
  std::atomic<int> found = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      const auto searcher = generation->open_searcher(nullptr).value();
      for (int n = 0; n < kSearches; ++n) {
        for (const char* query : {"flood", "\"the bridge\"", "reach*", "NOT harbour", "tag:x"}) {
          v1::SearchArticlesRequest request;
          request.set_query(query);
          const auto response = testing::Parsed(searcher->Search(request, {}));
          if (response.ok()) found += response->hits_size();
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  // All but the last query find the article.
  EXPECT_EQ(found, kThreads * kSearches * 4);
}

TEST(IndexFolderStartTest, AMissingIndexIsOneLineThatSaysHowToMakeOne) {
  const TempDir folder;
  const absl::Status refused = StartOver(folder / "none");
  EXPECT_TRUE(absl::IsNotFound(refused));
  EXPECT_THAT(WithRemedy(refused),
              AllOf(HasSubstr("; make one with `broadsheet-indexer build "), Not(HasSubstr("\n"))));
}

TEST(IndexFolderStartTest, AForeignFolderIsOneLineThatNamesIt) {
  const TempDir folder;
  folder.Write("letters/draft.txt", "not an index");
  EXPECT_THAT(
      StartOver(folder.path()),
      StatusIs(absl::StatusCode::kNotFound, AllOf(HasSubstr(folder.path()), Not(HasSubstr("\n")))));
}

TEST(IndexFolderStartTest, ADamagedIndexIsOneLineThatNamesTheFile) {
  TestIndex index;
  index.Add("a", {.headline = "Flood"});
  index.Publish();
  const auto tokens = index.path() / "generations" / "000001" / "base" / "tokens";
  std::filesystem::resize_file(tokens, std::filesystem::file_size(tokens) / 2);
  EXPECT_THAT(StartOver(index.path()), StatusIs(absl::StatusCode::kDataLoss,
                                                AllOf(HasSubstr("tokens"), Not(HasSubstr("\n")))));
}

}  // namespace
}  // namespace broadsheet::server
