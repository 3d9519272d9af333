// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/visible/element_line.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "indexer/sources/wording/people/byline_role.h"
#include "indexer/sources/wording/people/organisation.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

// What one text node says, with what separates it from the one before.
struct LinePart {
  std::string text;
  NodeId element;
  bool spaced;
  bool own_line;
};

// The text nodes below `node` that are not blank.
std::vector<LinePart> ReadLineParts(const Tree& tree, NodeId node) {
  std::vector<LinePart> parts;
  bool spaced = false;
  bool own_line = false;
  for (NodeId at = node; at < tree.end(node);) {
    if (IsUnseen(tree.tag(at)) || tree.tag(at) == Tag::kButton) {
      at = tree.end(at);
      continue;
    }
    if (tree.tag(at) == Tag::kText) {
      // Behind a letter a blank at the start is kept.
      std::string text = "x";
      AppendCollapsed(tree.text(at), &text);
      const bool begins_blank = text.size() > 1 && text[1] == ' ';
      const bool ends_blank = text.ends_with(' ');
      const std::string_view bare = page::Trim(std::string_view(text).substr(1));
      spaced = spaced || begins_blank;
      if (!bare.empty()) {
        parts.push_back({std::string(bare), tree.parent(at), spaced, own_line});
        spaced = ends_blank;
        own_line = false;
      }
    } else if (!IsInline(tree.tag(at))) {
      own_line = true;
    }
    ++at;
  }
  return parts;
}

bool IsWhole(std::string_view text) {
  return page::LooksLikeName(text) || people::IsRole(text) || people::IsOrganisation(text);
}

bool SaysOther(const LinePart& before, const LinePart& part) {
  if (part.own_line) return true;
  if (!part.spaced) return part.text.front() != ',' && part.text.front() != '.';
  return before.element != part.element && IsWhole(before.text) && IsWhole(part.text);
}

}  // namespace

std::string ElementLine(const Tree& tree, NodeId node) {
  const std::vector<LinePart> parts = ReadLineParts(tree, node);
  std::string line;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0 && SaysOther(parts[i - 1], parts[i])) {
      line += line.ends_with('|') ? " " : " | ";
    } else if (i > 0 && parts[i].spaced) {
      line += ' ';
    }
    line += parts[i].text;
  }
  return line;
}

bool IsSetRight(const Tree& tree, NodeId node) {
  constexpr int kLevels = 3;
  for (int level = 0; level < kLevels && node != kNoNode; ++level, node = tree.parent(node)) {
    std::string style;
    for (const char c : tree.attribute(node, Attribute::kStyle)) {
      if (c != ' ') style += absl::ascii_tolower(static_cast<unsigned char>(c));
    }
    if (absl::StrContains(style, "text-align:right")) return true;
    if (tree.attribute(node, Attribute::kAlign) == "right") return true;
    const std::string_view names = tree.attribute(node, Attribute::kClass);
    constexpr auto kNames = std::to_array<std::string_view>(
        {"text-align-right", "text-right", "align-right", "rteright"});
    const bool named = std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) {
      return names.find(name) != names.npos;
    });
    if (named) return true;
    if (tree.tag(node) == Tag::kDiv) return false;
  }
  return false;
}

}  // namespace broadsheet::sources::html
