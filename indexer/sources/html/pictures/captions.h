// SPDX-License-Identifier: GPL-3.0-or-later
// Finds captions and credits of the article's pictures.
#pragma once

#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/html/metadata/metadata.h"
#include "indexer/sources/html/tree/article_place.h"
#include "indexer/sources/html/tree/blocks.h"
#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

// Reads figures, figcaption elements and elements named as captions, from the headline to the end
// of the body, in page order, each once. A credit is the text of a part named as a credit, a short
// part beside the caption, or the end of the caption ("... (Photo: Jane Doe)").
std::vector<v1::Caption> FindCaptions(const Tree& tree, const VisiblePage& page,
                                      const ArticlePlace& place);

// Gives captions without a credit the credit that JSON-LD states for the same caption.
void CompleteCredits(const std::vector<MediaStatement>& stated, std::vector<v1::Caption>* captions);

// The captions that the page only states, with the credits at their ends apart.
std::vector<v1::Caption> CaptionsOf(const std::vector<MediaStatement>& stated);

}  // namespace broadsheet::sources::html
