// SPDX-License-Identifier: GPL-3.0-or-later
// Tells ninjs from other JSON by the names of its members. docs/formats.md lists them.
#pragma once

#include <simdjson.h>

#include <string_view>

namespace broadsheet::sources {

// Whether the first object of the document that begins with `text` is a ninjs item, or wraps some.
// `is_mapped`: a map reads other people's names, so that only those of ninjs beside a uri are a
// mark.
bool LooksLikeNinjs(std::string_view text, bool is_mapped);

// Whether `object` has what only items have: a headline, a text, or a mark of ninjs beside an
// identity.
bool IsNinjsItem(const simdjson::dom::object& object);

// Whether the item's text is in a member of this name: "headlines", "body_xhtml".
bool IsTextName(std::string_view name);

// Whether a wrapper (wrapper.h) holds items in a member of this name: "_items", "articles",
// "newsItems", in any case.
bool IsWrapperName(std::string_view name);

}  // namespace broadsheet::sources
