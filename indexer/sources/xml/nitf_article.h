// SPDX-License-Identifier: GPL-3.0-or-later
// Makes an Article from a <nitf> element (NITF 3.x). docs/formats.md says which element gives which
// field.
#pragma once

#include "indexer/sources/article/draft.h"
#include "indexer/sources/markup/element.h"
#include "indexer/sources/markup/flow_text.h"

namespace broadsheet::sources {

// Sets only fields that `draft` does not have yet, so that an enclosing NewsML-G2 item has
// precedence.
void ReadNitfArticle(const markup::Element& nitf, Draft& draft);

// The text of its body.content alone.
markup::FlowText ReadNitfBody(const markup::Element& nitf);

}  // namespace broadsheet::sources
