// SPDX-License-Identifier: GPL-3.0-or-later
// A simple tree of XML or HTML elements, after the parser has resolved encodings, entities and
// namespaces. Trees are at most kMaxDepth deep, so that functions may walk them recursively.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::sources::markup {

inline constexpr size_t kMaxDepth = 256;

struct Element;

// Either text or an element.
struct Node {
  std::string text = {};
  std::unique_ptr<Element> element = {};
};

struct Attribute {
  std::string name;  // without its prefix: "lang" for xml:lang
  std::string value;
};

struct Element {
  // "title" in no namespace, in Atom's, RSS 1.0's, NITF's, NewsML-G2's or XHTML's own;
  // "media:title" in another that is well known, whatever prefix the document binds to it; with the
  // document's own prefix in any other. HTML names are in lower case.
  std::string name;
  std::vector<Attribute> attributes = {};
  std::vector<Node> children = {};
  uint64_t line = 0;  // where it starts in the document, from 1

  // "" when there is none.
  std::string_view Get(std::string_view attribute) const;

  // The first child element of that name, or null.
  const Element* Child(std::string_view child) const;
  // Follows a path of children: Find({"itemMeta", "title"}). Null when one is missing.
  const Element* Find(std::initializer_list<std::string_view> path) const;
  std::vector<const Element*> Children(std::string_view child) const;
  // Every element of that name below this one, in document order, without those nested in another
  // such element.
  std::vector<const Element*> Descendants(std::string_view descendant) const;

  // The text directly in the element, as it is, without that of elements inside it: feeds have HTML
  // so.
  std::string OwnText() const;
  // Whether Text() is anything, without making it.
  bool HasText() const;
  // Whether any child is an element.
  bool HasElements() const;
  // All text in the element on one line, white space collapsed.
  std::string Text() const;
  // Text() of the element at `path`, or "".
  std::string TextOf(std::initializer_list<std::string_view> path) const;
};

}  // namespace broadsheet::sources::markup
