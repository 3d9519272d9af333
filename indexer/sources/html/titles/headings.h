// SPDX-License-Identifier: GPL-3.0-or-later
// The headings of a page that may be its headline.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/sources/html/titles/title_wording.h"
#include "indexer/sources/html/tree/tree.h"

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

// At most 200 of each level, in page order, none of them empty. Not thread-safe; the tree must
// outlive it.
class Headings {
 public:
  explicit Headings(const Tree& tree);

  // h1. What is changed here changes what the page says.
  std::vector<Heading>& first() { return first_; }
  const std::vector<Heading>& first() const { return first_; }
  // h2 and h3; read when they are first asked for, since a page has many and seldom needs them.
  const std::vector<Heading>& lower() const;
  // Whether a lower heading of this key is named as a standfirst.
  bool IsStandfirst(std::string_view key) const;

 private:
  const Tree* tree_;
  std::vector<Heading> first_;
  mutable std::optional<std::vector<Heading>> lower_;
};

}  // namespace broadsheet::sources::html
