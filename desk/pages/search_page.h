// SPDX-License-Identifier: GPL-3.0-or-later
// The page at "/": what a search found.
#pragma once

#include "desk/calls/backend.h"
#include "desk/http/message.h"
#include "desk/pages/page_frame.h"

namespace broadsheet::desk {

// Asks the server and renders. An error of the server becomes a page that says it, with the HTTP
// status of its code. `parameters` are valid UTF-8.
HttpReply SearchPage(Backend& backend, const Caller& caller, const DeskSettings& settings,
                     const std::vector<NameAndValue>& parameters);

}  // namespace broadsheet::desk
