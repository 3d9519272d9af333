// SPDX-License-Identifier: GPL-3.0-or-later
// What of a feed's item may hold its article back, and which items are no articles at all.
// docs/formats.md lists both.
#pragma once

#include <string>

#include "indexer/sources/article/release.h"
#include "indexer/sources/markup/element.h"

namespace broadsheet::sources {

// "attachment of WordPress" for what an export of WordPress has beside its articles; "" for an
// article.
std::string NoArticleKind(const markup::Element& item);

// Passes on what the item states, wherever in it: the states and passwords of WordPress, drafts of
// the Atom Publishing Protocol, embargoes, times of release.
void StateFeedRelease(const markup::Element& item, ReleaseStatement& release);

}  // namespace broadsheet::sources
