// SPDX-License-Identifier: GPL-3.0-or-later
// Makes an Article from a <NewsItem> of NewsML 1.0 to 1.2. docs/formats.md says which element gives
// which field.
#pragma once

#include "absl/status/status.h"
#include "indexer/sources/article/draft.h"
#include "indexer/sources/markup/element.h"

namespace broadsheet::sources {

// INVALID_ARGUMENT when the HTML in the item cannot be read.
absl::Status ReadNewsml1Item(const markup::Element& item, Draft& draft);

}  // namespace broadsheet::sources
