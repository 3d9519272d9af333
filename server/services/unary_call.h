// SPDX-License-Identifier: GPL-3.0-or-later
// One call from start to end: deadline, cancellation, answer, and a line in the log if it was slow
// or failed. A handler makes one, queues the work and returns the call to gRPC, whose threads (two
// on a small machine) never wait.
#pragma once

#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/indexing/live/live_writer.h"
#include "engine/query/searcher.h"
#include "server/services/serving.h"

namespace broadsheet::server {

// Created with `new`; deletes itself when gRPC no longer needs it, which is after End(). Request,
// response and this stay valid until End(), even if the caller goes away.
class UnaryCall final : public grpc::ServerUnaryReactor {
 public:
  // `method` is a literal. `query` is for the log, used under --log-queries only.
  UnaryCall(std::string_view method, const grpc::CallbackServerContext& context, Serving& serving,
            std::string query = "");

  // Ends at the caller's deadline or the server's, whichever is first, or when the caller cancels.
  // Not to be used after End().
  base::CallControl Control() const;

  // Whether the caller cancelled or its own deadline passed, for work that the server's deadline
  // does not bound. Not to be used after End().
  bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }

  // Answers the call. Call exactly once, from any thread. `this`, the request and the response may
  // be destroyed when it returns.
  void End(const absl::Status& status);

  // Runs `answer(searcher, control)`, which returns StatusOr<Response>, on a searcher thread over
  // the generation that `build_id` names (empty = the current one), and ends the call with its
  // result.
  template <typename Response, typename Answer>
  void AnswerFromIndex(std::string build_id, Response* response, Answer answer);

  // Commits `writes` together, then calls `answer` on the writer's thread with one result a write;
  // `answer` must end the call. If the writes were not tried, ends the call with the reason:
  // INDEX_READ_ONLY when the server takes no writes.
  using WriteAnswer = absl::AnyInvocable<void(std::vector<indexing::WriteResult>)>;
  void AnswerFromWriter(std::vector<indexing::LiveWrite> writes, WriteAnswer answer);

 private:
  void OnCancel() override;
  void OnDone() override;
  void LogEnd(const absl::Status& status, const std::string& internal_detail) const;

  const std::string_view method_;
  const absl::Time start_;
  const absl::Time deadline_;
  Serving& serving_;
  const std::string query_;
  std::atomic<bool> cancelled_ = false;
};

template <typename Response, typename Answer>
void UnaryCall::AnswerFromIndex(std::string build_id, Response* response, Answer answer) {
  auto run = [this, response,
              answer = std::move(answer)](absl::StatusOr<query::Searcher*> searcher) {
    if (!searcher.ok()) return End(searcher.status());
    absl::StatusOr<Response> answered = answer(**searcher, Control());
    if (!answered.ok()) return End(answered.status());
    *response = *std::move(answered);
    End(absl::OkStatus());
  };
  serving_.pool.Submit({.call = Control(), .build_id = std::move(build_id), .run = std::move(run)});
}

}  // namespace broadsheet::server
