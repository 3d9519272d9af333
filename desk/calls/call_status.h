// SPDX-License-Identifier: GPL-3.0-or-later
// How the error of a call is told over HTTP. Pure; safe from any thread.
#pragma once

#include <grpcpp/support/status.h>

#include <string>

#include "desk/calls/backend.h"
#include "desk/http/message.h"

namespace broadsheet::desk {

// As google.rpc.Code has it in the comments of code.proto: NOT_FOUND is 404, UNAVAILABLE 503.
int HttpStatusOf(grpc::StatusCode code);

// Adds what HTTP asks for beside some statuses: how to log in beside 401, how many seconds to wait
// beside 429 and 503. Nothing for other codes.
void AddErrorHeaders(const grpc::Status& status, const Caller& caller, HttpReply& reply);

// What the server says, as a sentence on a page: "unknown field `x`" -> "Unknown field “x”".
std::string Sentence(const std::string& text);

// What to tell a reader of an error.
std::string ReaderMessage(const grpc::Status& status);

}  // namespace broadsheet::desk
