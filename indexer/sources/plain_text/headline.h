// SPDX-License-Identifier: GPL-3.0-or-later
// Pass 5: which line is the headline.
#pragma once

#include <cstddef>
#include <string>

#include "indexer/sources/plain_text/body.h"
#include "indexer/sources/plain_text/page_line.h"

namespace broadsheet::sources::page {

// The line that is most like the headline of `body`, at or above its start, or page size when none
// is. Lines are weighed by what copies of pages have in common: a headline is of a headline's
// length, shares words with the text, often stands on the page more than once, has date, authors
// or the standfirst right below and a section's name right above, and is no sentence. The body's
// first lines are looked at too, since a notice may have been taken for its start.
size_t FindHeadline(const Page& page, Stretch body);

// The headline that the line holds: what a wide gap sets apart before it is a kicker, which goes;
// one with a colon at its end is a part of the headline ("Talks:  Deal is near"). A kicker that was
// run together with it gets its colon back.
std::string HeadlineOf(const PageLine& line);

}  // namespace broadsheet::sources::page
