// SPDX-License-Identifier: GPL-3.0-or-later
// "/live": how many articles a search finds beyond those that its page was made of.
#pragma once

#include "desk/calls/backend.h"
#include "desk/http/exchange.h"
#include "desk/pages/page_frame.h"

namespace broadsheet::desk {

// Sends server-sent events `fresh` with a number, every five seconds, until the client goes: how
// many more the search of the request's parameters finds than `known` in them says. Keeps a thread.
void AnswerLive(Backend& backend, const DeskSettings& settings, Exchange& exchange);

}  // namespace broadsheet::desk
