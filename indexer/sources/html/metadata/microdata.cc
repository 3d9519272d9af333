// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "indexer/sources/html/metadata/hold_members.h"
#include "indexer/sources/html/metadata/metadata.h"

namespace broadsheet::sources::html {
namespace {

bool HasProperty(const Tree& tree, NodeId node, std::string_view property) {
  const std::string_view names = tree.attribute(node, Attribute::kItemprop);
  if (names.empty()) return false;
  for (const absl::string_view name :
       absl::StrSplit(absl::string_view(names.data(), names.size()), ' ')) {
    if (absl::EqualsIgnoreCase(name, absl::string_view(property.data(), property.size()))) {
      return true;
    }
  }
  return false;
}

bool IsArticleScope(const Tree& tree, NodeId node) {
  const std::string_view type = tree.attribute(node, Attribute::kItemtype);
  return type.ends_with("Article") || type.ends_with("BlogPosting");
}

// A value is the content or datetime attribute, else the text.
std::string ValueOf(const Tree& tree, NodeId node) {
  for (const Attribute attribute : {Attribute::kContent, Attribute::kDatetime, Attribute::kValue}) {
    if (!tree.attribute(node, attribute).empty()) return PlainText(tree.attribute(node, attribute));
  }
  return tree.TextBelow(node);
}

// The scope that `node` is a property of.
NodeId ScopeOf(const Tree& tree, NodeId node) {
  NodeId at = tree.parent(node);
  while (at != kNoNode && !tree.has_attribute(at, Attribute::kItemscope)) at = tree.parent(at);
  return at;
}

// Not that of a comment, an embedded post, an event or a person on the page.
bool IsPageScope(const Tree& tree, NodeId scope) {
  if (scope == kNoNode) return true;
  const std::string_view type = tree.attribute(scope, Attribute::kItemtype);
  constexpr auto kOthers = std::to_array<std::string_view>(
      {"Comment", "Posting", "UserComments", "Event", "Person", "Review", "Offer", "Product"});
  return std::none_of(kOthers.begin(), kOthers.end(),
                      [&](std::string_view other) { return type.ends_with(other); });
}

// An author is a text, or a scope with a name of its own.
void AddAuthor(const Tree& tree, NodeId node, Metadata* found) {
  std::string name;
  for (NodeId at = node + 1; at < tree.end(node) && name.empty(); ++at) {
    if (HasProperty(tree, at, "name")) name = ValueOf(tree, at);
  }
  if (name.empty() && !tree.has_attribute(node, Attribute::kItemscope)) name = ValueOf(tree, node);
  if (name.empty()) return;
  found->authors.push_back(std::move(name));
  found->author_is_organisation.push_back(
      tree.attribute(node, Attribute::kItemtype).ends_with("Organization"));
}

}  // namespace

Metadata ReadMicrodata(const Tree& tree) {
  Metadata found;
  NodeId scope = kNoNode;
  for (NodeId at = 0; at < tree.size() && scope == kNoNode; ++at) {
    if (IsArticleScope(tree, at)) scope = at;
  }
  const NodeId begin = scope == kNoNode ? 0 : scope + 1;
  const NodeId end = scope == kNoNode ? tree.size() : tree.end(scope);
  for (NodeId at = begin; at < end; ++at) {
    if (!tree.has_attribute(at, Attribute::kItemprop) || tree.tag(at) == Tag::kLink) continue;
    const NodeId own = ScopeOf(tree, at);
    if (scope != kNoNode ? own != scope : !IsPageScope(tree, own)) continue;
    const auto take = [&](std::string* to, std::string_view property) {
      if (to->empty() && HasProperty(tree, at, property)) *to = ValueOf(tree, at);
    };
    if (scope != kNoNode) take(&found.headline, "headline");
    take(&found.published, "datePublished");
    take(&found.updated, "dateModified");
    if (HasProperty(tree, at, "creativeWorkStatus")) {
      AddHoldMeta("microdata", "creativeWorkStatus", ValueOf(tree, at), &found.holds);
    }
    if (HasProperty(tree, at, "author")) AddAuthor(tree, at, &found);
    if (HasProperty(tree, at, "keywords")) {
      for (std::string& tag : SplitKeywords(ValueOf(tree, at)))
        found.tags.push_back(std::move(tag));
    }
    if (HasProperty(tree, at, "articleSection")) found.sections.push_back(ValueOf(tree, at));
  }
  return found;
}

}  // namespace broadsheet::sources::html
