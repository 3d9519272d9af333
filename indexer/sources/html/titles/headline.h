// SPDX-License-Identifier: GPL-3.0-or-later
// Finds which of the page's titles is the headline.
#pragma once

#include <string>

#include "indexer/sources/article/choice.h"
#include "indexer/sources/html/metadata/metadata.h"
#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

struct Headline {
  std::string text = {};
  // The heading that contains it, or the h1 most like it; kNoNode where no heading says anything of
  // it.
  NodeId node = kNoNode;
};

// A page has several titles: h1s, lower headings, JSON-LD's, Open Graph's, the title element's.
// Each wording among them gets a score from what speaks for it (headline_score.h): who states it,
// which of them agree, and where it is printed. The highest is the headline, the first of several.
// A page without any of these has its first h2. Empty when it has none.
Choice<Headline> FindHeadline(const Tree& tree, const Metadata& json_ld, const Metadata& meta,
                              const Metadata& microdata);

}  // namespace broadsheet::sources::html
