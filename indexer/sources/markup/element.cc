// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/element.h"

#include <algorithm>

#include "engine/text/clean.h"

namespace broadsheet::sources::markup {
namespace {

void CollectText(const Element& element, std::string* text) {
  for (const Node& node : element.children) {
    if (node.element != nullptr) {
      CollectText(*node.element, text);
    } else {
      *text += node.text;
    }
  }
}

void CollectDescendants(const Element& element, std::string_view name,
                        std::vector<const Element*>* found) {
  for (const Node& node : element.children) {
    if (node.element == nullptr) continue;
    if (node.element->name == name) {
      found->push_back(node.element.get());
    } else {
      CollectDescendants(*node.element, name, found);
    }
  }
}

// Whether something is left of `text` in a line. Most texts begin with a letter that tells.
bool HasLineText(const std::string& text) {
  const bool is_plain =
      std::any_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
  if (is_plain) return true;
  std::string line = text;
  text::CleanLine(&line);
  return !line.empty();
}

}  // namespace

std::string_view Element::Get(std::string_view attribute) const {
  for (const Attribute& candidate : attributes) {
    if (candidate.name == attribute) return candidate.value;
  }
  return {};
}

const Element* Element::Child(std::string_view child) const {
  for (const Node& node : children) {
    if (node.element != nullptr && node.element->name == child) return node.element.get();
  }
  return nullptr;
}

const Element* Element::Find(std::initializer_list<std::string_view> path) const {
  const Element* at = this;
  for (const std::string_view child : path) {
    at = at->Child(child);
    if (at == nullptr) return nullptr;
  }
  return at;
}

std::vector<const Element*> Element::Children(std::string_view child) const {
  std::vector<const Element*> found;
  for (const Node& node : children) {
    if (node.element != nullptr && node.element->name == child) found.push_back(node.element.get());
  }
  return found;
}

std::vector<const Element*> Element::Descendants(std::string_view descendant) const {
  std::vector<const Element*> found;
  CollectDescendants(*this, descendant, &found);
  return found;
}

std::string Element::OwnText() const {
  std::string text;
  for (const Node& node : children) text += node.text;
  return text;
}

bool Element::HasText() const {
  return std::any_of(children.begin(), children.end(), [](const Node& node) {
    return node.element == nullptr ? HasLineText(node.text) : node.element->HasText();
  });
}

bool Element::HasElements() const {
  return std::any_of(children.begin(), children.end(),
                     [](const Node& node) { return node.element != nullptr; });
}

std::string Element::Text() const {
  std::string text;
  CollectText(*this, &text);
  text::CleanLine(&text);
  return text;
}

std::string Element::TextOf(std::initializer_list<std::string_view> path) const {
  const Element* found = Find(path);
  return found == nullptr ? std::string() : found->Text();
}

}  // namespace broadsheet::sources::markup
