// SPDX-License-Identifier: GPL-3.0-or-later
// Text of strangers inside HTML: it cannot become markup, and what it does to the order or the
// visibility of characters is shown instead of done.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace broadsheet::commands {

// `text` for the content of an element, never of an attribute or a script. Any bytes will do:
// ill-formed UTF-8 becomes U+FFFD; control characters, but for tab and line feed, and characters
// that hide or turn others round become "U+202E" in a span of class "cp".
std::string HtmlText(std::string_view text);

// The same of the start of a long text: at most some `max_bytes` of it, then "…".
std::string HtmlStart(std::string_view text, size_t max_bytes);

}  // namespace broadsheet::commands
