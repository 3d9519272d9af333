// SPDX-License-Identifier: GPL-3.0-or-later
// Prints how the server understood a search, for `search --explain`.
#pragma once

#include <iosfwd>

#include "broadsheet/v1/search_service.pb.h"
#include "client/view/terminal.h"

namespace broadsheet::client {

// Prints the parsed query, the terms of the index that its words stand for and the number of
// articles of each, the filters and the languages. Prints nothing when the response has no
// explanation.
void PrintExplanation(const v1::SearchArticlesResponse& response, const Terminal& terminal,
                      std::ostream& out);

}  // namespace broadsheet::client
