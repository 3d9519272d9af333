// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/shared/call_status.h"

#include "absl/strings/cord.h"
#include "google/rpc/status.pb.h"

namespace broadsheet::commands {

absl::Status StatusOfCall(const grpc::Status& status) {
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return result;
  for (const google::protobuf::Any& detail : details.details()) {
    result.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  return result;
}

}  // namespace broadsheet::commands
