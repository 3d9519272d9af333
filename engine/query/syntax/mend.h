// SPDX-License-Identifier: GPL-3.0-or-later
// Mended queries: what an error or a notice offers instead of what was typed. Nothing is offered
// that would be refused in its turn. Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"

namespace broadsheet::query {

// The query that a mistake's Status suggests; "" when it suggests none.
std::string SuggestionOf(const absl::Status& mistake);

// `mistake`, found in `query`, with a suggestion that is accepted: `check` is asked about the one
// it has, then about what `check`'s own error suggests, a few times over, since a query may have
// more than one mistake. Where that leads nowhere the plain words of `query` are suggested, or
// nothing if those are refused too. A suggestion never equals `query`. Returned unchanged when it
// is no Mistake or suggests nothing.
absl::Status WithAcceptedMend(std::string_view query, absl::Status mistake,
                              absl::FunctionRef<absl::Status(const std::string&)> check);

}  // namespace broadsheet::query
