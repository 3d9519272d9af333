// SPDX-License-Identifier: GPL-3.0-or-later
// A <nitf> element (NITF 3.x) -> an Article. docs/formats.md says what goes where.
#pragma once

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/markup/element.h"

namespace broadsheet::sources {

// Adds to `article` what it does not have yet: a NewsML-G2 item around the NITF comes first.
void ReadNitfArticle(const markup::Element& nitf, v1::Article* article);

}  // namespace broadsheet::sources
