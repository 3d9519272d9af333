// SPDX-License-Identifier: GPL-3.0-or-later
// Tells kinds of text files by how they begin.
#pragma once

#include <optional>
#include <string_view>

namespace broadsheet::sources::page {

// What a text that begins like `text` is, with its article: "a patch"; nullopt for what begins like
// none of the kinds known. Pure.
std::optional<std::string_view> KindByHead(std::string_view text);

}  // namespace broadsheet::sources::page
