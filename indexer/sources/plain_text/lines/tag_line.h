// SPDX-License-Identifier: GPL-3.0-or-later
// Splits a line of tags.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/sources/plain_text/lines/page_line.h"

namespace broadsheet::sources::page {

// The tags in `line` from byte `begin` on: between hashes, commas and the like, wide gaps, or where
// a copy ran them together ("Murder trialCrime"). A capital within a word that `text` has
// ("PayPal") is no seam. One tag when nothing parts them.
std::vector<std::string> TagsOfLine(const PageLine& line, size_t begin, std::string_view text);

// Splits tags without separators, "Kim Jong Un Victor Cha Vladimir Putin": a sequence of words that
// occurs in `text` as a name (capitalised words, with no further one after them) is one tag.
// Neighbouring words that do not occur in `text` stay together.
std::vector<std::string> SplitTags(std::string_view line, std::string_view text);

}  // namespace broadsheet::sources::page
