// SPDX-License-Identifier: GPL-3.0-or-later
// The page at "/a/ID": an article, whole.
#pragma once

#include <string>
#include <vector>

#include "desk/calls/backend.h"
#include "desk/http/message.h"
#include "desk/pages/page_frame.h"

namespace broadsheet::desk {

// Asks the server and renders. `parameters` are those of the search that led here, with the number
// of the hit in "hit": the page marks what matched, and leads to the hits before and behind. `id`
// and `parameters` are valid UTF-8.
HttpReply ArticlePage(Backend& backend, const Caller& caller, const DeskSettings& settings,
                      const std::string& id, const std::vector<NameAndValue>& parameters);

}  // namespace broadsheet::desk
