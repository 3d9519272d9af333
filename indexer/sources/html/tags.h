// SPDX-License-Identifier: GPL-3.0-or-later
// The article's tags, of statements and of the links that pages print below the text.
#pragma once

#include <string>
#include <vector>

#include "indexer/sources/html/article_place.h"
#include "indexer/sources/html/blocks.h"
#include "indexer/sources/html/choice.h"
#include "indexer/sources/html/metadata.h"

namespace broadsheet::sources::html {

// In this order the first that has any: JSON-LD keywords, tag links (rel=tag, lists named tags),
// article:tag, keywords. Section names, the site's own name and repetitions are left out.
Choice<std::vector<std::string>> FindTags(const Tree& tree, const VisiblePage& page,
                                          const ArticlePlace& place, const Metadata& json_ld,
                                          const Metadata& meta, const Metadata& microdata);

// The links below elements that are named tags, from the headline on.
std::vector<std::string> FindTagLinks(const Tree& tree, const VisiblePage& page,
                                      const ArticlePlace& place);

}  // namespace broadsheet::sources::html
