// SPDX-License-Identifier: GPL-3.0-or-later
// Which of the page's titles is the headline.
#pragma once

#include <string>

#include "indexer/sources/html/choice.h"
#include "indexer/sources/html/metadata.h"
#include "indexer/sources/html/tree.h"

namespace broadsheet::sources::html {

struct Headline {
  std::string text = {};
  // The heading it stands in; kNoNode when it is only stated.
  NodeId node = kNoNode;
};

// The h1 that a statement (JSON-LD, Open Graph, the title) repeats or is contained in; else the h1
// most like them; else what they state, without the site's name; else the first heading.
Choice<Headline> FindHeadline(const Tree& tree, const Metadata& json_ld, const Metadata& meta,
                              const Metadata& microdata);

// "Ferry lands again | Harbour Times" -> "Ferry lands again", given "Harbour Times" or not.
std::string StripSiteName(std::string_view title, std::string_view site);

}  // namespace broadsheet::sources::html
