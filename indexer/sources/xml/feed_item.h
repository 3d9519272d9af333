// SPDX-License-Identifier: GPL-3.0-or-later
// Makes an Article from an <item> of RSS or an <entry> of Atom. docs/formats.md says which element
// gives which field.
#pragma once

#include "absl/status/status.h"
#include "indexer/sources/article/draft.h"
#include "indexer/sources/markup/element.h"

namespace broadsheet::sources {

// `feed` is the root element as far as it was read, for statements of the channel about all its
// items; may be null. INVALID_ARGUMENT when the item's HTML cannot be read.
absl::Status ReadFeedItem(const markup::Element& item, const markup::Element* feed, Draft& draft);

}  // namespace broadsheet::sources
