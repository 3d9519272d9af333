// SPDX-License-Identifier: GPL-3.0-or-later
// Operators of other search engines that mean nothing here: Lucene's, Google's, Westlaw's, Lexis's,
// Factiva's. They are refused with ours in their place, since what they were typed for would
// otherwise turn into its opposite unnoticed: `!fraud` finds fraud. What headlines have as well
// (Breaking! C++, +5 percent, A | B) is text.
#pragma once

#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "engine/query/syntax/lexer.h"

namespace broadsheet::query {

// OK, or the Mistake of the first such operator as Status. `tokens` are TokensOf(query).
absl::Status RefuseDialects(std::string_view query, const std::vector<Token>& tokens);

}  // namespace broadsheet::query
