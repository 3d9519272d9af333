// SPDX-License-Identifier: GPL-3.0-or-later
// Pass 3: pictures. A credit line finds its caption among its neighbours, and the shortened twins
// that browsers show in place of a picture are told from captions.
#pragma once

#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/page/page_line.h"

namespace broadsheet::sources::page {

// The captions in page order, each once. Marks the lines they came from as kCaption, kCredit and
// kAlternativeText, so that no later pass takes them for something else. Precondition: lines are
// classified. [body_begin, body_end) is where the body is believed to be: beyond its end nothing is
// looked for.

std::vector<v1::Caption> TakeCaptions(size_t body_begin, size_t body_end, Page* page);

}  // namespace broadsheet::sources::page
