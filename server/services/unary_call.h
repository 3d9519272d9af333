// SPDX-License-Identifier: GPL-3.0-or-later
// One call from start to end: deadline, cancellation, answer, and its record. A handler answers it,
// or queues the work that will: it never waits.
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/async_unary_call.h>
#include <grpcpp/support/byte_buffer.h>

#include <atomic>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/indexing/live/live_writer.h"
#include "engine/query/encoded_response.h"
#include "server/access/caller.h"
#include "server/admission/event.h"
#include "server/services/call_record.h"
#include "server/services/guarded_search.h"
#include "server/services/message_bytes.h"
#include "server/services/serving.h"

namespace broadsheet::server {

class UnaryCall;

// A method that takes one message and answers one, both as bytes.
struct UnaryMethod {
  using Responder = grpc::ServerAsyncResponseWriter<grpc::ByteBuffer>;

  std::string_view name;  // a literal
  // Has gRPC deliver the next call: Request... of the generated service.
  std::function<void(grpc::ServerContext*, grpc::ByteBuffer*, Responder*, grpc::CompletionQueue*,
                     grpc::ServerCompletionQueue*, void* tag)>
      request_call;
  // Answers it sooner or later, for a caller who may ask for it. Never waits.
  std::function<void(UnaryCall&)> handler;
  // Larger requests are refused unread. gRPC has one limit for the whole server, which is higher
  // when the server takes writes.
  size_t max_request_bytes = std::numeric_limits<size_t>::max();
};

// Deletes itself when gRPC no longer needs it, which is after End() or Answer(); until then it
// stays valid, even if the caller goes away.
class UnaryCall final {
 public:
  // Takes calls of `method` from now on until the server shuts down. Both outlive all calls.
  static void TakeCalls(const UnaryMethod& method, Serving& serving);

  UnaryCall(const UnaryCall&) = delete;
  UnaryCall& operator=(const UnaryCall&) = delete;

  // The request, valid as long as the call. Null if it cannot be parsed, and then the call has
  // ended. Call once.
  template <typename Request>
  const Request* Read();

  // For the log.
  void NoteQuery(const std::string& query) { record_.NoteQuery(query); }
  // When the call came.
  absl::Time start() const { return record_.start(); }

  // Ends at the caller's deadline or the server's, whichever is first, or when the caller cancels.
  // Not to be used after the call's end.
  base::CallControl Control();

  // Whether the caller cancelled or its own deadline passed, for work that the server's deadline
  // does not bound. Not to be used after the call's end.
  bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }

  // These end the call: exactly one is called, once, from any thread. `this` may be destroyed when
  // it returns. `status` of End is an error.
  void End(const absl::Status& status);
  // As it is, without the details that our own API promises.
  void EndAs(const grpc::Status& status);
  void Answer(const google::protobuf::Message& response);

  // Runs `answer(searchers, request, control)`, which returns StatusOr of what Answer() takes, when
  // its turn has come, and ends the call with its result. The request is parsed then. `light` as of
  // SearcherTask.
  template <typename Request, typename AnswerFunction>
  void AnswerFromIndex(bool light, AnswerFunction answer);

  // Commits `writes` together, then calls `answer` on the writer's thread with one result a write;
  // `answer` must end the call. If the writes were not tried, ends the call with the reason:
  // INDEX_READ_ONLY when the server takes no writes.
  using WriteAnswer = absl::AnyInvocable<void(std::vector<indexing::WriteResult>)>;
  void AnswerFromWriter(std::vector<indexing::LiveWrite> writes, WriteAnswer answer);

 private:
  // Asks gRPC for a call.
  UnaryCall(const UnaryMethod& method, MethodFigures& figures, Serving& serving);
  ~UnaryCall();

  // Events: a call has come; its answer was sent; gRPC is done with it, be it because its caller
  // cancelled.
  void OnReceived(bool ok);
  void OnSent(bool ok);
  void OnDone(bool ok);
  void Forget();

  // As SearcherTask::caller.
  std::string TurnName() const;
  // Read, with the reason where that is null.
  template <typename Request>
  absl::StatusOr<const Request*> TryRead();
  void AnswerBytes(const grpc::ByteBuffer& bytes);
  // Ends a call that was not begun.
  void Refuse(const absl::Status& why);

  const UnaryMethod& method_;
  Serving& serving_;
  EventOf<UnaryCall> received_{*this, &UnaryCall::OnReceived};
  EventOf<UnaryCall> sent_{*this, &UnaryCall::OnSent};
  EventOf<UnaryCall> done_{*this, &UnaryCall::OnDone};
  grpc::ServerContext context_;
  grpc::ByteBuffer bytes_;
  UnaryMethod::Responder responder_{&context_};

  CallRecord record_;
  absl::Time deadline_;
  // Null until the caller was let in.
  std::shared_ptr<const Caller> caller_;
  std::unique_ptr<google::protobuf::Message> request_;
  std::atomic<bool> cancelled_ = false;
  // Of AnswersInFlight; 0 = none.
  uint64_t answer_ = 0;
  // Of sent_ and done_, how many are to come.
  std::atomic<int> events_left_ = 2;
};

template <typename Request>
absl::StatusOr<const Request*> UnaryCall::TryRead() {
  auto request = std::make_unique<Request>();
  if (absl::Status read = ReadMessage("the request", bytes_, *request); !read.ok()) return read;
  const Request* read = request.get();
  request_ = std::move(request);
  return read;
}

template <typename Request>
const Request* UnaryCall::Read() {
  const absl::StatusOr<const Request*> read = TryRead<Request>();
  if (read.ok()) return *read;
  End(read.status());
  return nullptr;
}

template <typename Request, typename AnswerFunction>
void UnaryCall::AnswerFromIndex(bool light, AnswerFunction answer) {
  auto run = [this, answer = std::move(answer)](absl::StatusOr<Searchers*> searchers) {
    if (!searchers.ok()) return Refuse(searchers.status());
    const auto answered = GuardSearch(**searchers, [&]() -> absl::StatusOr<grpc::ByteBuffer> {
      const absl::StatusOr<const Request*> request = TryRead<Request>();
      if (!request.ok()) return request.status();
      auto response = answer(**searchers, **request, Control());
      if (!response.ok()) return response.status();
      return ToBytes(*std::move(response));
    });
    if (!answered.ok()) return End(answered.status());
    AnswerBytes(*answered);
  };
  serving_.pool.Submit({.caller = caller_,
                        .call = Control(),
                        .light = light,
                        .turn_name = TurnName(),
                        .run = std::move(run)});
}

}  // namespace broadsheet::server
