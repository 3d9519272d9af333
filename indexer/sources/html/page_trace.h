// SPDX-License-Identifier: GPL-3.0-or-later
// Tells of each block of a page what became of it, for a person who reads the page beside the
// article.
#pragma once

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/article/trace.h"
#include "indexer/sources/html/tree/blocks.h"
#include "indexer/sources/html/tree/tree.h"
#include "indexer/sources/html/visible/body.h"

namespace broadsheet::sources::html {

// `body` is the result of FindBody for `page`. `article` is what was made of the page; null when
// the page was refused.
void TracePage(const Tree& tree, const VisiblePage& page, const Body& body,
               const v1::Article* article, RecordTrace* trace);

}  // namespace broadsheet::sources::html
