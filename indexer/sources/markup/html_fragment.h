// SPDX-License-Identifier: GPL-3.0-or-later
// Parses HTML inside other formats: the text of a feed's item, the body of a ninjs object.
#pragma once

#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "indexer/sources/markup/element.h"

namespace broadsheet::sources::markup {

// The tree of `html`, well-formed or not, under an element without a name. `html` is valid UTF-8.
// INVALID_ARGUMENT when elements are nested more than kMaxDepth deep. Loads nothing. Pure; safe
// from any thread.
absl::StatusOr<std::unique_ptr<Element>> ParseHtmlFragment(std::string_view html);

// Whether `text` has a tag or a character reference, so that it must be read as HTML.
bool LooksLikeHtml(std::string_view text);

// All text in `element` that is not that of a script or a style, on one line.
std::string ShownText(const Element& element);

// `text` on one line, without tags and with character references decoded, for headlines in feeds.
// Text that cannot be read as HTML is returned unchanged.
std::string PlainLine(std::string_view text);

}  // namespace broadsheet::sources::markup
