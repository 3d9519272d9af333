// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/request_size.h"

#include "absl/strings/str_format.h"
#include "engine/schema/error.h"

namespace broadsheet::server {

absl::Status CheckRequestSize(const google::protobuf::Message& request, size_t max_bytes) {
  const size_t bytes = request.ByteSizeLong();
  if (bytes <= max_bytes) return absl::OkStatus();
  return schema::BadField(
      "", absl::StrFormat("the request takes %d bytes; at most %d are taken", bytes, max_bytes));
}

}  // namespace broadsheet::server
