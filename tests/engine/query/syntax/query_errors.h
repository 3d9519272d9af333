// SPDX-License-Identifier: GPL-3.0-or-later
// What a refused query is told.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "broadsheet/v1/search_service.pb.h"

namespace broadsheet::query {

inline v1::QueryError ErrorOf(const absl::Status& status) {
  v1::QueryError error;
  const auto payload = status.GetPayload("type.googleapis.com/broadsheet.v1.QueryError");
  if (payload) error.ParseFromString(std::string(*payload));
  return error;
}

}  // namespace broadsheet::query
