// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/call_control.h"

namespace broadsheet::base {

absl::Status CallControl::Check() const {
  if (cancelled && cancelled()) return absl::CancelledError("the caller cancelled the call");
  if (deadline != absl::InfiniteFuture() && absl::Now() >= deadline) {
    return absl::DeadlineExceededError("the call ran past its deadline");
  }
  return absl::OkStatus();
}

void Deadline::Check() const {
  if (absl::Status status = call_.Check(); !status.ok()) throw DeadlineError(std::move(status));
}

}  // namespace broadsheet::base
