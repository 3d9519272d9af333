// SPDX-License-Identifier: GPL-3.0-or-later
// What narrows a search: chips for the conditions it has, facets with those it may get.
#pragma once

#include <string>
#include <string_view>

#include "broadsheet/v1/search_service.pb.h"
#include "desk/pages/page_frame.h"
#include "desk/pages/render.h"
#include "desk/pages/search_state.h"

namespace broadsheet::desk {

// Adds CHIPS with a CHIP for each condition, whose link is the page without it; the synonyms that
// words stood for are one.
void FillChips(const v1::SearchArticlesResponse& response, const SearchState& state,
               const DeskSettings& settings, Fields& page);

// A value as people read it: "en" of the field `language` is "English", all others are themselves.
std::string ValueName(std::string_view field, const std::string& value);

// Adds a FACET for each field that has values, or in which values are looked for.
void FillFacets(const v1::AggregateArticlesResponse& counts, const SearchState& state,
                const DeskSettings& settings, Fields& page);

}  // namespace broadsheet::desk
