// SPDX-License-Identifier: GPL-3.0-or-later
// The figures as whoever reads them over HTTP sees them.
#include "server/monitoring/metrics_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/server/gate.h"
#include "tests/server/http_get.h"
#include "tests/server/test_server.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::server {
namespace {

using broadsheet::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kLabels[] =
    R"({grpc_type="unary",grpc_service="broadsheet.v1.SearchService",grpc_method="SearchArticles")";

ServerOptions WithMetrics() {
  ServerOptions options = TestOptions();
  options.metrics = "127.0.0.1:0";
  return options;
}

std::string MetricsOf(TestServer& server) {
  return HttpGet(server.server().metrics()->address(), "/metrics");
}

std::string SearchMetric(const std::string& name, const std::string& more, int value) {
  return name + kLabels + more + "} " + std::to_string(value) + "\n";
}

TEST(MetricsPageTest, AMethodThatNobodyCalledIsThereWithZeros) {
  TestServer server({}, WithMetrics());
  const std::string page = MetricsOf(server);
  EXPECT_THAT(page, StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(page, HasSubstr(SearchMetric("grpc_server_started_total", "", 0)));
  EXPECT_THAT(page, HasSubstr(SearchMetric("grpc_server_handled_total", R"(,grpc_code="OK")", 0)));
  EXPECT_THAT(page, HasSubstr(R"(grpc_type="bidi_stream",)"
                              R"(grpc_service="broadsheet.v1.SearchService",)"
                              R"(grpc_method="CountQueries"} 0)"));
}

TEST(MetricsPageTest, CallsAreCountedByTheirEnd) {
  FakeAnswers answers;
  answers.search = [](const v1::SearchArticlesRequest& request, const base::CallControl&) {
    return request.query() == "bad"
               ? absl::StatusOr<v1::SearchArticlesResponse>(
                     absl::DeadlineExceededError("took too long"))
               : absl::StatusOr<v1::SearchArticlesResponse>(v1::SearchArticlesResponse());
  };
  TestServer server(answers, WithMetrics());
  EXPECT_TRUE(server.Search("flood").ok());
  EXPECT_TRUE(server.Search("ferry").ok());
  EXPECT_FALSE(server.Search("bad").ok());
  const std::string page = MetricsOf(server);
  EXPECT_THAT(page, HasSubstr(SearchMetric("grpc_server_started_total", "", 3)));
  EXPECT_THAT(page, HasSubstr(SearchMetric("grpc_server_handled_total", R"(,grpc_code="OK")", 2)));
  EXPECT_THAT(page, HasSubstr(SearchMetric("grpc_server_handled_total",
                                           R"(,grpc_code="DeadlineExceeded")", 1)));
  EXPECT_THAT(page, HasSubstr(SearchMetric("grpc_server_msg_received_total", "", 3)));
  EXPECT_THAT(page, HasSubstr(SearchMetric("grpc_server_msg_sent_total", "", 2)));
  EXPECT_THAT(page, HasSubstr(SearchMetric("grpc_server_handling_seconds_count", "", 3)));
  EXPECT_THAT(page,
              HasSubstr(SearchMetric("grpc_server_handling_seconds_bucket", R"(,le="+Inf")", 3)));
  EXPECT_THAT(page, HasSubstr("broadsheet_errors_total{reason=\"DEADLINE_EXCEEDED\"} 1\n"));
}

TEST(MetricsPageTest, ACallThatRunsIsStartedAndNotHandled) {
  Gate gate;
  FakeAnswers answers;
  answers.search = [&gate](const v1::SearchArticlesRequest&, const base::CallControl&) {
    gate.Pass();
    return v1::SearchArticlesResponse();
  };
  TestServer server(answers, WithMetrics());
  std::thread caller([&] { EXPECT_TRUE(server.Search("flood").ok()); });
  ASSERT_TRUE(gate.WaitUntilReached(1));
  const std::string page = MetricsOf(server);
  gate.Open();
  caller.join();
  EXPECT_THAT(page, HasSubstr(SearchMetric("grpc_server_started_total", "", 1)));
  EXPECT_THAT(page, HasSubstr(SearchMetric("grpc_server_handled_total", R"(,grpc_code="OK")", 0)));
  EXPECT_THAT(page, HasSubstr("broadsheet_searches_running 1\n"));
}

TEST(MetricsPageTest, SaysWhatIsServedAndHowTheServerDoes) {
  TestServer server({}, WithMetrics());
  EXPECT_TRUE(server.Search("flood").ok());
  const std::string page = MetricsOf(server);
  for (const char* line :
       {"broadsheet_serving 1\n", "broadsheet_generation 1\n", "broadsheet_writable 0\n",
        "broadsheet_connections_open 1\n", "broadsheet_streams_open 0\n",
        "broadsheet_search_queue_length 0\n", "broadsheet_search_queue_seconds_count 1\n",
        "broadsheet_base_check{state=\"unchecked\"} 1\n", "# TYPE process_open_fds gauge\n"}) {
    EXPECT_THAT(page, HasSubstr(line));
  }
  // It takes no writes.
  EXPECT_THAT(page, Not(HasSubstr("broadsheet_writes")));
}

TEST(MetricsPageTest, HealthIsThatOfTheGrpcService) {
  TestServer server({}, WithMetrics());
  const std::string address = server.server().metrics()->address();
  EXPECT_THAT(HttpGet(address, "/healthz"),
              AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr("\nSERVING\n")));
  server.disk().SpoilTakedowns(absl::DataLossError("takedowns are lost"));
  while (!HttpGet(address, "/healthz").starts_with("HTTP/1.1 503 ")) std::this_thread::yield();
  EXPECT_THAT(MetricsOf(server), HasSubstr("broadsheet_serving 0\n"));
}

TEST(MetricsPageTest, OtherMachinesSeeThemOnlyWithInsecure) {
  FakeIndex disk;
  disk.Publish(1);
  CollectedLog log;
  ServerOptions options = TestOptions();
  options.metrics = "0.0.0.0:0";
  EXPECT_THAT(Server::Start(options, disk.MakeSource(), log),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("0.0.0.0:0")));
}

}  // namespace
}  // namespace broadsheet::server
