// SPDX-License-Identifier: GPL-3.0-or-later
// Reads what a caller finds in an error's details.
#pragma once

#include <grpcpp/support/status.h>

#include <optional>
#include <string>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace broadsheet::server {

// The first detail of this type.
template <typename Detail>
std::optional<Detail> DetailOf(const grpc::Status& status) {
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return std::nullopt;
  for (const auto& each : details.details()) {
    Detail detail;
    if (each.UnpackTo(&detail)) return detail;
  }
  return std::nullopt;
}

// The ErrorInfo's reason; "" without one.
inline std::string ReasonOf(const grpc::Status& status) {
  const auto info = DetailOf<google::rpc::ErrorInfo>(status);
  return info ? info->reason() : "";
}

// The field of the first violation; "" without one.
inline std::string FieldOf(const grpc::Status& status) {
  const auto bad = DetailOf<google::rpc::BadRequest>(status);
  return bad && bad->field_violations_size() > 0 ? bad->field_violations(0).field() : "";
}

}  // namespace broadsheet::server
