// SPDX-License-Identifier: GPL-3.0-or-later
// How the error of a call is told over HTTP. Pure; safe from any thread.
#pragma once

#include <grpcpp/support/status.h>

#include <string>

namespace broadsheet::desk {

// As google.rpc.Code has it in the comments of code.proto: NOT_FOUND is 404, UNAVAILABLE 503.
int HttpStatusOf(grpc::StatusCode code);

// A sentence for a reader.
std::string ReaderMessage(const grpc::Status& status);

}  // namespace broadsheet::desk
