// SPDX-License-Identifier: GPL-3.0-or-later
// Queries that ask for a little less, or a little more, than another one.
#pragma once

#include <string>
#include <vector>

#include "engine/query/syntax/ast.h"

namespace broadsheet::query::invariants {

// `query` with one part of it loosened: `"a b"` to `"a b"~3`, `a NEAR/2 b` to `a b`, `=a` to `a`.
struct Loosened {
  Node query;
  // What was changed, such as "a phrase may have gaps".
  std::string how;
  // Whether the query finds at least what it found before; inside a negation, it is at most that.
  bool finds_more = true;
};

// All of them, for a query of which all words must match.
std::vector<Loosened> LoosenedForms(const Node& query);

}  // namespace broadsheet::query::invariants
