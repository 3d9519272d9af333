// SPDX-License-Identifier: GPL-3.0-or-later
// The characters of an XML document: references, and bytes and characters that XML forbids.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "indexer/sources/markup/xml_bytes.h"

namespace broadsheet::sources::markup {

struct XmlTextRules {
  // "&amp;" is "&": not so in CDATA.
  bool has_references = true;
  // Every white space is a space: so in values of attributes.
  bool is_value = false;
};

struct XmlTextMistake {
  // For a person to read; null when there is none.
  const char* what = nullptr;
  // Where in the text.
  size_t at = 0;
  // It is a byte of another character set.
  bool is_of_charset = false;
};

// Appends what `stored` means to `text`, as valid UTF-8, and returns the first mistake in it:
//   * an "&" that begins no reference, and a reference to nothing that is known, stay as written;
//     those of HTML are known;
//   * bytes that are no UTF-8 are characters of the set that `bytes` falls back on, and so are the
//     control characters U+0080 to U+009F, which nobody means;
//   * control characters that XML forbids go, or are spaces where they divide words.
XmlTextMistake AppendXmlText(std::string_view stored, const XmlTextRules& rules,
                             const XmlBytes& bytes, std::string* text);

}  // namespace broadsheet::sources::markup
