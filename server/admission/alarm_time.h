// SPDX-License-Identifier: GPL-3.0-or-later
// When a grpc::Alarm is to ring.
#pragma once

#include <grpc/support/time.h>

#include "absl/time/time.h"

namespace broadsheet::server {

// `wait` from now, and never before: as gRPC's own times, unaffected by changes of the machine's
// clock.
inline gpr_timespec AlarmTime(absl::Duration wait) {
  const int64_t millis = absl::ToInt64Milliseconds(wait) + 1;
  return gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC), gpr_time_from_millis(millis, GPR_TIMESPAN));
}

}  // namespace broadsheet::server
