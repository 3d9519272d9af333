// SPDX-License-Identifier: GPL-3.0-or-later
// Finds what a page states and prints about whether its article may be shown yet.
#pragma once

#include <initializer_list>
#include <string_view>

#include "indexer/sources/article/release.h"
#include "indexer/sources/html/metadata/metadata.h"
#include "indexer/sources/html/tree/article_place.h"

namespace broadsheet::sources::html {

// The statements of JSON-LD, meta elements and microdata; a printed line such as "Embargoed until
// ..." above or right below the headline. `ahead` is a stated time of publication that has not come
// yet, or "": a page that says so waits for it. Pure; safe from any thread.
ReleaseStatement ReadReleaseOfPage(const Tree& tree, const VisiblePage& page,
                                   const ArticlePlace& place,
                                   std::initializer_list<const Metadata*> stated,
                                   std::string_view ahead);

}  // namespace broadsheet::sources::html
