// SPDX-License-Identifier: GPL-3.0-or-later
// Makes an Article from the copied text of a news page, in passes that each add one kind of
// knowledge:
//   split    text -> lines, trimmed, in blocks between blank lines      page_line.h
//   classify each line by itself: furniture, byline, date, credit, ...  line_kind.h
//   captions captions, their credits, and alternative texts             captions.h
//   body     the stretch that consists mostly of paragraphs              body.h
//   end      where teasers or comments follow it                          text_end.h
//   headline the line above the body most like a headline               headline.h
//   authors  names beside the headline, the date or the body's end      signature.h
//   tags     labelled lists, and unseparated lines split by the body    tags.h
//   assemble the results -> an Article                                  read_page.cc
//
// No pass has rules for single sites: furniture_table.cc has phrases that occur on pages
// everywhere.
#pragma once

#include <string_view>

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/article/field_rule.h"
#include "indexer/sources/article/trace.h"

namespace broadsheet::sources::page {

// `text` is valid UTF-8. A text without any paragraph becomes an Article whose headline is the
// first line and whose body is the text without furniture. Invents nothing: the article has only a
// time, authors and tags that the page has. `trace` receives the lines of the page; it may be null.
// Pure; safe from any thread.
v1::Article ReadPage(std::string_view text, RecordTrace* trace = nullptr);

// The pass that gave each field of `article`, which is a result of ReadPage.
FieldRules RulesOfPage(const v1::Article& article);

}  // namespace broadsheet::sources::page
