// SPDX-License-Identifier: GPL-3.0-or-later
// Tells of each line of a text copy what became of it, for a person who reads the copy beside the
// article.
#pragma once

#include <cstddef>
#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/article/trace.h"
#include "indexer/sources/plain_text/body.h"
#include "indexer/sources/plain_text/lines/page_line.h"

namespace broadsheet::sources::page {

// `headline` is the line of the headline, or the size of the page; `body` is where the text stands,
// `lines` those of its lines that are text, ascending.
void TracePage(const Page& page, size_t headline, Stretch body, const std::vector<size_t>& lines,
               const v1::Article& article, RecordTrace* trace);

}  // namespace broadsheet::sources::page
