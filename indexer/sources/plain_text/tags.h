// SPDX-License-Identifier: GPL-3.0-or-later
// Pass 5: tags, of labelled lines and lists.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/sources/plain_text/body.h"
#include "indexer/sources/plain_text/page_line.h"

namespace broadsheet::sources::page {

// The tags of the first tags line below `body`'s start: separated by commas or the like,
// unseparated on the label's line (then SplitTags), or one a line below the label.
std::vector<std::string> FindTags(const Page& page, Stretch body, std::string_view body_text);

// Splits "Kim Jong Un Victor Cha Vladimir Putin", tags without separators: where a sequence of its
// words stands in `text` as a name (its capitalised words, not continued by another), it is one
// tag. Words that stand nowhere in `text` stay together with their like.
std::vector<std::string> SplitTags(std::string_view line, std::string_view text);

}  // namespace broadsheet::sources::page
