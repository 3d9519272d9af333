// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/query_refusal.h"

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "server/base/status_mapping.h"

namespace broadsheet::server {

void SetRefusal(const absl::Status& status, v1::CountQueriesResponse* response) {
  google::rpc::Status told;
  told.ParseFromString(MapStatus(status).status.error_details());
  response->set_code(told.code());
  response->set_message(told.message());
  google::rpc::ErrorInfo info;
  for (const google::protobuf::Any& detail : told.details()) {
    // The ErrorInfo comes first; a QueryError has its reason too.
    if (detail.UnpackTo(&info)) response->mutable_error()->set_reason(info.reason());
    if (detail.Is<v1::QueryError>()) detail.UnpackTo(response->mutable_error());
  }
}

}  // namespace broadsheet::server
