// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/tree/element_role.h"

#include <algorithm>
#include <array>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "indexer/sources/wording/word_set.h"

namespace broadsheet::sources::html {
namespace {

bool IsFurnitureRole(std::string_view role) {
  if (role.empty()) return false;
  return role == "navigation" || role == "complementary" || role == "banner" ||
         role == "contentinfo" || role == "dialog" || role == "search" || role == "menu" ||
         role == "button" || role == "alert";
}

// "x.com/inga/status/17", "bsky.app/profile/inga/post/3k": the address of a post of a network.
bool IsPostAddress(std::string_view href) {
  struct Form {
    std::string_view host;
    std::string_view path;
  };
  constexpr auto kForms = std::to_array<Form>({{"twitter.com/", "/status/"},
                                               {"x.com/", "/status/"},
                                               {"bsky.app/", "/post/"},
                                               {"facebook.com/", "/posts/"},
                                               {"instagram.com/", "/p/"},
                                               {"instagram.com/", "/reel/"},
                                               {"threads.net/", "/post/"},
                                               {"threads.com/", "/post/"},
                                               {"tiktok.com/", "/video/"},
                                               {"reddit.com/", "/comments/"},
                                               {"vk.com/", "/wall"},
                                               {"weibo.com/", "/status/"},
                                               {"//t.me/", "/"}});
  return std::any_of(kForms.begin(), kForms.end(), [&](const Form& form) {
    const size_t host = href.find(form.host);
    if (host == href.npos || host == 0) return false;
    const bool whole = form.host.front() == '/' || href[host - 1] == '/' || href[host - 1] == '.';
    // A stroke alone is one behind the account.
    const size_t path = host + form.host.size() - (form.path.size() > 1 ? 1 : 0);
    return whole && href.find(form.path, path) != href.npos;
  });
}

// A quotation with a link to the post that it is.
bool IsQuotedPost(const Tree& tree, NodeId node) {
  constexpr NodeId kMaxNodes = 300;
  if (tree.end(node) - node > kMaxNodes) return false;
  for (NodeId at = node + 1; at < tree.end(node); ++at) {
    if (tree.tag(at) == Tag::kA && IsPostAddress(tree.attribute(at, Attribute::kHref))) return true;
  }
  return false;
}

// What the tag, the ARIA role and the hiding of the element say; kNone where only names may tell.
ElementRole RoleWithoutNames(const Tree& tree, NodeId node) {
  switch (tree.tag(node)) {
    case Tag::kText:
      return ElementRole::kNone;
    case Tag::kNav:
      return ElementRole::kNeverText;
    case Tag::kFooter:
      // Below a picture it is its credit.
      return tree.Enclosing(node, Tag::kFigure) == kNoNode ? ElementRole::kNeverText
                                                           : ElementRole::kCredit;
    case Tag::kAside:
    case Tag::kForm:
    case Tag::kDialog:
    case Tag::kMenu:
      return ElementRole::kPerhapsFurniture;
    case Tag::kButton:
      // A picture that opens in full size.
      if (tree.FirstBelow(node, Tag::kFigcaption) == kNoNode) return ElementRole::kPerhapsFurniture;
      break;
    case Tag::kFigcaption:
      return ElementRole::kCaption;
    case Tag::kBlockquote:
      if (IsQuotedPost(tree, node)) return ElementRole::kEmbeddedPost;
      break;
    default:
      break;
  }
  if (IsHidden(tree, node)) return ElementRole::kPerhapsFurniture;
  if (IsFurnitureRole(tree.attribute(node, Attribute::kRole)))
    return ElementRole::kPerhapsFurniture;
  return ElementRole::kNone;
}

}  // namespace

ElementRole RoleOf(const Tree& tree, NodeId node, NameRoleCache* cache) {
  const ElementRole role = RoleWithoutNames(tree, node);
  if (tree.tag(node) == Tag::kText || role == ElementRole::kNeverText) return role;
  const ElementRole named = RoleOfNames(tree, node, cache).role;
  if (role == ElementRole::kNone) return named;
  const bool surer = named != ElementRole::kNone && named <= ElementRole::kFurniture;
  return surer && role == ElementRole::kPerhapsFurniture ? named : role;
}

NameRole RoleOfNames(const Tree& tree, NodeId node, NameRoleCache* cache) {
  NameRole strongest;
  for (const Attribute attribute : {Attribute::kClass, Attribute::kId, Attribute::kTestId}) {
    const std::string_view names = tree.attribute(node, attribute);
    if (names.empty()) continue;
    const NameRole found = cache == nullptr ? RoleOfNames(names) : cache->RoleOf(names);
    const bool furniture = found.role <= ElementRole::kEmbeddedPost;
    if (found.role != ElementRole::kNone &&
        (strongest.role == ElementRole::kNone || (furniture && found.role < strongest.role)))
      strongest = found;
  }
  return strongest;
}

bool LeadsElsewhere(const Tree& tree, NodeId heading) {
  constexpr auto kReadOut = std::to_array<std::string_view>(
      {"screen-reader", "sr-only", "visually-hidden", "visuallyhidden", "skip-link", "jump-link"});
  const NameRole named = RoleOfNames(tree, heading);
  return named.role == ElementRole::kFurniture && !IsOneOf(named.word, kReadOut);
}

std::string DescribeFurniture(const Tree& tree, NodeId node) {
  constexpr size_t kMaxShownName = 60;
  switch (tree.tag(node)) {
    case Tag::kNav:
      return "a nav element";
    case Tag::kFooter:
      return "a footer element";
    case Tag::kAside:
      return "an aside element";
    case Tag::kForm:
      return "a form element";
    case Tag::kDialog:
      return "a dialog element";
    case Tag::kMenu:
      return "a menu element";
    case Tag::kButton:
      return "a button element";
    default:
      break;
  }
  if (IsHidden(tree, node)) return "a hidden element";
  const std::string_view role = tree.attribute(node, Attribute::kRole);
  if (IsFurnitureRole(role)) return "an element of role \"" + std::string(role) + "\"";
  const NameRole named = RoleOfNames(tree, node);
  if (named.role != ElementRole::kNone && named.role <= ElementRole::kPerhapsFurniture) {
    return "an element named \"" + std::string(named.name.substr(0, kMaxShownName)) + "\" (\"" +
           std::string(named.word) + "\")";
  }
  if (RoleOf(tree, node) == ElementRole::kEmbeddedPost) return "an embedded post";
  return "an element taken for furniture";
}

bool IsHidden(const Tree& tree, NodeId node) {
  if (tree.tag(node) == Tag::kText) return false;
  return tree.attribute(node, Attribute::kAriaHidden) == "true" || IsInvisible(tree, node);
}

bool IsInvisible(const Tree& tree, NodeId node) {
  if (tree.tag(node) == Tag::kText) return false;
  if (tree.has_attribute(node, Attribute::kHidden)) return true;
  const std::string_view style = tree.attribute(node, Attribute::kStyle);
  if (style.empty()) return false;
  std::string plain;
  for (const char c : style) {
    if (c != ' ') plain += absl::ascii_tolower(static_cast<unsigned char>(c));
  }
  return absl::StrContains(plain, "display:none") || absl::StrContains(plain, "visibility:hidden");
}

}  // namespace broadsheet::sources::html
