// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/unary_call.h"

#include <grpcpp/impl/codegen/proto_utils.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "server/base/refusal.h"
#include "server/base/status_mapping.h"
#include "server/services/message_bytes.h"

namespace broadsheet::server {

namespace {

// So many calls of one method can come at once before the first of them was received. Any number
// would do, since each that is received has another asked for; more save gRPC its own queue.
constexpr int kAwaited = 8;

// By the clock that gRPC reckons in: after the machine's was set, absl::Now() takes up to two
// seconds to notice, and every deadline would seem to have passed.
absl::Duration TimeLeft(const grpc::ServerContext& context) {
  const auto deadline = context.deadline();
  if (deadline == std::chrono::system_clock::time_point::max()) return absl::InfiniteDuration();
  return absl::FromChrono(deadline - std::chrono::system_clock::now());
}

}  // namespace

void UnaryCall::TakeCalls(const UnaryMethod& method, Serving& serving) {
  for (int i = 0; i < kAwaited; ++i) new UnaryCall(method, serving);
}

UnaryCall::UnaryCall(const UnaryMethod& method, Serving& serving)
    : method_(method), serving_(serving) {
  serving_.threads->Enter();
  context_.AsyncNotifyWhenDone(done_.Start());
  grpc::ServerCompletionQueue& queue = serving_.threads->queue();
  method_.request_call(&context_, &bytes_, &responder_, &queue, &queue, received_.Start());
}

UnaryCall::~UnaryCall() { serving_.threads->Leave(); }

void UnaryCall::OnReceived(bool ok) {
  // The server shuts down; there is no call, and OnDone will not come.
  if (!ok) {
    delete this;
    return;
  }
  new UnaryCall(method_, serving_);
  start_ = absl::Now();
  deadline_ = start_ + std::min(TimeLeft(context_), serving_.max_deadline);
  absl::Status large = CheckSize("the request", bytes_, method_.max_request_bytes);
  if (!large.ok()) return End(large);
  method_.handler(*this);
}

bool UnaryCall::Parse(google::protobuf::Message& request) {
  const absl::Status read = ReadMessage("the request", bytes_, request);
  if (!read.ok()) End(read);
  return read.ok();
}

base::CallControl UnaryCall::Control() const {
  base::CallControl control;
  control.deadline = deadline_;
  control.cancelled = [this] { return cancelled(); };
  control.now = start_;
  return control;
}

void UnaryCall::End(const absl::Status& status) {
  MappedStatus mapped = MapStatus(status);
  LogEnd(status.code(), mapped.internal_detail);
  responder_.FinishWithError(mapped.status, sent_.Start());
}

void UnaryCall::EndAs(const grpc::Status& status) {
  LogEnd(static_cast<absl::StatusCode>(status.error_code()), "");
  responder_.FinishWithError(status, sent_.Start());
}

void UnaryCall::Answer(const google::protobuf::Message& response) {
  AnswerBytes(ToBytes(response));
}

void UnaryCall::Answer(query::EncodedResponse response) {
  AnswerBytes(ToBytes(std::move(response.bytes)));
}

void UnaryCall::AnswerBytes(const grpc::ByteBuffer& bytes) {
  LogEnd(absl::StatusCode::kOk, "");
  responder_.Finish(bytes, grpc::Status::OK, sent_.Start());
}

void UnaryCall::AnswerFromWriter(std::vector<indexing::LiveWrite> writes, WriteAnswer answer) {
  if (serving_.write_side == nullptr) return End(ReadOnly());
  // What an id has now is looked up in base/.
  const auto generation = serving_.index.Current();
  if (absl::Status damage = serving_.index.Damage(generation.get()); !damage.ok()) {
    return End(damage);
  }
  serving_.write_side->queue().Submit(
      {.writes = std::move(writes),
       .call = Control(),
       .done = [this, answer = std::move(answer)](
                   absl::StatusOr<std::vector<indexing::WriteResult>> results) mutable {
         if (!results.ok()) return End(results.status());
         answer(*std::move(results));
       }});
}

void UnaryCall::LogEnd(absl::StatusCode code, const std::string& internal_detail) const {
  if (!internal_detail.empty()) {
    serving_.logger.Error(
        absl::StrFormat("%s failed: %s", std::string(method_.name), internal_detail));
  }
  const absl::Duration took = absl::Now() - start_;
  if (took < serving_.slow_call) return;
  std::string line =
      absl::StrFormat("slow %s: %d ms, %s", std::string(method_.name),
                      absl::ToInt64Milliseconds(took), absl::StatusCodeToString(code));
  if (!query_.empty()) line += ", query \"" + absl::Utf8SafeCEscape(query_) + "\"";
  serving_.logger.Warning(line);
}

void UnaryCall::OnSent(bool /*ok*/) { Forget(); }

void UnaryCall::OnDone(bool /*ok*/) {
  if (context_.IsCancelled()) cancelled_.store(true, std::memory_order_relaxed);
  Forget();
}

void UnaryCall::Forget() {
  if (events_left_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
}

}  // namespace broadsheet::server
