// SPDX-License-Identifier: GPL-3.0-or-later
// Joins the items of a chain such as `a b c` into one n-ary node.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "engine/query/syntax/ast.h"

namespace broadsheet::query {

// The span from the first node to the last; `nodes` is not empty.
Span Cover(const std::vector<Node>& nodes);

// Makes a node of `kind` with these children; returns a single node unchanged.
Node Combine(NodeKind kind, std::vector<Node> nodes);

// Combines for MatchMode::kAny: one group is enough to match, but negations and dates restrict the
// result. A group has the operands of an explicit AND.
Node CombineAny(std::vector<std::vector<Node>> groups);

// Checks the operands of a NEAR node: at most 8 words, phrases or ORs of these, all in one field.
// Returns a Mistake as Status otherwise.
absl::Status CheckNear(const Node& near);

}  // namespace broadsheet::query
