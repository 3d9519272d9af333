// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/call_record.h"

#include <cstddef>

#include "absl/strings/escaping.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"

namespace broadsheet::server {

void CallRecord::Begin() {
  start_ = absl::Now();
  figures_.started.fetch_add(1, std::memory_order_relaxed);
}

void CallRecord::CountStages() {
  stages_.End();
  for (size_t stage = 0; stage < serving_.stages.size(); ++stage) {
    const absl::Duration took = stages_.of(stage);
    if (took > absl::ZeroDuration()) serving_.stages.at(stage).Observe(took);
  }
}

void CallRecord::End(const MappedStatus& told) {
  const absl::Duration took = absl::Now() - start_;
  const grpc::StatusCode code = told.status.error_code();
  figures_.handled.at(static_cast<size_t>(code)).fetch_add(1, std::memory_order_relaxed);
  figures_.handling.Observe(took);
  CountStages();
  if (!told.reason.empty()) serving_.calls.CountError(told.reason);
  if (!told.internal_detail.empty()) {
    serving_.logger.Error(absl::StrFormat("%s failed: %s", figures_.method, told.internal_detail));
  }
  if (figures_.type != "unary" || took < serving_.slow_call) return;
  std::string line = absl::StrFormat("slow %s: %d ms, %s", figures_.method,
                                     absl::ToInt64Milliseconds(took), NameOf(code));
  if (!caller_.empty()) line += ", by \"" + absl::Utf8SafeCEscape(caller_) + "\"";
  if (!query_.empty()) line += ", query \"" + absl::Utf8SafeCEscape(query_) + "\"";
  serving_.logger.Warning(line);
}

}  // namespace broadsheet::server
