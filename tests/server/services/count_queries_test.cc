// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/count_queries.h"

#include <atomic>
#include <string>
#include <thread>

#include "engine/schema/error.h"
#include "tests/server/gate.h"
#include "tests/server/services/stream_fixture.h"

namespace broadsheet::server {
namespace {

class CountQueriesTest : public StreamFixture {
 protected:
  // The length of the query; "bad" is a mistake and "lost" a fault of the index.
  FakeAnswers Lengths() {
    FakeAnswers answers;
    answers.count =
        [this](const v1::CountQueriesRequest& request) -> absl::StatusOr<query::QueryCount> {
      ++counted_;
      if (request.query() == "bad") {
        v1::QueryError error;
        error.set_reason("QUERY_SYNTAX");
        error.set_start_byte(1);
        return schema::QueryError(error, "an unbalanced quote");
      }
      if (request.query() == "lost") return absl::DataLossError("/secret/path is damaged");
      query::QueryCount count;
      count.total.set_value(static_cast<int>(request.query().size()));
      count.sample_ids = {"id-" + request.query()};
      return count;
    };
    return answers;
  }

  static v1::CountQueriesRequest Query(int key, const std::string& query) {
    v1::CountQueriesRequest request;
    request.set_key(std::to_string(key));
    request.set_query(query);
    return request;
  }

  std::atomic<int> counted_ = 0;
};

TEST_F(CountQueriesTest, AnswersInOrderAndABadQueryInItsPlace) {
  Serve(Lengths());
  constexpr int kQueries = 1000;
  grpc::ClientContext context;
  const auto stream = stub().CountQueries(&context);
  std::thread sender([&] {
    for (int i = 1; i <= kQueries; ++i) {
      const bool bad = i % 100 == 0;
      ASSERT_TRUE(stream->Write(Query(i, bad ? "bad" : std::string(static_cast<size_t>(i), 'x'))));
    }
    stream->WritesDone();
  });
  v1::CountQueriesResponse response;
  int answers = 0;
  while (stream->Read(&response)) {
    ++answers;
    EXPECT_EQ(response.key(), std::to_string(answers));
    if (answers % 100 != 0) {
      EXPECT_EQ(response.total().value(), answers);
      EXPECT_EQ(response.sample_ids_size(), 1);
      EXPECT_FALSE(response.has_error());
      continue;
    }
    EXPECT_FALSE(response.has_total());
    EXPECT_EQ(response.code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(response.error().reason(), "QUERY_SYNTAX");
    EXPECT_EQ(response.error().start_byte(), 1);
    EXPECT_EQ(response.message(), "an unbalanced quote");
  }
  sender.join();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(answers, kQueries);
}

TEST_F(CountQueriesTest, AFaultEndsTheStreamAndTellsNothingOfTheInside) {
  Serve(Lengths());
  grpc::ClientContext context;
  const auto stream = stub().CountQueries(&context);
  for (const char* query : {"a", "lost", "b"}) stream->Write(Query(1, query));
  v1::CountQueriesResponse response;
  EXPECT_TRUE(stream->Read(&response));
  EXPECT_FALSE(stream->Read(&response));
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(ReasonOf(status), "INDEX_DAMAGED");
  EXPECT_EQ(status.error_message().find("secret"), std::string::npos);
}

TEST_F(CountQueriesTest, ASenderThatSendsNothingIsEnded) {
  options_.stream_idle = absl::Milliseconds(200);
  Serve(Lengths());
  grpc::ClientContext context;
  const auto stream = stub().CountQueries(&context);
  // Answered, unless the machine takes longer than that over it.
  stream->Write(Query(1, "ferry"));
  v1::CountQueriesResponse response;
  while (stream->Read(&response)) EXPECT_EQ(response.key(), "1");
  EXPECT_EQ(ReasonOf(stream->Finish()), "STREAM_IDLE");
}

TEST_F(CountQueriesTest, TakesAFewAheadAndNoMore) {
  Gate gate;
  FakeAnswers answers = Lengths();
  answers.count = [&gate, count = answers.count](const auto& request) {
    gate.Pass();
    return count(request);
  };
  Serve(std::move(answers));
  grpc::ClientContext context;
  const auto stream = stub().CountQueries(&context);
  std::atomic<int> sent = 0;
  std::thread sender([&] {
    // 50 KB each, so that the connection holds few.
    while (sent < 1000 && stream->Write(Query(1, std::string(50'000, 'x')))) ++sent;
    stream->WritesDone();
  });
  ASSERT_TRUE(gate.WaitUntilReached(1));
  EXPECT_EQ(gate.reached(), 1);
  gate.Open();
  v1::CountQueriesResponse response;
  int read = 0;
  while (stream->Read(&response)) ++read;
  sender.join();
  EXPECT_EQ(read, 1000);
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(CountQueriesTest, AStoppingServerEndsTheStream) {
  Serve(Lengths());
  grpc::ClientContext context;
  const auto stream = stub().CountQueries(&context);
  ASSERT_TRUE(stream->Write(Query(1, "ferry")));
  v1::CountQueriesResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_TRUE(server_->server().Stop(absl::Now() + absl::Minutes(10)));
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(CountQueriesTest, ACancelledStreamStops) {
  options_.max_streams = 1;
  Serve(Lengths());
  grpc::ClientContext context;
  const auto stream = stub().CountQueries(&context);
  ASSERT_TRUE(stream->Write(Query(1, "ferry")));
  v1::CountQueriesResponse response;
  ASSERT_TRUE(stream->Read(&response));
  context.TryCancel();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  WaitUntilNoStreamIsOpen();
}

}  // namespace
}  // namespace broadsheet::server
