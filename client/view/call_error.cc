// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/call_error.h"

#include <grpcpp/support/status.h>

#include <algorithm>

namespace broadsheet::client {

google::rpc::Status ErrorOf(const grpc::Status& status) {
  google::rpc::Status error;
  if (!error.ParseFromString(status.error_details())) error.Clear();
  error.set_code(status.error_code());
  error.set_message(status.error_message());
  return error;
}

std::optional<v1::QueryError> QueryErrorOf(const grpc::Status& status) {
  const google::rpc::Status details = ErrorOf(status);
  for (const auto& detail : details.details()) {
    v1::QueryError error;
    if (detail.UnpackTo(&error)) return error;
  }
  return std::nullopt;
}

Place PlaceInTyped(const v1::QueryError& error, const SentQuery& query) {
  const auto clamp = [&](int32_t byte) {
    const auto position = static_cast<size_t>(std::max(byte, 0));
    return std::clamp(position, query.typed_begin, query.typed_end) - query.typed_begin;
  };
  Place place{.begin = clamp(error.start_byte()), .end = clamp(error.end_byte())};
  place.end = std::max(place.begin, place.end);
  return place;
}

}  // namespace broadsheet::client
