// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the authors that the page prints for its readers.
#pragma once

#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/article/choice.h"
#include "indexer/sources/html/tree/article_place.h"
#include "indexer/sources/html/tree/blocks.h"
#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

// Reads elements marked as authors (rel, itemprop, names), lines that start with "By", and links to
// pages of authors, between headline and text.
Choice<std::vector<v1::Byline>> FindHeadBylines(const Tree& tree, const VisiblePage& page,
                                                const ArticlePlace& place);

// The same; if there are none, marked elements within the text and a labelled line right below it.
Choice<std::vector<v1::Byline>> FindVisibleBylines(const Tree& tree, const VisiblePage& page,
                                                   const ArticlePlace& place);

// Names that are not marked as authors, for pages that name none otherwise: beside a date below the
// headline ("Jane Doe | 03.03.2025"), or alone in bold at the start of the text.
Choice<std::vector<v1::Byline>> FindBareBylines(const Tree& tree, const VisiblePage& page,
                                                const ArticlePlace& place);

// The names below the text that sign it, for pages that otherwise name themselves as the author: a
// short last line in bold, italics or brackets, to the right, or behind "By".
Choice<std::vector<v1::Byline>> FindSignature(const Tree& tree, const VisiblePage& page,
                                              const ArticlePlace& place);

}  // namespace broadsheet::sources::html
