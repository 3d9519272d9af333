// SPDX-License-Identifier: GPL-3.0-or-later
// Names of elements without their namespaces.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::sources::markup {

// The name of Element::name for `name` in the namespace `uri`, bound to `prefix` in the document:
// plain in the root element's namespace, in a format's own one and in none; "media:title" where a
// prefix is well known for the namespace; else with the document's own prefix.
std::string QualifiedName(std::string_view name, std::string_view prefix, std::string_view uri,
                          std::string_view root_uri);

// `name` without its prefix: "title" of "media:title".
inline std::string_view LocalName(std::string_view name) {
  return name.substr(name.rfind(':') + 1);
}

// Whether HTML writes an element of that name without an end tag.
bool IsVoidOfHtml(std::string_view name);

}  // namespace broadsheet::sources::markup
