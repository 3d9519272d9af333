// SPDX-License-Identifier: GPL-3.0-or-later
// How a search was understood, for `search --explain`.
#pragma once

#include <iosfwd>

#include "broadsheet/v1/search_service.pb.h"
#include "client/view/terminal.h"

namespace broadsheet::client {

// The parsed query, what its words stand for in the index with the number of articles of each, the
// filters, the languages. Nothing when the response has no explanation.
void PrintExplanation(const v1::SearchArticlesResponse& response, const Terminal& terminal,
                      std::ostream& out);

}  // namespace broadsheet::client
