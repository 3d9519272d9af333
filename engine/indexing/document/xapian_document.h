// SPDX-License-Identifier: GPL-3.0-or-later
// Converts an article's index entry to a Xapian document.
#pragma once

#include <xapian.h>
#include <cstdint>
#include <span>

#include "broadsheet/v1/article.pb.h"
#include "engine/indexing/document/document_terms.h"

namespace broadsheet::indexing {

// The document for base/: terms and values. Throws Xapian's exceptions, so call it under Guard.
Xapian::Document MakeDocument(const DocumentTerms& terms);
// The document for live/, which also has the token run (RunPacker), the id and the article. Throws
// likewise.
Xapian::Document MakeLiveDocument(const DocumentTerms& terms, std::span<const uint32_t> run,
                                  const v1::Article& article);

}  // namespace broadsheet::indexing
