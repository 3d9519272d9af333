// SPDX-License-Identifier: GPL-3.0-or-later
// A text copy of a news page -> an Article, in passes that each add one kind of knowledge:
//   split    text -> lines, trimmed, in blocks between blank lines      page_line.h
//   classify each line by itself: furniture, byline, date, credit, ...  line_kind.h
//   captions credit lines find their captions and the shortened twins   captions.h
//   body     the stretch where paragraphs prevail                       body.h
//   headline the line most like one, above the body                     headline.h
//   authors  names beside the headline, the date or the body's end      signature.h
//   tags     labelled lists, and unseparated lines split by the body    tags.h
//   assemble what is left of it into an Article                         read_page.cc
//
// No pass knows a site: phrases that pages everywhere are made of are in furniture_table.cc.
#pragma once

#include <string_view>

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/article/field_rule.h"

namespace broadsheet::sources::page {

// `text` is valid UTF-8. A text without any paragraph becomes an Article whose body is the text
// without its furniture, under its first line as headline. States only what the page states: no
// time, no author, no tags are made up. Pure; safe from any thread.
v1::Article ReadPage(std::string_view text);

// Which pass gave each field that `article`, a result of ReadPage, has.
FieldRules RulesOfPage(const v1::Article& article);

}  // namespace broadsheet::sources::page
