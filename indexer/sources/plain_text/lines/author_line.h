// SPDX-License-Identifier: GPL-3.0-or-later
// Reads lines of a page that name its authors, with "By" and without.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/plain_text/lines/page_line.h"

namespace broadsheet::sources::page {

// The words that a page writes with a small letter somewhere in its running text. They are not part
// of a name ("Social Sharing" is not a name if the text has "sharing").
class CommonWords {
 public:
  explicit CommonWords(const Page& page);

  bool Contains(std::string_view word) const;

 private:
  std::unordered_set<std::string> words_;
};

struct AuthorLine {
  // In order of how surely the line names authors.
  enum class Says : uint8_t {
    kNothing,
    // Only names: authors only where authors are expected.
    kNames,
    // Names beside a date or a reading time: "Jane Doe | 3 March 2025".
    kNamesWithDate,
    // "By Jane Doe", "Von: Jane Doe".
    kAuthors,
    // Only "By": the names are in the next lines.
    kOpening,
  };
  Says says = Says::kNothing;
  std::vector<v1::Byline> bylines;
};

// Pure. `common` may be null if the line is known to name authors.
AuthorLine ReadAuthorLine(const PageLine& line, const CommonWords* common);

}  // namespace broadsheet::sources::page
