// SPDX-License-Identifier: GPL-3.0-or-later
// An element as text that a person can read: tags, one a line, indented.
#pragma once

#include <cstddef>
#include <string>

#include "indexer/sources/markup/element.h"

namespace broadsheet::sources::markup {

// "<item>\n  <title>Text</title>\n</item>\n"; nothing is escaped, so this is for reading only. Ends
// after some `max_bytes`.
std::string Outline(const Element& element, size_t max_bytes);

}  // namespace broadsheet::sources::markup
