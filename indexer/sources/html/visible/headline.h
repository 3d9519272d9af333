// SPDX-License-Identifier: GPL-3.0-or-later
// Which of the page's titles is the headline.
#pragma once

#include <string>

#include "indexer/sources/html/metadata/metadata.h"
#include "indexer/sources/html/tree/tree.h"
#include "indexer/sources/html/visible/choice.h"

namespace broadsheet::sources::html {

struct Headline {
  std::string text = {};
  // The heading it stands in; kNoNode when it is only stated.
  NodeId node = kNoNode;
};

// A page has up to four titles: an h1, JSON-LD's, Open Graph's and the title element's. Sites fill
// several of them from one field, so what matters is which of them agree, the site's name aside:
//   JSON-LD and Open Graph agree            they are the headline, whatever the h1 says
//   three agree, one of these two does not  the one that was written apart
//   the h1 agrees with any                  the h1
//   one is within the h1, or begins with it the part, or the h1
//   none agree                              the h1 most like them; one of a headline's length
// A page without an h1 has what is stated, else its first h2. Empty when there is nothing.
Choice<Headline> FindHeadline(const Tree& tree, const Metadata& json_ld, const Metadata& meta,
                              const Metadata& microdata);

}  // namespace broadsheet::sources::html
