// SPDX-License-Identifier: GPL-3.0-or-later
// Tells whether a statement of JSON-LD is about the page that it is on, or about another article
// that the page links to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/sources/html/metadata/metadata.h"
#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

// What a statement says of which page it is about.
struct PageClaim {
  // `url`, `mainEntityOfPage`, `@id`, in any order; empty ones and those of the site alone say
  // nothing.
  std::vector<std::string> addresses;
  std::string headline;
  // It is an item of a list, which mostly has other articles.
  bool listed = false;
};

// The page's own address and titles. Pure; safe from any thread.
class OwnPage {
 public:
  // `meta` is what the page's meta elements state.
  OwnPage(const Tree& tree, const Metadata& meta);

  // How much speaks for `claim` being about this page: an equal address more than a like title; 0
  // where nothing tells. Below 0 the statement is about another page: its address and its headline
  // are others, or it is an item of a list and nothing speaks for it.
  int Fit(const PageClaim& claim) const;

  // Whether the page has an address, and `address` is another one.
  bool IsOther(std::string_view address) const;

 private:
  enum class Match : uint8_t { kOwn, kOther, kUnknown };
  Match MatchOf(std::string_view address) const;
  bool HasLikeTitle(std::string_view headline) const;

  std::vector<std::string> addresses_;
  std::vector<std::vector<std::string>> titles_;
};

}  // namespace broadsheet::sources::html
