// SPDX-License-Identifier: GPL-3.0-or-later
// Finds who wrote the article, from what the page states and what it prints.
#pragma once

#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/article/choice.h"
#include "indexer/sources/html/metadata/metadata.h"
#include "indexer/sources/html/tree/article_place.h"
#include "indexer/sources/html/tree/blocks.h"
#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

// The first of these that has authors: JSON-LD; the printed page; meta elements; microdata; names
// beside the date or in bold above the text; names that sign it. The name of the site itself
// ("STERN.de", "Lantern Admin") comes last, since it does not say who wrote the article. If the
// page prints all authors of JSON-LD and more people, the printed ones are chosen; if meta elements
// state some of several printed authors, these are chosen.
Choice<std::vector<v1::Byline>> FindBylines(const Tree& tree, const VisiblePage& page,
                                            const ArticlePlace& place, const Metadata& json_ld,
                                            const Metadata& meta, const Metadata& microdata);

}  // namespace broadsheet::sources::html
