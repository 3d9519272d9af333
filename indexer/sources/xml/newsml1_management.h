// SPDX-License-Identifier: GPL-3.0-or-later
// What a <NewsItem> of NewsML 1.x says of itself, besides its content: which item it is, in which
// revision, and whether it may be shown.
#pragma once

#include <string>

#include "indexer/sources/article/draft.h"
#include "indexer/sources/markup/element.h"

namespace broadsheet::sources {

// What a controlled value says: <Status FormalName="Usable"/>. "" for none.
std::string FormalName(const markup::Element* element);

// The identity that all revisions share, and the revision.
void ReadNewsIdentifier(const markup::Element& identifier, Draft& draft);

// Status and times, from <NewsManagement>. The revision has to have been read before.
void ReadManagement(const markup::Element& management, Draft& draft);

}  // namespace broadsheet::sources
