// SPDX-License-Identifier: GPL-3.0-or-later
// Folding of whole values (tags, sections, sources) and of single words.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::text {

// The form under which a whole value is matched: NFKC case folding, accents folded, variants of
// quotes (gershayim among them), hyphens and slashes made plain, runs of white space made one
// space, ends trimmed. " Kim Jong-Un " and "KIM JONG‑UN" give the same form. Pure; safe from any
// thread.
std::string FoldValue(std::string_view value);

}  // namespace broadsheet::text
