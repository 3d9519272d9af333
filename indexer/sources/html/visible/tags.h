// SPDX-License-Identifier: GPL-3.0-or-later
// The article's tags, of statements and of the links that pages print below the text.
#pragma once

#include <string>
#include <vector>

#include "indexer/sources/html/metadata/metadata.h"
#include "indexer/sources/html/tree/article_place.h"
#include "indexer/sources/html/tree/blocks.h"
#include "indexer/sources/html/visible/choice.h"

namespace broadsheet::sources::html {

// Chooses among JSON-LD keywords, meta elements, tag links (rel=tag) and microdata the list
// that speaks of the article most: the share of its tags that stand in `text`, with an advance for
// each kind as above. The site's own name, identifiers and repetitions are left out.
Choice<std::vector<std::string>> FindTags(const Tree& tree, const VisiblePage& page,
                                          const ArticlePlace& place, const Metadata& json_ld,
                                          const Metadata& meta, const Metadata& microdata,
                                          const std::string& text);

// The links below elements that are named tags, from the headline on.
std::vector<std::string> FindTagLinks(const Tree& tree, const VisiblePage& page,
                                      const ArticlePlace& place);

}  // namespace broadsheet::sources::html
