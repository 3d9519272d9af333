// SPDX-License-Identifier: GPL-3.0-or-later
// The error of one query among others, within an answer.
#pragma once

#include "absl/status/status.h"
#include "broadsheet/v1/search_service.pb.h"

namespace broadsheet::server {

// Sets code, error and message of `response` to what a call would have ended with.
void SetRefusal(const absl::Status& status, v1::CountQueriesResponse* response);

}  // namespace broadsheet::server
