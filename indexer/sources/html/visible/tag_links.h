// SPDX-License-Identifier: GPL-3.0-or-later
// Finds lists of tags that the page prints as links.
#pragma once

#include <string>
#include <vector>

#include "indexer/sources/html/tree/article_place.h"
#include "indexer/sources/html/tree/blocks.h"
#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

// The links marked with rel="tag", and those below elements named as tags, from the headline on,
// outside furniture other than navigation.
std::vector<std::string> FindTagLinks(const Tree& tree, const VisiblePage& page,
                                      const ArticlePlace& place);

// Other lists of links that may be tags, from the headline on: those marked with rel="tag" in
// furniture, such as the article's footer, links to pages below folders such as "/topic/", and
// short links behind a label such as "Topics". Some are menus, or other articles; some are empty.
std::vector<std::vector<std::string>> FindLikelyTagLists(const Tree& tree, const VisiblePage& page,
                                                         const ArticlePlace& place);

}  // namespace broadsheet::sources::html
