// SPDX-License-Identifier: GPL-3.0-or-later
// Who wrote it, of what pages print and feeds state: "By JANE DOE and John O'Neill-Smith,
// Associated Press", "Von Anna Müller", "Jane Doe | jane@wire.example", whole biographies. One
// Byline a person, the name's case repaired; roles and houses go where they belong; an agency that
// stands alone is its own organisation. Everything here is pure and safe from any thread.
#pragma once

#include <string_view>
#include <vector>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::sources::people {

// The authors that a line starting with "By" or its like names; none for any other line, and none
// when what follows is no name ("By the end of the week").
std::vector<v1::Byline> ReadByline(std::string_view line);

// The author of a line that is just a name, perhaps with a place ("Jane Doe in Springfield"). Such
// a line is a byline only where one is expected: beside the date below the headline.
std::vector<v1::Byline> ReadBareByline(std::string_view line);

// The authors that a statement about authors names: a field of metadata, the text of an element
// that is marked as the byline. All that is no furniture is taken for a name in the end, since some
// sign as "kesm". None for addresses, dates and buttons.
std::vector<v1::Byline> ReadStatedAuthors(std::string_view statement);

// "Health reporter", "Senior Correspondent": what may stand in the line below a byline.
bool IsRole(std::string_view line);

// The parts of a line that says several things: "By Jane Doe | Published March 3, 2025",
// "by Jane Doe - 03/14/25 9:00 AM ET".
std::vector<std::string_view> SplitSegments(std::string_view line);

// Adds those of `more` whose names are not among `bylines`, case, accents and marks aside; of a
// person named twice the role and the house are completed.
void MergeBylines(std::vector<v1::Byline> more, std::vector<v1::Byline>* bylines);

}  // namespace broadsheet::sources::people
