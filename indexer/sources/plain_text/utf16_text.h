// SPDX-License-Identifier: GPL-3.0-or-later
// Reads texts in UTF-16, as editors of Windows save them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace broadsheet::sources::page {

// `bytes` in UTF-8 when they begin with the byte order mark of UTF-16, or are a text in UTF-16
// without one; nullopt for anything else. Lone surrogates become U+FFFD, and an odd byte at the end
// is dropped. Pure.
std::optional<std::string> ReadUtf16(std::string_view bytes);

}  // namespace broadsheet::sources::page
