// SPDX-License-Identifier: GPL-3.0-or-later
// A <nitf> element (NITF 3.x) -> an Article. docs/formats.md says what goes where.
#pragma once

#include "indexer/sources/article/draft.h"
#include "indexer/sources/markup/element.h"

namespace broadsheet::sources {

// Adds to `draft` what it does not have yet: a NewsML-G2 item around the NITF comes first.
void ReadNitfArticle(const markup::Element& nitf, Draft& draft);

}  // namespace broadsheet::sources
