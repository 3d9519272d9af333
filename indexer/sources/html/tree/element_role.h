// SPDX-License-Identifier: GPL-3.0-or-later
// What the names that people give to elements (class, id, role, data-testid) say about them.
#pragma once

#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

enum class ElementRole : uint8_t {
  kNone,
  // Menus, footers, comments, consent forms: never an article, however long.
  kNeverText,
  // Related stories, share buttons, advertisements, sign-up boxes, and what is hidden: no article
  // unless it holds most of the page ("page-with-sidebar").
  kFurniture,
  kCaption,
  kCredit,
  kByline,
  kDate,
  kTags,
  kSummary,
  // The line above a headline, perhaps within its heading: "Harbour".
  kKicker,
};

// By the tag, the ARIA role and the words of the names; the strongest of several.
ElementRole RoleOf(const Tree& tree, NodeId node);

// Not shown by browsers, or not read out: hidden, aria-hidden, display:none.
bool IsHidden(const Tree& tree, NodeId node);

// Not shown by browsers. Captions that repeat an alternative text are often kept from being read
// out and shown all the same.
bool IsInvisible(const Tree& tree, NodeId node);

}  // namespace broadsheet::sources::html
