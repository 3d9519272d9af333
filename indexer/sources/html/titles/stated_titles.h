// SPDX-License-Identifier: GPL-3.0-or-later
// The titles that a page states for machines and in its title element, without the site's name.
#pragma once

#include <string>
#include <vector>

#include "indexer/sources/html/metadata/metadata.h"
#include "indexer/sources/html/titles/headings.h"
#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

struct StatedTitles {
  // Each is empty where the page has none, or one that only names the site.
  Title json_ld = {};
  Title open_graph = {};
  Title title_element = {};
  // Seldom more than the h1 marked as the headline.
  Title microdata = {};
  // Of meta elements that systems read which list articles: "parsely-title", "sailthru.title".
  // Those that are written for sharing ("twitter:title") are left out.
  std::vector<Title> listings = {};
  // Keys of the site's names: stated ones, and a heading in front of the title element.
  std::vector<std::string> sites = {};
  // Keys of the sections that the page states.
  std::vector<std::string> sections = {};
};

// Pure; safe from any thread.
StatedTitles ReadStatedTitles(const Tree& tree, const Metadata& json_ld, const Metadata& meta,
                              const Metadata& microdata, const Headings& headings);

}  // namespace broadsheet::sources::html
