// SPDX-License-Identifier: GPL-3.0-or-later
// Who wrote the article, decided between what the page states and what it prints.
#pragma once

#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/html/metadata/metadata.h"
#include "indexer/sources/html/tree/article_place.h"
#include "indexer/sources/html/tree/blocks.h"
#include "indexer/sources/html/tree/tree.h"
#include "indexer/sources/html/visible/choice.h"

namespace broadsheet::sources::html {

// JSON-LD authors; what the page prints; meta elements; microdata; names that stand beside the date
// or in bold above the text. A site that names itself ("STERN.de", "Lantern Admin") says nothing of
// who wrote it: it comes last. Of several printed authors of whom the page states some, these.
Choice<std::vector<v1::Byline>> FindBylines(const Tree& tree, const VisiblePage& page,
                                            const ArticlePlace& place, const Metadata& json_ld,
                                            const Metadata& meta, const Metadata& microdata);

}  // namespace broadsheet::sources::html
