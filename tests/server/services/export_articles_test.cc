// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/export_articles.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "engine/schema/error.h"
#include "tests/server/services/stream_fixture.h"

namespace broadsheet::server {
namespace {

class ExportArticlesTest : public StreamFixture {
 protected:
  using Stream = grpc::ClientReader<v1::ExportArticlesResponse>;

  // Batch after batch, of one article with a body of `bytes`; its id counts up. `batches` < 0: no
  // end.
  FakeAnswers Batches(int batches, size_t bytes = 10) {
    FakeAnswers answers;
    answers.batch = [this, batches, bytes](const auto&, const query::ExportPosition& position) {
      ++read_;
      const int number = position.resume_token.empty() ? 1 : std::stoi(position.resume_token) + 1;
      v1::ExportArticlesResponse response;
      response.add_articles()->set_id(std::to_string(number));
      response.mutable_articles(0)->set_body(std::string(bytes, 'x'));
      response.set_resume_token(std::to_string(number));
      return query::ExportBatch{.bytes = response.SerializeAsString(),
                                .next = {.resume_token = response.resume_token(), .first = false},
                                .last = number == batches};
    };
    return answers;
  }

  std::unique_ptr<Stream> Export(grpc::ClientContext* context, const std::string& token = "") {
    v1::ExportArticlesRequest request;
    request.set_query("ferry");
    request.set_resume_token(token);
    return stub().ExportArticles(context, request);
  }

  static std::vector<std::string> ReadAll(Stream& stream) {
    std::vector<std::string> ids;
    v1::ExportArticlesResponse batch;
    while (stream.Read(&batch)) ids.push_back(batch.articles(0).id());
    return ids;
  }

  std::atomic<int> read_ = 0;
};

TEST_F(ExportArticlesTest, StreamsEveryBatchFromTheTokenOn) {
  Serve(Batches(300));
  for (const int begin : {0, 100, 299}) {
    grpc::ClientContext context;
    const auto stream = Export(&context, begin == 0 ? "" : std::to_string(begin));
    std::vector<std::string> expected;
    for (int i = begin + 1; i <= 300; ++i) expected.push_back(std::to_string(i));
    EXPECT_EQ(ReadAll(*stream), expected);
    EXPECT_TRUE(stream->Finish().ok());
  }
}

TEST_F(ExportArticlesTest, AnErrorComesBehindTheBatchesBeforeIt) {
  FakeAnswers answers = Batches(-1);
  answers.batch = [good = answers.batch](
                      const auto& request,
                      const auto& position) -> absl::StatusOr<query::ExportBatch> {
    if (position.resume_token == "3") {
      return schema::Error(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED", "too long");
    }
    return good(request, position);
  };
  Serve(std::move(answers));
  grpc::ClientContext context;
  const auto stream = Export(&context);
  EXPECT_EQ(ReadAll(*stream), (std::vector<std::string>{"1", "2", "3"}));
  EXPECT_EQ(ReasonOf(stream->Finish()), "DEADLINE_EXCEEDED");
}

TEST_F(ExportArticlesTest, ReadsNoMoreThanItsCallerTakesAndEndsWhenThatIsNothing) {
  options_.max_streams = 1;
  options_.stream_idle = absl::Milliseconds(300);
  Serve(Batches(-1, 256 << 10));
  grpc::ClientContext context;
  const auto stream = Export(&context);
  v1::ExportArticlesResponse first;
  ASSERT_TRUE(stream->Read(&first));
  WaitUntilNoStreamIsOpen();
  // What was read beyond it is in buffers of the connection, which are small.
  EXPECT_LE(read_, 100);
  const int before = read_;
  ReadAll(*stream);
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::ABORTED) << status.error_message();
  EXPECT_NE(status.error_message().find("read and sent nothing"), std::string::npos);
  EXPECT_EQ(read_, before);
}

TEST_F(ExportArticlesTest, ACancelledExportStops) {
  options_.max_streams = 1;
  Serve(Batches(-1));
  grpc::ClientContext context;
  const auto stream = Export(&context);
  v1::ExportArticlesResponse batch;
  ASSERT_TRUE(stream->Read(&batch));
  context.TryCancel();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  WaitUntilNoStreamIsOpen();
}

TEST_F(ExportArticlesTest, NoMoreAreOpenThanMayBe) {
  options_.max_streams = 2;
  Serve(Batches(-1));
  grpc::ClientContext contexts[3];
  v1::ExportArticlesResponse batch;
  const auto first = Export(&contexts[0]);
  const auto second = Export(&contexts[1]);
  ASSERT_TRUE(first->Read(&batch));
  ASSERT_TRUE(second->Read(&batch));
  const auto third = Export(&contexts[2]);
  EXPECT_FALSE(third->Read(&batch));
  EXPECT_EQ(ReasonOf(third->Finish()), "OVERLOADED");
  for (auto* context : {&contexts[0], &contexts[1]}) context->TryCancel();
}

TEST_F(ExportArticlesTest, AStoppingServerEndsEveryExportWithAReason) {
  for (const bool reads : {true, false}) {
    Serve(Batches(-1, 256 << 10));
    grpc::ClientContext context;
    const auto stream = Export(&context);
    v1::ExportArticlesResponse batch;
    ASSERT_TRUE(stream->Read(&batch));
    std::thread reader([&] {
      while (reads && stream->Read(&batch)) {
      }
    });
    EXPECT_TRUE(server_->server().Stop(absl::Now() + absl::Minutes(10)));
    reader.join();
    if (!reads) ReadAll(*stream);
    const grpc::Status status = stream->Finish();
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE) << status.error_message();
    EXPECT_NE(status.error_message().find("shutting down"), std::string::npos);
  }
}

TEST_F(ExportArticlesTest, SearchesAreAnsweredBetweenTheBatchesOfOthers) {
  options_.threads = 1;
  Serve(Batches(-1));
  grpc::ClientContext contexts[4];
  std::vector<std::thread> readers;
  for (grpc::ClientContext& context : contexts) {
    readers.emplace_back([this, &context] { ReadAll(*Export(&context)); });
  }
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(server_->Search("ferry").ok());
  for (grpc::ClientContext& context : contexts) context.TryCancel();
  for (std::thread& reader : readers) reader.join();
}

TEST_F(ExportArticlesTest, RefusesARequestThatItCannotRead) {
  Serve(Batches(1));
  grpc::ClientContext context;
  v1::ExportArticlesRequest request;
  request.set_query("\xff");
  const auto stream = stub().ExportArticles(&context, request);
  v1::ExportArticlesResponse batch;
  EXPECT_FALSE(stream->Read(&batch));
  EXPECT_EQ(ReasonOf(stream->Finish()), "INVALID_ARGUMENT_VALUE");
  EXPECT_EQ(read_, 0);
}

TEST_F(ExportArticlesTest, RefusesARequestThatIsTooLarge) {
  Serve(Batches(1));
  grpc::ClientContext context;
  v1::ExportArticlesRequest request;
  request.set_query(std::string(70'000, 'x'));
  const auto stream = stub().ExportArticles(&context, request);
  v1::ExportArticlesResponse batch;
  EXPECT_FALSE(stream->Read(&batch));
  EXPECT_EQ(ReasonOf(stream->Finish()), "INVALID_ARGUMENT_VALUE");
}

}  // namespace
}  // namespace broadsheet::server
