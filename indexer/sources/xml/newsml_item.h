// SPDX-License-Identifier: GPL-3.0-or-later
// A <newsItem> of NewsML-G2 -> an Article. docs/formats.md says what goes where.
#pragma once

#include "absl/status/status.h"
#include "indexer/sources/article/draft.h"
#include "indexer/sources/markup/element.h"

namespace broadsheet::sources {

// INVALID_ARGUMENT when the item says nothing that could be searched.
absl::Status ReadNewsItem(const markup::Element& item, Draft& draft);

}  // namespace broadsheet::sources
