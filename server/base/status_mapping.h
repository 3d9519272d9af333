// SPDX-License-Identifier: GPL-3.0-or-later
// What a caller is told about an error: the one place where absl::Status becomes grpc::Status.
#pragma once

#include <grpcpp/support/status.h>

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"

namespace broadsheet::server {

// What goes to the caller, and what only the log may see.
struct MappedStatus {
  grpc::Status status;
  // Of the ErrorInfo that the caller gets; empty when it is no error.
  std::string reason;
  // Empty unless `status` hides something: then the whole error, and the request id by which the
  // caller's report is matched to it.
  std::string internal_detail;
};

std::string NewRequestId();

// Every error carries a serialised google.rpc.Status with an ErrorInfo first. An error made by
// schema/error.h keeps its message and payloads; INVALID_ARGUMENT gets a BadRequest if it has none,
// RESOURCE_EXHAUSTED a RetryInfo. An error without a reason, or with INTERNAL or INDEX_DAMAGED,
// comes from inside: it is told by its code alone (DEADLINE_EXCEEDED, CANCELLED, DATA_LOSS as
// INDEX_DAMAGED, all else as INTERNAL), with a RequestInfo if it is a fault (of `request_id`), and
// its message is in `internal_detail`, with what to do about it (remedy.h); so are faults of the
// index, which no caller gets. Message and details are cut to what fits into gRPC's 8 KiB of
// metadata, for beyond it the caller would get neither. `request_id` is asked only where it is
// needed.
MappedStatus MapStatus(const absl::Status& status,
                       absl::FunctionRef<std::string()> request_id = NewRequestId);

// "DEADLINE_EXCEEDED"; gRPC's numbers are those of Abseil.
std::string NameOf(grpc::StatusCode code);

}  // namespace broadsheet::server
