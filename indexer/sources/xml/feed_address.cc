// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/feed_address.h"

#include "indexer/sources/markup/address.h"

namespace broadsheet::sources {
namespace {

using markup::Element;
using markup::IsAbsoluteAddress;
using markup::ResolveAddress;

// An attribute may be called "base" in another namespace; only one of a hierarchy is taken.
std::string WithBaseOf(const Element* element, const std::string& base) {
  if (element == nullptr || element->Get("base").empty()) return base;
  const std::string own = ResolveAddress(base, element->Get("base"));
  return IsAbsoluteAddress(own) ? own : base;
}

// The address of a link of the channel: of the site, or of the feed itself.
std::string LinkOfChannel(const Element& channel, bool is_self) {
  for (const char* name : {"link", "atom:link"}) {
    for (const Element* link : channel.Children(name)) {
      const std::string_view relation = link->Get("rel");
      const bool is_wanted =
          is_self ? relation == "self" : relation.empty() || relation == "alternate";
      const std::string text = AddressTextOf(*link);
      if (is_wanted) return text.empty() ? std::string(link->Get("href")) : text;
    }
  }
  return "";
}

}  // namespace

std::string AddressTextOf(const Element& element) {
  return element.HasElements() || !element.HasText() ? element.Text() : element.OwnText();
}

FeedAddress::FeedAddress(const Element& item, const Element* feed) {
  const Element* channel = feed == nullptr ? nullptr : feed->Child("channel");
  if (channel == nullptr) channel = feed;
  if (channel != nullptr) {
    const bool is_atom = item.name == "entry";
    const std::string self = LinkOfChannel(*channel, true);
    const std::string site = LinkOfChannel(*channel, false);
    const std::string declared = WithBaseOf(channel, WithBaseOf(feed, ""));
    std::string first = ResolveAddress(declared, is_atom ? self : site);
    const std::string second = ResolveAddress(declared, is_atom ? site : self);
    if (!IsAbsoluteAddress(first)) first = ResolveAddress(second, first);
    base_ = IsAbsoluteAddress(first) ? first : second;
    feed_ = IsAbsoluteAddress(self) ? self : base_;
    if (!IsAbsoluteAddress(feed_)) feed_ = declared;
    base_ = WithBaseOf(channel, WithBaseOf(feed, base_));
  }
  base_ = WithBaseOf(&item, base_);
}

std::string FeedAddress::Resolve(const Element& element, std::string_view reference) const {
  if (reference.empty()) return "";
  std::string address = ResolveAddress(WithBaseOf(&element, base_), reference);
  return IsAbsoluteAddress(address) ? address : std::string();
}

}  // namespace broadsheet::sources
