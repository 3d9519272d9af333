// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the answer of a searcher as a client does.
#pragma once

#include "absl/status/statusor.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/encoded_response.h"

namespace broadsheet::testing {

// The message; INTERNAL when the bytes are none.
inline absl::StatusOr<v1::SearchArticlesResponse> Parsed(
    const absl::StatusOr<query::EncodedResponse>& encoded) {
  if (!encoded.ok()) return encoded.status();
  v1::SearchArticlesResponse response;
  if (response.ParseFromString(*encoded->bytes)) return response;
  return absl::InternalError("the answer of a search does not parse");
}

}  // namespace broadsheet::testing
