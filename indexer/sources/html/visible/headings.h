// SPDX-License-Identifier: GPL-3.0-or-later
// The headings of a page that may be its headline.
#pragma once

#include <string>
#include <vector>

#include "indexer/sources/html/tree/tree.h"
#include "indexer/sources/html/visible/title_wording.h"

namespace broadsheet::sources::html {

// A title and its key, by which spellings of it are compared.
struct Title {
  std::string text = {};
  std::string key = WordingKey(text);

  bool empty() const { return key.empty(); }
};

struct Heading {
  NodeId node = kNoNode;
  Title whole = {};
  // Without a kicker that stands in the same heading; the same as `whole` where there is none, or
  // where what is left is no headline.
  Title bare = {};
};

struct Headings {
  // h1, in page order; none is empty.
  std::vector<Heading> first = {};
  // h2 and h3, without standfirsts.
  std::vector<Heading> lower = {};
  // The keys of those that are named as standfirsts.
  std::vector<std::string> standfirsts = {};
};

// At most 200 of each level. Pure; safe from any thread.
Headings ReadHeadings(const Tree& tree);

}  // namespace broadsheet::sources::html
