// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/unary_call.h"

#include <grpcpp/server_context.h>

#include <algorithm>
#include <chrono>

#include "absl/strings/escaping.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "server/base/refusal.h"
#include "server/base/status_mapping.h"

namespace broadsheet::server {

namespace {

// By the clock that gRPC reckons in: after the machine's was set, absl::Now() takes up to two
// seconds to notice, and every deadline would seem to have passed.
absl::Duration TimeLeft(const grpc::CallbackServerContext& context) {
  const auto deadline = context.deadline();
  if (deadline == std::chrono::system_clock::time_point::max()) return absl::InfiniteDuration();
  return absl::FromChrono(deadline - std::chrono::system_clock::now());
}

}  // namespace

UnaryCall::UnaryCall(std::string_view method, const grpc::CallbackServerContext& context,
                     Serving& serving, std::string query)
    : method_(method),
      start_(absl::Now()),
      deadline_(start_ + std::min(TimeLeft(context), serving.max_deadline)),
      serving_(serving),
      query_(serving.log_queries ? std::move(query) : "") {}

base::CallControl UnaryCall::Control() const {
  base::CallControl control;
  control.deadline = deadline_;
  control.cancelled = [this] { return cancelled_.load(std::memory_order_relaxed); };
  control.now = start_;
  return control;
}

void UnaryCall::End(const absl::Status& status) {
  MappedStatus mapped = MapStatus(status);
  LogEnd(status, mapped.internal_detail);
  Finish(std::move(mapped.status));
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

void UnaryCall::LogEnd(const absl::Status& status, const std::string& internal_detail) const {
  if (!internal_detail.empty()) {
    serving_.logger.Error(absl::StrFormat("%s failed: %s", std::string(method_), internal_detail));
  }
  const absl::Duration took = absl::Now() - start_;
  if (took < serving_.slow_call) return;
  std::string line =
      absl::StrFormat("slow %s: %d ms, %s", std::string(method_), absl::ToInt64Milliseconds(took),
                      absl::StatusCodeToString(status.code()));
  if (!query_.empty()) line += ", query \"" + absl::Utf8SafeCEscape(query_) + "\"";
  serving_.logger.Warning(line);
}

void UnaryCall::OnCancel() { cancelled_.store(true, std::memory_order_relaxed); }

void UnaryCall::OnDone() { delete this; }

}  // namespace broadsheet::server
