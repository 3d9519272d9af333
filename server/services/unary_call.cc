// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/unary_call.h"

#include <grpcpp/impl/codegen/proto_utils.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "server/access/call_credential.h"
#include "server/access/gatekeeper.h"
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
  MethodFigures& figures = serving.calls.Of(method.name);
  for (int i = 0; i < kAwaited; ++i) new UnaryCall(method, figures, serving);
}

UnaryCall::UnaryCall(const UnaryMethod& method, MethodFigures& figures, Serving& serving)
    : method_(method), serving_(serving), record_(figures, context_, serving) {
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
  new UnaryCall(method_, record_.figures(), serving_);
  record_.Begin();
  record_.CountReceived();
  deadline_ = record_.start() + std::min(TimeLeft(context_), serving_.settings.get().max_deadline);
  auto caller = serving_.gatekeeper.Admit(context_, record_.figures().full_name());
  if (!caller.ok()) return End(caller.status());
  caller_ = *std::move(caller);
  record_.NoteCaller(caller_->name);
  if (absl::Status charged = Gatekeeper::Charge(*caller_); !charged.ok()) return End(charged);
  absl::Status large = CheckSize("the request", bytes_, method_.max_request_bytes);
  if (!large.ok()) return End(large);
  method_.handler(*this);
}

std::string UnaryCall::TurnName() const { return TurnNameOf(*caller_, context_); }

base::CallControl UnaryCall::Control() {
  base::CallControl control;
  control.deadline = deadline_;
  control.cancelled = [this] { return cancelled(); };
  control.now = record_.start();
  control.stages = &record_.stages();
  return control;
}

void UnaryCall::End(const absl::Status& status) {
  const MappedStatus mapped = record_.Map(status);
  record_.End(mapped);
  responder_.FinishWithError(mapped.status, sent_.Start());
}

void UnaryCall::EndAs(const grpc::Status& status) {
  record_.End({.status = status, .reason = "", .internal_detail = ""});
  responder_.FinishWithError(status, sent_.Start());
}

void UnaryCall::Refuse(const absl::Status& why) {
  Gatekeeper::Refund(*caller_, why);
  End(why);
}

void UnaryCall::Answer(const google::protobuf::Message& response) {
  const auto bytes =
      GuardMemory([&]() -> absl::StatusOr<grpc::ByteBuffer> { return ToBytes(response); });
  if (!bytes.ok()) return End(bytes.status());
  AnswerBytes(*bytes);
}

void UnaryCall::AnswerBytes(const grpc::ByteBuffer& bytes) {
  record_.CountSent();
  record_.End(MappedStatus());
  answer_ = serving_.answers.Add([this] { context_.TryCancel(); }, bytes.Length());
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
         if (!results.ok()) return Refuse(results.status());
         answer(*std::move(results));
       }});
}

void UnaryCall::OnSent(bool /*ok*/) {
  if (answer_ != 0) serving_.answers.Remove(answer_);
  Forget();
}

void UnaryCall::OnDone(bool /*ok*/) {
  if (context_.IsCancelled()) cancelled_.store(true, std::memory_order_relaxed);
  Forget();
}

void UnaryCall::Forget() {
  if (events_left_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
}

}  // namespace broadsheet::server
