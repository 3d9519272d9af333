// SPDX-License-Identifier: GPL-3.0-or-later
// Compares the titles of a page, and removes the site's name from them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::sources::html {

// A key for comparing spellings of a title: folded letters and digits, without blanks. "Harbour /
// Ferry lands" and "HarbourFerry lands" have the same key.
std::string WordingKey(std::string_view text);

// The share of words that two titles have in common, 0 to 1.
double Likeness(std::string_view a, std::string_view b);

struct TitleHints {
  // The site's name as the page states it; may be empty.
  std::string_view site = {};
  // Keys of the page's other titles: an end that they lack is the site's name, an end that they
  // have is not.
  std::vector<std::string> others = {};
  // Also takes a short end without other evidence for the site's name. Title elements nearly always
  // have a site's name, Open Graph titles seldom.
  bool expects_site = false;
};

// "Ferry lands again | Harbour Times" -> "Ferry lands again". "Ferry lands – at last" stays
// unchanged unless a hint shows that "at last" is a site.
std::string StripSiteName(std::string_view title, const TitleHints& hints);

}  // namespace broadsheet::sources::html
