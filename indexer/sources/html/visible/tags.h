// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the article's tags, in statements and in the links that pages print below the text.
#pragma once

#include <string>
#include <vector>

#include "indexer/sources/html/metadata/metadata.h"
#include "indexer/sources/html/tree/article_place.h"
#include "indexer/sources/html/tree/blocks.h"
#include "indexer/sources/html/visible/choice.h"

namespace broadsheet::sources::html {

// Chooses the list with the largest share of tags that occur in `text`, from JSON-LD keywords, meta
// elements, tag links (rel=tag) and microdata; earlier kinds get a bonus. Leaves out the site's own
// name, identifiers and repetitions.
Choice<std::vector<std::string>> FindTags(const Tree& tree, const VisiblePage& page,
                                          const ArticlePlace& place, const Metadata& json_ld,
                                          const Metadata& meta, const Metadata& microdata,
                                          const std::string& text);

// The links below elements named as tags, from the headline on.
std::vector<std::string> FindTagLinks(const Tree& tree, const VisiblePage& page,
                                      const ArticlePlace& place);

}  // namespace broadsheet::sources::html
