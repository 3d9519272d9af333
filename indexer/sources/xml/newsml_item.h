// SPDX-License-Identifier: GPL-3.0-or-later
// Makes an Article from a <newsItem> of NewsML-G2. docs/formats.md says which element gives which
// field.
#pragma once

#include "absl/status/status.h"
#include "indexer/sources/article/draft.h"
#include "indexer/sources/markup/element.h"

namespace broadsheet::sources {

// INVALID_ARGUMENT when the item has no text that could be searched.
absl::Status ReadNewsItem(const markup::Element& item, Draft& draft);

}  // namespace broadsheet::sources
