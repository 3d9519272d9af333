// SPDX-License-Identifier: GPL-3.0-or-later
// Pass 7: finds tags in labelled lines and lists.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/sources/plain_text/body.h"
#include "indexer/sources/plain_text/page_line.h"

namespace broadsheet::sources::page {

// The tags of the first tags line below the start of `body`: separated by commas or similar,
// without separators on the label's line (see SplitTags), or one on each line below the label.
std::vector<std::string> FindTags(const Page& page, Stretch body, std::string_view body_text);

// Splits tags without separators, "Kim Jong Un Victor Cha Vladimir Putin": a sequence of words that
// occurs in `text` as a name (capitalised words, with no further one after them) is one tag.
// Neighbouring words that do not occur in `text` stay together.
std::vector<std::string> SplitTags(std::string_view line, std::string_view text);

}  // namespace broadsheet::sources::page
