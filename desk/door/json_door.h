// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON door: the API's methods over HTTP, for those without gRPC.
#pragma once

#include <string>

#include "desk/calls/backend.h"
#include "desk/http/exchange.h"
#include "desk/pages/page_url.h"

namespace broadsheet::desk {

// Answers a request whose path, without the desk's base path, is `path`, which begins with "/v1/".
// Errors are google.rpc.Status in JSON, with the HTTP status of their code; streams are JSON lines,
// in which an error behind the first line is the last one, as {"error": ...}.
void AnswerJson(Backend& backend, const DeskSettings& settings, const std::string& path,
                Exchange& exchange);

// A reply that refuses a request for the door, as a google.rpc.Status too.
HttpReply AsJson(const HttpReply& refusal);

}  // namespace broadsheet::desk
