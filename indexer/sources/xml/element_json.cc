// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/element_json.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "indexer/sources/json/json_string.h"
#include "indexer/sources/markup/flow_text.h"
#include "indexer/sources/markup/namespaces.h"
#include "indexer/sources/wording/word_set.h"

namespace broadsheet::sources {
namespace {

using markup::Element;
using markup::Node;

// Elements that mean in most dialects what they mean in HTML.
constexpr std::array<std::string_view, 42> kHtmlNames = {
    "a",     "abbr",  "article", "b",       "blockquote", "body",   "br",    "caption", "dd",
    "div",   "dl",    "dt",      "em",      "figcaption", "figure", "h1",    "h2",      "h3",
    "h4",    "h5",    "h6",      "hr",      "i",          "img",    "li",    "ol",      "p",
    "pre",   "q",     "script",  "section", "span",       "strong", "style", "sub",     "sup",
    "table", "tbody", "td",      "th",      "tr",         "ul"};

void AppendEscaped(std::string_view text, std::string* html) {
  for (const char c : text) {
    if (c == '&') {
      *html += "&amp;";
    } else if (c == '<') {
      *html += "&lt;";
    } else if (c == '"') {
      *html += "&quot;";
    } else {
      *html += c;
    }
  }
}

bool HasOwnText(const Element& element) {
  return std::any_of(element.children.begin(), element.children.end(), [](const Node& node) {
    return node.text.find_first_not_of(" \t\r\n") != std::string::npos;
  });
}

void AppendContent(const Element& element, std::string* html) {
  const bool is_inline = HasOwnText(element);
  for (const Node& node : element.children) {
    if (node.element == nullptr) {
      AppendEscaped(node.text, html);
      continue;
    }
    const Element& child = *node.element;
    std::string name = absl::AsciiStrToLower(child.name);
    const bool is_known = IsOneOf(name, kHtmlNames);
    if (!is_known) name = is_inline ? "span" : "div";
    *html += "<" + name;
    for (const markup::Attribute& attribute : child.attributes) {
      if (attribute.name != "src" && attribute.name != "alt") continue;
      *html += " " + attribute.name + "=\"";
      AppendEscaped(attribute.value, html);
      *html += "\"";
    }
    *html += ">";
    if (markup::IsVoidOfHtml(name)) continue;
    AppendContent(child, html);
    *html += "</" + name + ">";
  }
}

class JsonWriter {
 public:
  explicit JsonWriter(const FieldMap& map) : map_(map) {}

  std::string Value(const Element& element) {
    const bool is_plain = element.attributes.empty() && !element.HasElements();
    if (is_plain && !map_.TakesObjectsAt(path_)) return JsonString(element.OwnText());
    std::string members;
    const auto add = [&members](std::string_view name, const std::string& value) {
      members += (members.empty() ? "" : ",") + JsonString(name) + ":" + value;
    };
    for (const markup::Attribute& attribute : element.attributes) {
      add("@" + attribute.name, JsonString(attribute.value));
    }
    AddTexts(element, add);
    for (const auto& [name, children] : ByName(element)) {
      path_.emplace_back(name);
      add(name, children.size() == 1 ? Value(*children.front()) : Array(children));
      path_.pop_back();
    }
    return "{" + members + "}";
  }

 private:
  using Group = std::pair<std::string_view, std::vector<const Element*>>;

  // The children in the order in which their names first occur.
  static std::vector<Group> ByName(const Element& element) {
    std::vector<Group> groups;
    std::map<std::string_view, size_t> known;
    for (const Node& node : element.children) {
      if (node.element == nullptr) continue;
      const auto [at, is_new] = known.emplace(node.element->name, groups.size());
      if (is_new) groups.emplace_back(node.element->name, std::vector<const Element*>());
      groups[at->second].second.push_back(node.element.get());
    }
    return groups;
  }

  std::string Array(const std::vector<const Element*>& elements) {
    std::string items;
    for (const Element* element : elements) items += (items.empty() ? "" : ",") + Value(*element);
    return "[" + items + "]";
  }

  template <typename AddMember>
  void AddTexts(const Element& element, const AddMember& add) {
    FieldMap::Path text_path = path_;
    text_path.emplace_back(FieldMap::kTextMember);
    if (!map_.TakesTextAt(path_) && !map_.TakesTextAt(text_path)) {
      // It may hold the article back.
      if (HasOwnText(element)) add(FieldMap::kTextMember, JsonString(element.OwnText()));
      return;
    }
    if (!element.HasElements()) {
      add(FieldMap::kTextMember, JsonString(element.OwnText()));
      add(FieldMap::kHtmlMember, JsonString(element.OwnText()));
      return;
    }
    std::string html;
    AppendContent(element, &html);
    add(FieldMap::kHtmlMember, JsonString(html));
    add(FieldMap::kTextMember, JsonString(element.Text()));
  }

  const FieldMap& map_;
  FieldMap::Path path_;
};

}  // namespace

std::string ElementJson(const Element& element, const FieldMap& map) {
  std::string json = JsonWriter(map).Value(element);
  return json.starts_with('{') ? json : "{" + JsonString(FieldMap::kTextMember) + ":" + json + "}";
}

std::string AttributesJson(const Element& element) {
  std::string members;
  for (const markup::Attribute& attribute : element.attributes) {
    members += (members.empty() ? "" : ",") + JsonString(attribute.name) + ":" +
               JsonString(attribute.value);
  }
  return "{" + members + "}";
}

}  // namespace broadsheet::sources
