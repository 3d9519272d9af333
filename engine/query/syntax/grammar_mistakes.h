// SPDX-License-Identifier: GPL-3.0-or-later
// The Mistakes of a query whose parts are whole but do not fit together, as Status. `query` is what
// the tokens' spans point into. Pure.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "engine/query/syntax/lexer.h"

namespace broadsheet::query {

// `headline:-kim`; `name` is the field's, `next` what follows its colon.
absl::Status NoWordBehind(std::string_view query, const Token& name, const Token& next);
// `a AND`.
absl::Status MissingOperand(std::string_view query, const Token& operator_token);
// `(a b`.
absl::Status NeverClosed(std::string_view query, const Token& open);
// `a b)`.
absl::Status UnexpectedClose(std::string_view query, const Token& close);

}  // namespace broadsheet::query
