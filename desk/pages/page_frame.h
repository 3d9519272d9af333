// SPDX-License-Identifier: GPL-3.0-or-later
// What all pages have in common: head, box to search in, foot; and pages that only say something.
#pragma once

#include <string>
#include <string_view>

#include "desk/http/message.h"
#include "desk/pages/page_url.h"
#include "desk/pages/render.h"
#include "desk/pages/search_state.h"

namespace broadsheet::desk {

// Fills the frame of templates/top.html and templates/bottom.html: the title, and the form with the
// state, so that a new query keeps the conditions.
void FillFrame(Fields& page, std::string_view title, const SearchState& state,
               const DeskSettings& settings);

// Hidden fields of a form for all of `state` but the parameters in `left_out`.
void FillHidden(Fields& form, const SearchState& state, const DeskSettings& settings,
                const std::vector<std::string>& left_out);

// A page with a heading and a sentence: for errors.
HttpReply MessagePage(int status, std::string_view heading, std::string_view message,
                      const DeskSettings& settings);

}  // namespace broadsheet::desk
