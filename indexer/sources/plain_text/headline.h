// SPDX-License-Identifier: GPL-3.0-or-later
// Pass 5: finds the headline.
#pragma once

#include <cstddef>
#include <string>

#include "indexer/sources/plain_text/body.h"
#include "indexer/sources/plain_text/lines/page_line.h"

namespace broadsheet::sources::page {

// The line that is most like the headline of `body`, at or above its start, or page size when none
// is. Lines are scored by common properties: a headline has a typical length, shares words with the
// text, often occurs more than once, has date, authors or the standfirst right below and a
// section's name right above, and is not a sentence. The first lines of the body are scored too,
// since the body may begin with a notice.
size_t FindHeadline(const Page& page, Stretch body);

// The headline in the line. Removes a kicker, which a wide gap separates from the headline, unless
// it ends with a colon ("Talks: Deal is near"). A kicker that runs into the headline gets its colon
// back.
std::string HeadlineOf(const PageLine& line);

}  // namespace broadsheet::sources::page
