// SPDX-License-Identifier: GPL-3.0-or-later
// Makes an Article from a <newsItem> of NewsML-G2. docs/formats.md says which element gives which
// field.
#pragma once

#include "absl/status/statusor.h"
#include "indexer/sources/article/draft.h"
#include "indexer/sources/article/source.h"
#include "indexer/sources/markup/element.h"

namespace broadsheet::sources {

// False for an item of a picture, video or audio without a text, which is counted as passed over.
// INVALID_ARGUMENT when the content of the item cannot be read.
absl::StatusOr<bool> ReadNewsItem(const markup::Element& item, Draft& draft, ReadCounts& counts);

}  // namespace broadsheet::sources
