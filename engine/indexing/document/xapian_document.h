// SPDX-License-Identifier: GPL-3.0-or-later
// What the index holds of an article, as Xapian takes it.
#pragma once

#include <xapian.h>

#include "broadsheet/v1/article.pb.h"
#include "engine/indexing/document/document_terms.h"

namespace broadsheet::indexing {

// Terms and values, as base/ has them. Throws as Xapian does, so call it under Guard.
Xapian::Document MakeDocument(const DocumentTerms& terms);
// With what live/ has besides: the token run, the id and the article. Throws likewise.
Xapian::Document MakeLiveDocument(const DocumentTerms& terms, const v1::Article& article);

}  // namespace broadsheet::indexing
