// SPDX-License-Identifier: GPL-3.0-or-later
// Every hit of a page's search as a file: "/export.csv" and "/export.jsonl".
#pragma once

#include "desk/calls/backend.h"
#include "desk/http/exchange.h"
#include "desk/pages/page_frame.h"

namespace broadsheet::desk {

enum class ExportForm : uint8_t { kCsv, kJsonLines };

// Streams the articles of the search in the request's parameters, in its date order (by relevance:
// newest first), without a limit on their number, at the pace of the client. An error behind the
// first article ends the connection in the middle, so that a client notices.
void AnswerExport(Backend& backend, const DeskSettings& settings, ExportForm form,
                  Exchange& exchange);

}  // namespace broadsheet::desk
