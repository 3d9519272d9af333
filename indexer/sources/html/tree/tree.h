// SPDX-License-Identifier: GPL-3.0-or-later
// A page as a tree of elements and texts in one array, in document order: the nodes below node n
// are n + 1 to nodes[n].end - 1. No pass over it recurses, so depth costs no stack.
//
//   absl::StatusOr<Tree> tree = Tree::Parse(utf8);
//   for (NodeId at = 0; at < tree->size(); ++at) if (tree->tag(at) == Tag::kH1) ...
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "indexer/sources/html/tree/tag.h"

namespace broadsheet::sources::html {

using NodeId = uint32_t;
inline constexpr NodeId kNoNode = UINT32_MAX;

// The attributes that rules use; parsing drops all others.
enum class Attribute : uint8_t {
  kAlign,
  kAlt,
  kAriaHidden,
  kAriaLabel,
  kClass,
  kContent,
  kDataCaption,
  kDataCredit,
  kDatetime,
  kHidden,
  kHref,
  kId,
  kItemprop,
  kItemscope,
  kItemtype,
  kLang,
  kName,
  kProperty,
  kRel,
  kRole,
  kSrc,
  kStyle,
  kTestId,
  kTitle,
  kType,
  kValue,
};

// Limits far above any page of an article; an input beyond them is refused.
inline constexpr size_t kMaxNodes = 1'000'000;
inline constexpr size_t kMaxOpenElements = 10'000;

class Tree {
 public:
  // Fetches nothing, and knows no entities but those of HTML. Repairs ill-formed markup roughly as
  // browsers do. Keeps no scripts but JSON-LD. INVALID_ARGUMENT when a limit is exceeded.
  // Precondition: valid UTF-8.
  static absl::StatusOr<Tree> Parse(std::string_view utf8);

  NodeId size() const { return static_cast<NodeId>(nodes_.size()); }
  Tag tag(NodeId node) const { return nodes_[node].tag; }
  // kNoNode for a node at the top.
  NodeId parent(NodeId node) const { return nodes_[node].parent; }
  // One past the last node below `node`.
  NodeId end(NodeId node) const { return nodes_[node].end; }
  // The text of a text node, or the script of a JSON-LD element; empty for other nodes.
  std::string_view text(NodeId node) const {
    return std::string_view(characters_).substr(nodes_[node].text, nodes_[node].text_size);
  }
  // Empty when absent.
  std::string_view attribute(NodeId node, Attribute attribute) const;
  bool has_attribute(NodeId node, Attribute attribute) const;

  // True when `node` is `ancestor` or below it.
  bool Within(NodeId node, NodeId ancestor) const {
    return ancestor <= node && node < nodes_[ancestor].end;
  }
  // The nearest element of `tag` around `node`, itself included; kNoNode when there is none.
  NodeId Enclosing(NodeId node, Tag tag) const;
  // The first element of `tag` below `node`, or kNoNode.
  NodeId FirstBelow(NodeId node, Tag tag) const;

  // The text below `node` on one line: white space collapsed, scripts, styles and pictograms left
  // out.
  std::string TextBelow(NodeId node) const;

 private:
  friend class TreeBuilder;
  struct Node {
    NodeId parent;
    NodeId end;
    uint32_t text;
    uint32_t text_size;
    uint32_t attributes;
    uint16_t attribute_count;
    Tag tag;
  };
  struct AttributeValue {
    Attribute name;
    uint32_t value;
    uint32_t value_size;
  };

  const AttributeValue* Find(NodeId node, Attribute attribute) const;

  std::vector<Node> nodes_;
  std::vector<AttributeValue> attributes_;
  // All texts and attribute values, concatenated.
  std::string characters_;
};

// Appends `text` to `line`, with each run of white space, no-break spaces included, as one space,
// and no space at the start of `line`. Drops zero-width characters and soft hyphens.
void AppendCollapsed(std::string_view text, std::string* line);

// The language that the html element states, as it is written: "pt-BR"; "" for none.
std::string_view LanguageOf(const Tree& tree);

}  // namespace broadsheet::sources::html
