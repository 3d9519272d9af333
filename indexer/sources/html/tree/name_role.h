// SPDX-License-Identifier: GPL-3.0-or-later
// The role that the names of an element (class, id, data-testid) give it, by their words.
#pragma once

#include <cstdint>
#include <string_view>

namespace broadsheet::sources::html {

// The strongest first, as far as kEmbeddedPost.
enum class ElementRole : uint8_t {
  kNone,
  // Menus, footers, consent forms: never an article, however long.
  kNeverText,
  // What readers wrote below the article.
  kComments,
  // By a word that means nothing else: related stories, share buttons.
  kFurniture,
  // "paywall" names the wall as often as the text behind it.
  kPaywall,
  // By a word that may also say how an element looks or what is beside it ("hidden", "sidebar"), or
  // by a tag such as aside: furniture unless the element has much of the page's text.
  kPerhapsFurniture,
  // A post of a social network that the page shows: a quotation, with an author and a date that
  // are not the page's.
  kEmbeddedPost,
  kCaption,
  kCredit,
  kByline,
  kDate,
  kTags,
  kSummary,
  // The line above a headline, perhaps within its heading: "Harbour".
  kKicker,
};

struct NameRole {
  ElementRole role = ElementRole::kNone;
  // The name that gave the role, such as one class of several; a view into the names.
  std::string_view name = {};
  // The word, or the pair of words, that gave it; a view of static storage.
  std::string_view word = {};
};

// The strongest role of `names`, which are separated by blanks. A name tells by its words, alone
// and in pairs ("more-from"), what its element is. It does not where it tells what the element has
// or lacks ("has-ads", "no-comments", "page-with-sidebar"), which layout or state the page is in
// ("sidebar-layout", "social-enabled"), or that another thing is hidden ("label-hidden",
// "print-hidden"). Pure; safe from any thread.
NameRole RoleOfNames(std::string_view names);

}  // namespace broadsheet::sources::html
