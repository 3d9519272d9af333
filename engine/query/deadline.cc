// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/deadline.h"

#include "engine/xapian/guard.h"

namespace broadsheet::query {

absl::Status CallControl::Check() const {
  if (cancelled && cancelled()) return absl::CancelledError("the caller cancelled the search");
  if (deadline != absl::InfiniteFuture() && absl::Now() >= deadline) {
    return absl::DeadlineExceededError("the search ran past its deadline");
  }
  return absl::OkStatus();
}

void Deadline::Check() const {
  if (absl::Status status = call_.Check(); !status.ok()) {
    throw xapian::DeadlineError(status.code());
  }
}

}  // namespace broadsheet::query
