// SPDX-License-Identifier: GPL-3.0-or-later
// An <item> of RSS or an <entry> of Atom -> an Article. docs/formats.md says what goes where.
#pragma once

#include "absl/status/status.h"
#include "indexer/sources/article/draft.h"
#include "indexer/sources/markup/element.h"

namespace broadsheet::sources {

// `feed` is the root element as far as it was read, for what the channel says of all its items; may
// be null. INVALID_ARGUMENT when the item's HTML cannot be read.
absl::Status ReadFeedItem(const markup::Element& item, const markup::Element* feed, Draft& draft);

}  // namespace broadsheet::sources
