// SPDX-License-Identifier: GPL-3.0-or-later
// The first words of articles that a page lists without a headline.
#pragma once

#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "desk/calls/backend.h"

namespace broadsheet::desk {

// Gives those of `articles` that have neither headline nor summary their texts, so that
// client::HeadlineText() has first words to show. Those whose text cannot be had stay as they are.
void FetchTexts(Backend& backend, const Caller& caller, const std::vector<v1::Article*>& articles);

}  // namespace broadsheet::desk
