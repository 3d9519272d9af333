// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the page of an article.
#pragma once

#include "desk/pages/article_answers.h"
#include "desk/pages/page_frame.h"
#include "desk/pages/render.h"
#include "desk/pages/search_state.h"

namespace broadsheet::desk {

// Headline, standfirst, bylines, captions, text and tags, with what matched marked. Returns how
// many marks there are; they are numbered from 1.
int FillText(const ArticleAnswers& answers, const SearchState& state, const DeskSettings& settings,
             Fields& page);

// All else that the record holds, as names and values.
void FillFacts(const v1::Article& article, const SearchState& state, const DeskSettings& settings,
               Fields& page);

// Copies, and articles that are like it.
void FillRelated(const ArticleAnswers& answers, const SearchState& state,
                 const DeskSettings& settings, Fields& page);

}  // namespace broadsheet::desk
