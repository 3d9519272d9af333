// SPDX-License-Identifier: GPL-3.0-or-later
// The languages whose stemming the words of a query get.
#pragma once

#include <string>
#include <vector>

#include "engine/query/compile/filters.h"

namespace broadsheet::query {

// The languages that the words of a query are stemmed in: those of the index, or, when the filter
// names languages, just these.
std::vector<std::string> QueryLanguages(const Filter& filter,
                                        const std::vector<std::string>& index_languages);

}  // namespace broadsheet::query
