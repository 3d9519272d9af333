// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a tree of elements as XML again.
#pragma once

#include <cstddef>
#include <string>

#include "indexer/sources/markup/element.h"

namespace broadsheet::sources::markup {

// "<item id=\"7\"><title>Lock &amp; weir</title></item>": names as in Element, text as it was read.
// Of a long element its start, at most some `max_bytes`. Pure; safe from any thread.
std::string WriteXml(const Element& element, size_t max_bytes);

}  // namespace broadsheet::sources::markup
