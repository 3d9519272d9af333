// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/xml_scope.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "indexer/sources/markup/namespaces.h"

namespace broadsheet::sources::markup {
namespace {

// More at once, one inside the other, are not looked up.
constexpr size_t kMostBindings = 256;

struct SplitName {
  std::string_view prefix;
  std::string_view local;
};

SplitName SplitAtColon(std::string_view name) {
  const size_t colon = name.find(':');
  if (colon == std::string_view::npos || colon + 1 == name.size()) return {{}, name};
  return {name.substr(0, colon), name.substr(colon + 1)};
}

}  // namespace

void XmlScope::Bind(std::string_view prefix, std::string_view uri) {
  if (bindings_.size() >= kMostBindings) return;
  bindings_.push_back({.prefix = std::string(prefix),
                       .uri = std::string(absl::StripAsciiWhitespace(std::string(uri))),
                       .written = {},
                       .is_written = false});
}

std::string XmlScope::NameOf(std::string_view prefix, std::string_view name, bool is_root) {
  const auto bound = std::find_if(bindings_.rbegin(), bindings_.rend(),
                                  [&](const Binding& b) { return b.prefix == prefix; });
  space_ = bound == bindings_.rend() ? std::string() : bound->uri;
  if (is_root) root_space_ = space_;
  if (bound == bindings_.rend()) return QualifiedName(name, prefix, "", root_space_);
  if (!bound->is_written) {
    bound->written = QualifiedName("", prefix, bound->uri, root_space_);
    bound->is_written = true;
  }
  return bound->written + std::string(name);
}

Element XmlScope::Enter(const XmlToken& tag, bool is_root) {
  Element element;
  for (const XmlAttributeText& attribute : tag.attributes) {
    const SplitName name = SplitAtColon(attribute.name);
    if (attribute.name == "xmlns") {
      Bind("", attribute.value);
    } else if (name.prefix == "xmlns") {
      Bind(name.local, attribute.value);
    } else {
      element.attributes.push_back({.name = std::string(name.local), .value = attribute.value});
    }
  }
  const SplitName name = SplitAtColon(tag.name);
  element.name = NameOf(name.prefix, name.local, is_root);
  return element;
}

}  // namespace broadsheet::sources::markup
