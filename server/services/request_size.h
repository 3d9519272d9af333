// SPDX-License-Identifier: GPL-3.0-or-later
// How much a search may send.
#pragma once

#include <google/protobuf/message.h>

#include <cstddef>

#include "absl/status/status.h"

namespace broadsheet::server {

// INVALID_ARGUMENT with INVALID_ARGUMENT_VALUE when `request` takes more than `max_bytes`. A server
// that takes no writes has gRPC refuse it before it is read.
absl::Status CheckRequestSize(const google::protobuf::Message& request, size_t max_bytes);

}  // namespace broadsheet::server
