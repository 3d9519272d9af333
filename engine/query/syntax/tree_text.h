// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a tree in the query language.
#pragma once

#include <string>

#include "engine/query/syntax/ast.h"

namespace broadsheet::query {

// The tree on one line with every implied operator and parenthesis written out:
// `kim AND (un OR putin) AND NOT headline:"a b"~2`. Reading it again gives the same tree.
std::string ToString(const Node& node);

// The operator of a kNear node as it is typed: `NEAR/5`, `ADJ/s`.
std::string NearOperator(const Node& near);

}  // namespace broadsheet::query
