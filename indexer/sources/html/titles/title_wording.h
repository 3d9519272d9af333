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
  // Keys of the names of the site and its publisher as the page states them.
  std::vector<std::string> sites = {};
  // Keys of the sections that the page states.
  std::vector<std::string> sections = {};
  // Keys of the page's other titles: an end that they lack is the site's name, an end that they
  // have is not.
  std::vector<std::string> others = {};
  // Keys of titles that never have a site's name: what they lack at an end is none of the headline,
  // whatever stands before it.
  std::vector<std::string> plain = {};
  // Also takes a short end without other evidence for the site's name. Title elements nearly always
  // have a site's name, Open Graph titles seldom.
  bool expects_site = false;
};

// "Ferry lands again | Harbour Times" -> "Ferry lands again", and so where the site's name stands
// in front. "Ferry lands – at last" stays unchanged unless a hint shows that "at last" is a site.
std::string StripSiteName(std::string_view title, const TitleHints& hints);

// The first part of both titles where they have the same words and set it off by different marks,
// which is the site's name: "Lantern" of "Lantern | Ferry lands again" and "Lantern - Ferry lands
// again". Empty where there is none.
std::string_view SharedFirstPart(std::string_view title, std::string_view other);

// The key of the name in an address: "prooflantern" of "https://www.prooflantern.example/bridge".
// Empty where the address has none, or one of three letters or fewer.
std::string SiteKeyOfAddress(std::string_view url);

}  // namespace broadsheet::sources::html
