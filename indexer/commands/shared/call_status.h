// SPDX-License-Identifier: GPL-3.0-or-later
// What a call of a server ended with, as an error like those of the engine.
#pragma once

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace broadsheet::commands {

// A status of the same code and message, with the details that the server gave: schema::ErrorReason
// says the API's reason.
absl::Status StatusOfCall(const grpc::Status& status);

}  // namespace broadsheet::commands
