// SPDX-License-Identifier: GPL-3.0-or-later
// What the index holds of an article, as Xapian takes it.
#pragma once

#include <xapian.h>

#include "engine/build/document_terms.h"

namespace broadsheet::build {

// Terms and values; what a document of live/ has besides is the caller's to add. Throws as Xapian
// does, so call it under Guard.
Xapian::Document MakeDocument(const DocumentTerms& terms);

}  // namespace broadsheet::build
