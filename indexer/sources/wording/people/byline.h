// SPDX-License-Identifier: GPL-3.0-or-later
// Reads authors from the text of pages and feeds: "By JANE DOE and John O'Neill-Smith, Associated
// Press", "Von Anna Müller", "Jane Doe | jane@wire.example", whole biographies. Makes one Byline a
// person, with the name's case repaired, and with role and organisation; an agency alone is its own
// organisation. Everything here is pure and safe from any thread.
#pragma once

#include <string_view>
#include <vector>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::sources::people {

// The authors in a line that starts with "By" or a similar word; none for any other line, or when
// no name follows ("By the end of the week"). `language` is the page's, "ro" or "pt-BR", where it
// is known: some words open a byline in one language and a name in another ("De", "Per").
std::vector<v1::Byline> ReadByline(std::string_view line, std::string_view language = {});

// The author in a line that is only a name, perhaps with a place ("Jane Doe in Springfield"). Such
// a line is a byline only where one is expected: beside the date below the headline.
std::vector<v1::Byline> ReadBareByline(std::string_view line);

// The authors in a statement about authors: a field of metadata, the text of an element marked as
// the byline. Any text that is not furniture may be a name, since some authors sign as "kesm". None
// for addresses, dates and buttons.
std::vector<v1::Byline> ReadStatedAuthors(std::string_view statement,
                                          std::string_view language = {});

// The authors in a line that may sign a text: names and nothing else, perhaps in brackets, behind
// "By" or a dash, with their agency. "(Jane Doe)", "Jane Doe/Tom Quill", "(dpa)". None for any
// other line.
std::vector<v1::Byline> ReadSignature(std::string_view line);

// Splits a line with several parts: "By Jane Doe | Published March 3, 2025", "by Jane Doe -
// 03/14/25 9:00 AM ET".
std::vector<std::string_view> SplitSegments(std::string_view line);

// Adds those of `more` whose names are not in `bylines`, regardless of case, accents and marks. For
// a person in both, fills in a missing role and organisation.
void MergeBylines(std::vector<v1::Byline> more, std::vector<v1::Byline>* bylines);

}  // namespace broadsheet::sources::people
