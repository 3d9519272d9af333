// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of a page that name who wrote it, with "By" and without.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/plain_text/page_line.h"

namespace broadsheet::sources::page {

// The words that a page writes with a small letter somewhere in its running text: no part of
// anybody's name ("Social Sharing" is nobody where the text says "sharing").
class CommonWords {
 public:
  explicit CommonWords(const Page& page);

  bool Contains(std::string_view word) const;

 private:
  std::unordered_set<std::string> words_;
};

struct AuthorLine {
  // In rising order of how much the line says by itself.
  enum class Says : uint8_t {
    kNothing,
    // Nothing but names: authors only where authors are expected.
    kNames,
    // Names with a date or a time of reading beside them: "Jane Doe | 3 March 2025".
    kNamesWithDate,
    // "By Jane Doe", "Von: Jane Doe".
    kAuthors,
    // "By", alone: the names are in the next lines.
    kOpening,
  };
  Says says = Says::kNothing;
  std::vector<v1::Byline> bylines;
};

// Pure. `common` may be null where the line is known to name authors.
AuthorLine ReadAuthorLine(const PageLine& line, const CommonWords* common);

}  // namespace broadsheet::sources::page
