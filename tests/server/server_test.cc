// SPDX-License-Identifier: GPL-3.0-or-later
// The server as its clients and its operator see it, over a loopback port.
#include "server/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <atomic>
#include <chrono>
#include <future>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "engine/schema/error.h"
#include "tests/server/error_details.h"
#include "tests/server/gate.h"
#include "tests/server/standard_services.h"
#include "tests/server/test_server.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::server {
namespace {

using broadsheet::testing::IsOk;
using broadsheet::testing::StatusIs;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kService[] = "broadsheet.v1.SearchService";

// Answers that wait at `gate`, then hold no hits.
FakeAnswers WaitAt(Gate& gate) {
  FakeAnswers answers;
  answers.search = [&gate](const v1::SearchArticlesRequest&, const base::CallControl&) {
    gate.Pass();
    return v1::SearchArticlesResponse();
  };
  return answers;
}

TEST(ServerTest, AnswersASearch) {
  TestServer server;
  v1::SearchArticlesResponse response;
  const grpc::Status status = server.Search("flood", &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.hits_size(), 1);
  EXPECT_EQ(response.hits(0).article().id(), "1");
}

TEST(ServerTest, ListensOnAUnixSocket) {
  const broadsheet::testing::TempDir folder;
  ServerOptions options = TestOptions();
  options.listen = {"unix:" + (folder / "search.sock").string()};
  TestServer server({}, options);
  EXPECT_EQ(server.server().addresses(), options.listen);
  EXPECT_TRUE(server.Search("flood").ok());
}

TEST(ServerTest, AUnixSocketHasItsModeWhateverTheUmask) {
  const broadsheet::testing::TempDir folder;
  const std::filesystem::path path = folder / "search.sock";
  ServerOptions options = TestOptions();
  options.listen = {"unix:" + path.string()};
  for (const unsigned mode : {0600U, 0660U, 0666U}) {
    options.socket_mode = mode;
    const mode_t before = ::umask(0077);
    const TestServer server({}, options);
    ::umask(before);
    EXPECT_EQ(static_cast<unsigned>(std::filesystem::status(path).permissions()), mode);
  }
}

// Memory that ran out in a search ended the process.
TEST(ServerTest, ASearchWithoutMemoryFailsAloneAndIsToldWhy) {
  FakeAnswers answers;
  answers.search = [](const v1::SearchArticlesRequest& request, const base::CallControl&) {
    if (request.query() == "huge") throw std::bad_alloc();
    return v1::SearchArticlesResponse();
  };
  TestServer server(answers);
  const grpc::Status status = server.Search("huge");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(ReasonOf(status), "OVERLOADED");
  EXPECT_TRUE(server.Search("small").ok());
}

TEST(ServerTest, SecondServerOnThePortFailsWithAClearLine) {
  TestServer first;
  ServerOptions options = TestOptions();
  options.listen = first.server().addresses();
  CollectedLog log;
  EXPECT_THAT(Server::Start(options, first.disk().MakeSource(), log),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr(options.listen.front()), HasSubstr("already in use"),
                             HasSubstr("--listen"), Not(HasSubstr("\n")))));
  EXPECT_TRUE(first.Search("still here").ok());
}

TEST(ServerTest, SecondServerOnTheSocketFailsAndTheFirstGoesOn) {
  const broadsheet::testing::TempDir folder;
  ServerOptions options = TestOptions();
  options.listen = {"unix:" + (folder / "search.sock").string()};
  TestServer first({}, options);
  CollectedLog log;
  EXPECT_THAT(
      Server::Start(options, first.disk().MakeSource(), log),
      StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("another server answers there")));
  EXPECT_TRUE(first.Search("still here").ok());
}

