// SPDX-License-Identifier: GPL-3.0-or-later
// Views of libxml2's strings, which are UTF-8 in unsigned characters.
#pragma once

#include <libxml/xmlstring.h>

#include <cstddef>
#include <string_view>

namespace broadsheet::sources::markup {

// "" for null.
inline std::string_view View(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}
inline std::string_view View(const xmlChar* text, size_t size) {
  return {reinterpret_cast<const char*>(text), size};
}

}  // namespace broadsheet::sources::markup
