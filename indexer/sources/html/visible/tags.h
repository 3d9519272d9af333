// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the article's tags, in statements and in the links that pages print below the text.
#pragma once

#include <string>
#include <vector>

#include "indexer/sources/article/choice.h"
#include "indexer/sources/html/metadata/metadata.h"
#include "indexer/sources/html/tree/article_place.h"
#include "indexer/sources/html/tree/blocks.h"

namespace broadsheet::sources::html {

// Chooses the list with the largest share of tags that occur in `text`, which begins with the line
// of the headline: from JSON-LD keywords, meta elements, tag links (rel=tag), microdata, what
// JSON-LD says the article is about, and links to pages of topics or behind a label. Earlier kinds
// get a bonus. Leaves out the site's own name, identifiers and repetitions.
Choice<std::vector<std::string>> FindTags(const Tree& tree, const VisiblePage& page,
                                          const ArticlePlace& place, const Metadata& json_ld,
                                          const Metadata& meta, const Metadata& microdata,
                                          const std::string& text);

}  // namespace broadsheet::sources::html
