// SPDX-License-Identifier: GPL-3.0-or-later
// Finds which of the page's titles is the headline.
#pragma once

#include <string>

#include "indexer/sources/html/metadata/metadata.h"
#include "indexer/sources/html/tree/tree.h"
#include "indexer/sources/html/visible/choice.h"

namespace broadsheet::sources::html {

struct Headline {
  std::string text = {};
  // The heading that contains it; kNoNode when it is only stated.
  NodeId node = kNoNode;
};

// A page has up to four titles: an h1, JSON-LD's, Open Graph's and the title element's. Sites fill
// several of them from one field, so the choice depends on which agree, without the site's name:
//   JSON-LD and Open Graph agree             their title, whatever the h1 is
//   three agree, one of these two does not   the one that differs, since somebody wrote it
//   separately the h1 agrees with any                   the h1 one is within the h1, or begins with
//   it  the part, or the h1 none agree                               the h1 most like them, of a
//   headline's length
// A page without an h1 has its stated title, else its first h2. Empty when it has none of these.
Choice<Headline> FindHeadline(const Tree& tree, const Metadata& json_ld, const Metadata& meta,
                              const Metadata& microdata);

}  // namespace broadsheet::sources::html