TEST(ServerTest, ANonLoopbackAddressNeedsInsecure) {
  FakeIndex disk;
  disk.Publish(1);
  ServerOptions options = TestOptions();
  options.listen = {"0.0.0.0:0"};
  CollectedLog log;
  EXPECT_THAT(
      Server::Start(options, disk.MakeSource(), log),
      StatusIs(absl::StatusCode::kFailedPrecondition,
               AllOf(HasSubstr("--insecure"), HasSubstr("--tls-cert"), Not(HasSubstr("\n")))));
  options.insecure = true;
  EXPECT_THAT(Server::Start(options, disk.MakeSource(), log), IsOk());
}

TEST(ServerTest, WithoutAnIndexItDoesNotStart) {
  FakeIndex nothing;
  CollectedLog log;
  EXPECT_THAT(Server::Start(TestOptions(), nothing.MakeSource(), log),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no index here")));
}

TEST(ServerTest, HealthFollowsTheIndex) {
  FakeIndex disk;
  CollectedLog log;
  ServerOptions options = TestOptions();
  options.wait_for_index = true;
  auto server =
      Server::Start(options, disk.MakeSource(), log, {.poll_interval = absl::Milliseconds(1)});
  ASSERT_OK(server);
  const auto channel =
      grpc::CreateChannel((*server)->address(), grpc::InsecureChannelCredentials());
  EXPECT_EQ(HealthOf(channel, ""), "NOT_SERVING");
  EXPECT_EQ(HealthOf(channel, kService), "NOT_SERVING");
  grpc::ClientContext context;
  v1::GetStatusResponse response;
  const grpc::Status status =
      v1::SearchService::NewStub(channel)->GetStatus(&context, {}, &response);
  EXPECT_EQ(ReasonOf(status), "INDEX_UNAVAILABLE");
  disk.Publish(1);
  while (HealthOf(channel, "") != "SERVING") std::this_thread::yield();
  EXPECT_EQ(HealthOf(channel, kService), "SERVING");
}

TEST(ServerTest, ReflectionIsForLoopbackUnlessAskedForOrRefused) {
  TestServer on_loopback;
  EXPECT_TRUE(HasReflection(on_loopback.channel()));

  ServerOptions refused = TestOptions();
  refused.reflection = false;
  EXPECT_FALSE(HasReflection(TestServer({}, refused).channel()));

  ServerOptions open_to_all = TestOptions();
  open_to_all.listen = {"0.0.0.0:0"};
  open_to_all.insecure = true;
  EXPECT_FALSE(HasReflection(TestServer({}, open_to_all).channel()));
  open_to_all.reflection = true;
  EXPECT_TRUE(HasReflection(TestServer({}, open_to_all).channel()));
}

TEST(ServerTest, AFullQueueIsAnsweredWithOverloadAndWhenToRetry) {
  Gate gate;
  ServerOptions options = TestOptions();
  options.threads = 1;
  options.queue = 1;
  TestServer server(WaitAt(gate), options);
  auto running = std::async(std::launch::async, [&] { return server.Search("one"); });
  ASSERT_TRUE(gate.WaitUntilReached(1));
  // One of the next two is queued and the other refused, whichever comes first.
  std::atomic<int> refused = 0;
  auto try_search = [&] {
    const grpc::Status status = server.Search("more");
    if (status.ok()) return;
    EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
    EXPECT_EQ(ReasonOf(status), "OVERLOADED");
    EXPECT_TRUE(DetailOf<google::rpc::RetryInfo>(status).has_value());
    ++refused;
    gate.Open();
  };
  std::thread two(try_search);
  std::thread three(try_search);
  two.join();
  three.join();
  EXPECT_TRUE(running.get().ok());
  EXPECT_EQ(refused, 1);
}

TEST(ServerTest, TheServersDeadlineHoldsForCallersWithoutOne) {
  FakeAnswers answers;
  answers.search = [](const v1::SearchArticlesRequest&, const base::CallControl& call) {
    while (call.Check().ok()) std::this_thread::yield();
    return absl::StatusOr<v1::SearchArticlesResponse>(call.Check());
  };
  ServerOptions options = TestOptions();
  options.max_deadline = absl::Milliseconds(50);
  TestServer server(answers, options);
  const grpc::Status status = server.Search("endless");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_EQ(ReasonOf(status), "DEADLINE_EXCEEDED");
}

TEST(ServerTest, CancellationReachesTheSearcher) {
  Gate reached;
  reached.Open();
  std::promise<absl::Status> seen;
  FakeAnswers answers;
  answers.search = [&](const v1::SearchArticlesRequest&, const base::CallControl& call) {
    reached.Pass();
    while (call.Check().ok()) std::this_thread::yield();
    seen.set_value(call.Check());
    return absl::StatusOr<v1::SearchArticlesResponse>(call.Check());
  };
  TestServer server(answers);
  grpc::ClientContext context;
  auto call =
      std::async(std::launch::async, [&] { return server.Search("endless", nullptr, &context); });
  ASSERT_TRUE(reached.WaitUntilReached(1));
  context.TryCancel();
  EXPECT_THAT(seen.get_future().get(), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(call.get().error_code(), grpc::StatusCode::CANCELLED);
}

TEST(ServerTest, ARequestOverTheSizeLimitIsRefusedBeforeItIsRead) {
  std::atomic<int> searches = 0;
  FakeAnswers answers;
  answers.search = [&](const v1::SearchArticlesRequest&, const base::CallControl&) {
    ++searches;
    return v1::SearchArticlesResponse();
  };
  TestServer server(answers);
  EXPECT_EQ(ReasonOf(server.Search(std::string(65 << 10, 'q'))), "INVALID_ARGUMENT_VALUE");
  // More than any method takes.
  EXPECT_EQ(server.Search(std::string(321 << 10, 'q')).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(searches, 0);
  EXPECT_TRUE(server.Search(std::string(60 << 10, 'q')).ok());
}

TEST(ServerTest, AQueryErrorArrivesWithItsPlaceHoweverLongTheQuery) {
  FakeAnswers answers;
  answers.search = [](const v1::SearchArticlesRequest& request, const base::CallControl&) {
    v1::QueryError error;
    error.set_reason("QUERY_SYNTAX");
    error.set_start_byte(7);
    error.set_suggested_query(request.query() + "\"");
    return absl::StatusOr<v1::SearchArticlesResponse>(
        schema::QueryError(error, "unbalanced quote in " + request.query()));
  };
  TestServer server(answers);
  std::string accented;
  while (accented.size() < 4096) accented += "é";
  const grpc::Status status = server.Search(accented);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << status.error_message();
  EXPECT_EQ(ReasonOf(status), "QUERY_SYNTAX");
  EXPECT_EQ(DetailOf<v1::QueryError>(status)->start_byte(), 7);
}

TEST(ServerTest, AFaultIsLoggedUnderTheIdThatTheCallerGets) {
  FakeAnswers answers;
  answers.search = [](const v1::SearchArticlesRequest&, const base::CallControl&) {
    return absl::StatusOr<v1::SearchArticlesResponse>(absl::InternalError("secret place"));
  };
  TestServer server(answers);
  const grpc::Status status = server.Search("private words");
  EXPECT_EQ(ReasonOf(status), "INTERNAL");
  EXPECT_THAT(status.error_message(), Not(HasSubstr("secret")));
  const std::string id = DetailOf<google::rpc::RequestInfo>(status)->request_id();
  EXPECT_THAT(server.log().text(),
              AllOf(HasSubstr(id), HasSubstr("secret place"), Not(HasSubstr("private words"))));
}

TEST(ServerTest, SlowCallsAreLoggedWithoutTheQuerysText) {
  ServerOptions options = TestOptions();
  options.slow_call = absl::ZeroDuration();
  TestServer server({}, options);
  ASSERT_TRUE(server.Search("private words").ok());
  EXPECT_THAT(server.log().text(),
              AllOf(HasSubstr("slow SearchArticles"), Not(HasSubstr("private words"))));
}

TEST(ServerTest, SlowQueriesAreLoggedWithTheirTextWhenAskedFor) {
  ServerOptions options = TestOptions();
  options.slow_call = absl::ZeroDuration();
  options.log_queries = true;
  TestServer server({}, options);
  ASSERT_TRUE(server.Search("two\nlines").ok());
  EXPECT_THAT(server.log().text(), HasSubstr("query \"two\\nlines\""));
}

TEST(ServerTest, NewGenerationsArePickedUpWithoutFailingARequest) {
  TestServer server;
  constexpr int kGenerations = 10;
  std::atomic<bool> done = false;
  std::atomic<int> failures = 0;
  std::atomic<int> steps_back = 0;
  auto client = [&] {
    for (int last = 0; !done;) {
      v1::SearchArticlesResponse response;
      if (!server.Search("flood", &response).ok()) {
        ++failures;
        continue;
      }
      const int number = std::stoi(response.hits(0).article().id());
      if (number < last) ++steps_back;
      last = number;
    }
  };
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i) clients.emplace_back(client);
  for (int number = 2; number <= kGenerations; ++number) {
    server.disk().Publish(static_cast<uint64_t>(number));
    v1::SearchArticlesResponse response;
    do {
      if (!server.Search("flood", &response).ok()) ++failures;
    } while (response.generation() != FakeIndex::BuildId(static_cast<uint64_t>(number)));
  }
  done = true;
  for (std::thread& thread : clients) thread.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(steps_back, 0);
}

TEST(ServerTest, LightCallsAreAnsweredWhileAllSearchersAreBusy) {
  Gate gate;
  ServerOptions options = TestOptions();
  options.threads = 2;
  TestServer server(WaitAt(gate), options);
  std::vector<std::future<grpc::Status>> searches;
  // Two run, and one waits for them.
  for (int i = 0; i < 3; ++i) {
    searches.push_back(std::async(std::launch::async, [&] { return server.Search("long"); }));
  }
  ASSERT_TRUE(gate.WaitUntilReached(2));
  EXPECT_EQ(HealthOf(server.channel(), ""), "SERVING");
  grpc::ClientContext of_status;
  v1::GetStatusResponse status;
  EXPECT_TRUE(server.stub().GetStatus(&of_status, {}, &status).ok());
  grpc::ClientContext of_get;
  v1::GetArticleRequest request;
  request.set_id("a");
  v1::Article article;
  EXPECT_TRUE(server.stub().GetArticle(&of_get, request, &article).ok());
  EXPECT_EQ(article.id(), "a");
  gate.Open();
  for (auto& search : searches) EXPECT_TRUE(search.get().ok());
  EXPECT_EQ(gate.reached(), 3);
}

TEST(ServerTest, AWaitingCallThatIsCancelledOrLateNeverRuns) {
  Gate gate;
  base::Mutex mutex;
  std::vector<std::string> ran;
  FakeAnswers answers;
  answers.search = [&](const v1::SearchArticlesRequest& request, const base::CallControl&) {
    {
      base::MutexLock lock(mutex);
      ran.push_back(request.query());
    }
    gate.Pass();
    return v1::SearchArticlesResponse();
  };
  ServerOptions options = TestOptions();
  options.threads = 1;
  options.queue = 1;
  options.slow_call = absl::ZeroDuration();
  TestServer server(answers, options);
  auto running = std::async(std::launch::async, [&] { return server.Search("first"); });
  ASSERT_TRUE(gate.WaitUntilReached(1));
  grpc::ClientContext of_cancelled;
  auto cancelled = std::async(std::launch::async,
                              [&] { return server.Search("cancelled", nullptr, &of_cancelled); });
  of_cancelled.TryCancel();
  EXPECT_EQ(cancelled.get().error_code(), grpc::StatusCode::CANCELLED);
  // One call can wait, so each that is admitted shows that the server has given up one before it.
  const auto given_up = [&] {
    const std::string log = server.log().text();
    const size_t first = log.find("DEADLINE_EXCEEDED");
    return first != std::string::npos &&
           log.find("DEADLINE_EXCEEDED", first + 1) != std::string::npos;
  };
  do {
    grpc::ClientContext of_late;
    of_late.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(20));
    EXPECT_FALSE(server.Search("late", nullptr, &of_late).ok());
  } while (!given_up());
  gate.Open();
  EXPECT_TRUE(running.get().ok());
  EXPECT_TRUE(server.Search("last").ok());
  base::MutexLock lock(mutex);
  // The last late one may wait still, and the server does not know yet that it is late.
  EXPECT_THAT(ran, AnyOf(ElementsAre("first", "last"), ElementsAre("first", "late", "last")));
}

TEST(ServerTest, UnderOverloadEveryCallIsAnswered) {
  ServerOptions options = TestOptions();
  options.queue = 2;
  TestServer server({}, options);
  std::atomic<int> answered = 0;
  std::atomic<int> refused = 0;
  std::atomic<int> others = 0;
  constexpr int kCallers = 16;
  constexpr int kEach = 100;
  {
    std::vector<std::jthread> callers;
    for (int i = 0; i < kCallers; ++i) {
      callers.emplace_back([&] {
        for (int j = 0; j < kEach; ++j) {
          const grpc::Status status = server.Search("flood");
          if (status.ok()) {
            ++answered;
          } else if (status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED) {
            ++refused;
          } else {
            ++others;
          }
        }
      });
    }
  }
  EXPECT_EQ(answered + refused, kCallers * kEach);
  EXPECT_EQ(others, 0);
  EXPECT_GT(answered, 0);
}

TEST(ServerTest, ARequestThatCannotBeReadIsTheCallersMistake) {
  TestServer server;
  for (const char* method : {"SearchArticles", "GetArticle", "GetStatus"}) {
    const RawAnswer answer =
        CallRaw(server.channel(), std::string("/broadsheet.v1.SearchService/") + method,
                "\x0a\xff\xff\xff\xff\x0f");
    EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << method;
    EXPECT_EQ(ReasonOf(answer.status), "INVALID_ARGUMENT_VALUE");
  }
  EXPECT_TRUE(server.Search("flood").ok());
}

TEST(ServerTest, AMethodThatThereIsNotIsUnimplemented) {
  TestServer server;
  EXPECT_EQ(
      CallRaw(server.channel(), "/broadsheet.v1.SearchService/Nothing", "").status.error_code(),
      grpc::StatusCode::UNIMPLEMENTED);
}

TEST(ServerTest, StoppingLetsRunningCallsFinish) {
  Gate gate;
  TestServer server(WaitAt(gate));
  auto running = std::async(std::launch::async, [&] { return server.Search("long"); });
  ASSERT_TRUE(gate.WaitUntilReached(1));
  auto stopped = std::async(std::launch::async,
                            [&] { return server.server().Stop(absl::Now() + absl::Minutes(10)); });
  while (HealthOf(server.channel(), "") != "NOT_SERVING") std::this_thread::yield();
  grpc::Status refused;
  do {
    refused = server.Search("new");
  } while (refused.ok());
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::UNAVAILABLE);
  gate.Open();
  EXPECT_TRUE(running.get().ok());
  EXPECT_TRUE(stopped.get());
}

TEST(ServerTest, StoppingCancelsWhatOutlastsTheDeadline) {
  Gate reached;
  reached.Open();
  FakeAnswers answers;
  answers.search = [&](const v1::SearchArticlesRequest&, const base::CallControl& call) {
    reached.Pass();
    while (call.Check().ok()) std::this_thread::yield();
    return absl::StatusOr<v1::SearchArticlesResponse>(call.Check());
  };
  TestServer server(answers);
  auto running = std::async(std::launch::async, [&] { return server.Search("endless"); });
  ASSERT_TRUE(reached.WaitUntilReached(1));
  EXPECT_FALSE(server.server().Stop(absl::Now()));
  EXPECT_FALSE(running.get().ok());
}

}  // namespace
}  // namespace broadsheet::server
