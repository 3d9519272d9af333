// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/chain.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "engine/query/syntax/query_error.h"

namespace broadsheet::query {
namespace {

bool IsRestriction(const Node& node) {
  return node.kind == NodeKind::kNot || node.kind == NodeKind::kDate;
}

// NEAR considers every set of its operands (near_sweep.h), so there may be only a few.
constexpr size_t kMaxNearOperands = 8;

absl::Status CheckNearOperand(const Node& node, const std::optional<schema::FieldId>& field) {
  if (node.kind == NodeKind::kOr) {
    for (const Node& child : node.children) {
      const bool nested = child.kind == NodeKind::kOr;
      absl::Status status =
          nested ? CheckNearOperand({.kind = NodeKind::kAnd, .span = child.span}, field)
                 : CheckNearOperand(child, field);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }
  if (node.kind != NodeKind::kWord && node.kind != NodeKind::kPhrase) {
    return ToStatus({.span = node.span,
                     .message = "NEAR joins words, phrases, or an OR of them",
                     .hint = "put a word, a \"phrase\" or (one OR another) on each side"});
  }
  if (node.field != field) {
    return ToStatus({.span = node.span,
                     .message = "both sides of NEAR must be in the same field",
                     .hint = "name the field once: headline:(a NEAR/5 b)"});
  }
  return absl::OkStatus();
}

}  // namespace

Span Cover(const std::vector<Node>& nodes) {
  return {nodes.front().span.begin, nodes.back().span.end};
}

Node Combine(NodeKind kind, std::vector<Node> nodes) {
  if (nodes.size() == 1) return std::move(nodes.front());
  const Span span = Cover(nodes);
  return Node{.kind = kind, .span = span, .children = std::move(nodes)};
}

Node CombineAny(std::vector<std::vector<Node>> groups) {
  std::vector<Node> wanted;
  std::vector<Node> narrowing;
  for (std::vector<Node>& group : groups) {
    const bool narrows = group.size() == 1 && IsRestriction(group.front());
    (narrows ? narrowing : wanted).push_back(Combine(NodeKind::kAnd, std::move(group)));
  }
  if (wanted.empty()) return Combine(NodeKind::kAnd, std::move(narrowing));
  std::vector<Node> all;
  all.push_back(Combine(NodeKind::kOr, std::move(wanted)));
  std::move(narrowing.begin(), narrowing.end(), std::back_inserter(all));
  return Combine(NodeKind::kAnd, std::move(all));
}

absl::Status CheckNear(const Node& near) {
  if (near.children.size() > kMaxNearOperands) {
    return ToStatus(
        {.reason = kTooComplex,
         .span = near.span,
         .message = "NEAR joins at most " + std::to_string(kMaxNearOperands) + " words or phrases",
         .hint = "AND the others"});
  }
  for (const Node& operand : near.children) {
    if (absl::Status status = CheckNearOperand(operand, near.field); !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

}  // namespace broadsheet::query
