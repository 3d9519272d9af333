// SPDX-License-Identifier: GPL-3.0-or-later
// Builds a tree of Elements from parser events.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/sources/markup/element.h"
#include "indexer/sources/markup/namespaces.h"

namespace broadsheet::sources::markup {

class TreeBuilder {
 public:
  // The innermost open element, or null before the root and after its end.
  Element* open() const { return open_.empty() ? nullptr : open_.back(); }
  // The open elements, from the root inwards.
  const std::vector<Element*>& open_elements() const { return open_; }
  // How many elements are open.
  size_t depth() const { return open_.size(); }
  // The size of the tree: bytes of names and text.
  size_t bytes() const { return bytes_; }
  const Element* root() const { return root_.get(); }

  void Start(Element element) {
    bytes_ += sizeof(Element) + element.name.size();
    for (const Attribute& attribute : element.attributes) {
      bytes_ += sizeof(Attribute) + attribute.name.size() + attribute.value.size();
    }
    auto owned = std::make_unique<Element>(std::move(element));
    Element* started = owned.get();
    if (open_.empty()) {
      root_ = std::move(owned);
    } else {
      open_.back()->children.push_back({.text = {}, .element = std::move(owned)});
    }
    open_.push_back(started);
  }

  void Text(std::string_view text) {
    if (open_.empty()) return;
    bytes_ += text.size();
    std::vector<Node>& children = open_.back()->children;
    if (children.empty() || children.back().element != nullptr) children.emplace_back();
    children.back().text += text;
  }

  void End() {
    if (!open_.empty()) open_.pop_back();
  }

  // Removes the last child of the innermost open element; the size is what it was before that
  // child, `bytes`.
  void DropLast(size_t bytes) {
    if (open_.empty() || open_.back()->children.empty()) return;
    open_.back()->children.pop_back();
    bytes_ = bytes;
  }

  // Ends the innermost element, whose end tag is missing: it keeps the text before its first
  // element, and its parent gets the rest, so that "<title>A<link>B</link>" has both side by side.
  // What HTML writes without an end tag keeps nothing.
  void EndUnclosed() {
    Element* open = this->open();
    End();
    if (open == nullptr || open_.empty()) return;
    std::vector<Node>& children = open->children;
    auto rest = children.begin();
    if (!IsVoidOfHtml(open->name)) {
      rest = std::find_if(rest, children.end(), [](const Node& n) { return n.element != nullptr; });
    }
    std::vector<Node>& around = open_.back()->children;
    around.insert(around.end(), std::make_move_iterator(rest),
                  std::make_move_iterator(children.end()));
    children.erase(rest, children.end());
  }

  // Returns the tree and starts a new one.
  std::unique_ptr<Element> Take() {
    open_.clear();
    bytes_ = 0;
    return std::move(root_);
  }

 private:
  std::unique_ptr<Element> root_;
  std::vector<Element*> open_;
  size_t bytes_ = 0;
};

}  // namespace broadsheet::sources::markup
