// SPDX-License-Identifier: GPL-3.0-or-later
// The titles of a page compared: what of a title is the site's name, and which say the same.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::sources::html {

// Letters and digits only, folded, blanks left out: what two spellings of a title are compared by,
// "Harbour / Ferry lands" and "HarbourFerry lands" among them.
std::string WordingKey(std::string_view text);

// The share of words that two titles have in common, 0 to 1.
double Likeness(std::string_view a, std::string_view b);

struct TitleHints {
  // What the page calls its site; may be empty.
  std::string_view site = {};
  // Keys of the page's other titles: what they lack at the end is a site's name, what they have is
  // none.
  std::vector<std::string> others = {};
  // A short end that nothing else speaks for is a site's name too. Title elements nearly always
  // have one, Open Graph titles seldom.
  bool expects_site = false;
};

// "Ferry lands again | Harbour Times" -> "Ferry lands again". "Ferry lands – at last" stays where
// no hint says that "at last" is a site.
std::string StripSiteName(std::string_view title, const TitleHints& hints);

}  // namespace broadsheet::sources::html
