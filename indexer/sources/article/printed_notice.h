// SPDX-License-Identifier: GPL-3.0-or-later
// Notices above a story, as a page or its copy shows them, that say that it may not be published.
#pragma once

#include <string_view>

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/article/release.h"

namespace broadsheet::sources {

// States what `line`, which stands above a story, says of its release; most say nothing.
void StatePrintedNotice(std::string_view line, ReleaseStatement& release);

// The same of the lines of `text`, a copy of a page, above `story`, the start of what was read of
// it.
void StatePrintedNotices(std::string_view text, std::string_view story, ReleaseStatement& release);

// The same of what an article begins with: its headline, or what stands before it in brackets or in
// capitals ("[DRAFT] Ferry stops"), and the first lines of its summary and its text.
void StateNoticesInArticle(const v1::Article& article, ReleaseStatement& release);

}  // namespace broadsheet::sources
