// SPDX-License-Identifier: GPL-3.0-or-later
// Joins the items of a chain such as `a b c` into one n-ary node.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "engine/query/syntax/ast.h"

namespace broadsheet::query {

// From the first node to the last; `nodes` is not empty.
Span Cover(const std::vector<Node>& nodes);

// A single node is returned as it is.
Node Combine(NodeKind kind, std::vector<Node> nodes);

// MatchMode::kAny: one of the groups is enough, but negations and dates narrow. A group is what an
// explicit AND holds together.
Node CombineAny(std::vector<std::vector<Node>> groups);

// Whether a NEAR node joins what it can: at most 8 words, phrases or ORs of them, all in one field.
// A Mistake as Status otherwise.
absl::Status CheckNear(const Node& near);

}  // namespace broadsheet::query
