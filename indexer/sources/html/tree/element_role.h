// SPDX-License-Identifier: GPL-3.0-or-later
// The role of an element, from its names (class, id, role, data-testid).
#pragma once

#include <string>

#include "indexer/sources/html/tree/name_role.h"
#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

// The role given by the tag, the ARIA role and the words of the names; the strongest of several.
// A `cache` makes it quicker for many elements of one page.
ElementRole RoleOf(const Tree& tree, NodeId node, NameRoleCache* cache = nullptr);

// The role given by the names alone, with the name that gave it; the strongest of several.
NameRole RoleOfNames(const Tree& tree, NodeId node, NameRoleCache* cache = nullptr);

// Whether the names of a heading mean other articles ("related-title"), rather than that it is only
// read out ("sr-only").
bool LeadsElsewhere(const Tree& tree, NodeId heading);

// For a person to read, why RoleOf takes `node` for furniture: "a nav element", "a hidden element",
// "an element of role \"navigation\"", "an element named \"article-sidebar\" (\"sidebar\")".
std::string DescribeFurniture(const Tree& tree, NodeId node);

// True if browsers do not show the element, or do not read it out: hidden, aria-hidden,
// display:none.
bool IsHidden(const Tree& tree, NodeId node);

// True if browsers do not show the element. Captions that repeat an alternative text are often
// shown but not read out.
bool IsInvisible(const Tree& tree, NodeId node);

}  // namespace broadsheet::sources::html
