// SPDX-License-Identifier: GPL-3.0-or-later
// What the addresses in a feed's item are relative to.
#pragma once

#include <string>
#include <string_view>

#include "indexer/sources/markup/element.h"

namespace broadsheet::sources {

// The address that is the text of `element`, with the line breaks in it: ResolveAddress mends them.
std::string AddressTextOf(const markup::Element& element);

// Not thread-safe.
class FeedAddress {
 public:
  // `feed` is the root element as far as it was read; may be null.
  //
  // The base is xml:base of the item, of the channel and of the root, each relative to the outer
  // one; where there is none, the address of the site that the channel states (in Atom that of the
  // feed itself), then the other one of both.
  FeedAddress(const markup::Element& item, const markup::Element* feed);

  // The address that `reference` in `element` means; "" when it cannot be told, since it is
  // relative to nothing.
  std::string Resolve(const markup::Element& element, std::string_view reference) const;

  // Where the feed is, or the site that it is of; "" when it does not say.
  const std::string& feed() const { return feed_; }

 private:
  std::string feed_;
  std::string base_;
};

}  // namespace broadsheet::sources
