// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/load/load.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "broadsheet/v1/search_service.grpc.pb.h"

namespace broadsheet::bench {
namespace {

using std::chrono::milliseconds;

// Answers each search after the time that the query states in milliseconds, one at a time; "held"
// is held until the caller gives up, and any other query fails.
class OneSearchAtATime final : public v1::SearchService::Service {
 public:
  OneSearchAtATime() {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
    address_ = "127.0.0.1:" + std::to_string(port);
  }
  ~OneSearchAtATime() override { server_->Shutdown(); }

  const std::string& address() const { return address_; }

  grpc::Status SearchArticles(grpc::ServerContext* context,
                              const v1::SearchArticlesRequest* request,
                              v1::SearchArticlesResponse* reply) override {
    const std::lock_guard<std::mutex> lock(one_at_a_time_);
    const bool is_held = request->query() == "held";
    const milliseconds millis(std::atoi(request->query().c_str()));
    if (!is_held && millis.count() == 0) return {grpc::StatusCode::INVALID_ARGUMENT, "no query"};
    const auto end = std::chrono::steady_clock::now() + millis;
    while (is_held ? !context->IsCancelled() : std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(milliseconds(1));
    }
    reply->mutable_total()->set_value(1);
    return grpc::Status::OK;
  }

 private:
  std::mutex one_at_a_time_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

grpc::ByteBuffer Asking(const std::string& query) {
  v1::SearchArticlesRequest request;
  request.set_query(query);
  const grpc::Slice slice(request.SerializeAsString());
  return {&slice, 1};
}

class LoadTest : public ::testing::Test {
 protected:
  Target target() const { return {.server = server_.address(), .channels = 2}; }

  OneSearchAtATime server_;
};

TEST_F(LoadTest, AClosedLoopMeasuresSoManyCallsByClass) {
  const QueryMix mix = {{.name = "quick", .weight = 3, .requests = {Asking("1")}},
                        {.name = "slow", .weight = 1, .requests = {Asking("20")}}};
  const Measurement measured =
      RunClosedLoop(target(), mix, {.warmup_seconds = 0}, {.callers = 1, .count = 40});
  EXPECT_EQ(measured.kind, "closed");
  EXPECT_EQ(measured.callers, 1);
  ASSERT_EQ(measured.classes.size(), 2);
  EXPECT_EQ(measured.classes[0].latency.count() + measured.classes[1].latency.count(), 40);
  EXPECT_EQ(measured.classes[1].latency.count(), 10);
  EXPECT_GE(measured.classes[1].latency.Quantile(0), milliseconds(20));
  EXPECT_GT(measured.answer_bytes, 40);
  EXPECT_GE(measured.seconds, 0.2);
}

TEST_F(LoadTest, FailedCallsAreCountedByCodeAndInNoLatency) {
  const QueryMix mix = {{.name = "all", .weight = 1, .requests = {Asking("1"), Asking("none")}}};
  const Measurement measured =
      RunClosedLoop(target(), mix, {.warmup_seconds = 0}, {.callers = 1, .count = 10});
  const ClassMeasurement all = measured.All();
  EXPECT_EQ(all.latency.count(), 5);
  EXPECT_EQ(all.errors.at(grpc::StatusCode::INVALID_ARGUMENT), 5);
}

// A closed loop would send one call a stall, and call 95 % of them quick.
TEST_F(LoadTest, InAnOpenLoopAllThatWaitsBehindAStalledServerIsLate) {
  std::vector<grpc::ByteBuffer> requests(20, Asking("1"));
  requests[10] = Asking("300");
  const QueryMix mix = {{.name = "all", .weight = 1, .requests = requests}};
  const Measurement measured = RunOpenLoop(target(), mix, {.warmup_seconds = 0, .seconds = 0.2},
                                           {.kind = ArrivalKind::kConstant, .per_second = 100});
  const Histogram latency = measured.All().latency;
  EXPECT_EQ(latency.count(), 20);
  EXPECT_EQ(measured.planned_per_second, 100);
  EXPECT_EQ(measured.send_lag.count(), 20);
  // Half of the calls were due before the one that takes 300 ms was answered, and after it.
  EXPECT_GE(latency.Quantile(0.6), milliseconds(150));
}

TEST_F(LoadTest, AnOpenLoopBeginsNoMoreThanItMay) {
  const QueryMix mix = {{.name = "all", .weight = 1, .requests = {Asking("400")}}};
  const Measurement measured =
      RunOpenLoop(target(), mix, {.warmup_seconds = 0, .seconds = 0.2},
                  {.kind = ArrivalKind::kConstant, .per_second = 50, .most_under_way = 2});
  EXPECT_EQ(measured.All().latency.count(), 2);
  EXPECT_EQ(measured.unsent, 8);
}

TEST_F(LoadTest, CallsPastTheirDeadlineEndTheRun) {
  const QueryMix mix = {{.name = "all", .weight = 1, .requests = {Asking("held")}}};
  Target impatient = target();
  impatient.deadline_seconds = 0.05;
  const Measurement measured =
      RunClosedLoop(impatient, mix, {.warmup_seconds = 0}, {.callers = 2, .count = 2});
  EXPECT_EQ(measured.All().errors.at(grpc::StatusCode::DEADLINE_EXCEEDED), 2);
}

}  // namespace
}  // namespace broadsheet::bench
