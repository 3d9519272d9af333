// SPDX-License-Identifier: GPL-3.0-or-later
// Whole values that a query or a filter asks for and that no visible article has, each with the
// nearest one that some article has.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/compile/compiler.h"
#include "engine/query/compile/compiler_input.h"
#include "engine/query/compile/filters.h"
#include "engine/query/complete/visible_vocabulary.h"

namespace broadsheet::query {

// A NO_SUCH_VALUE notice for each of the values of `query` that is missing, then for those of
// `filter` that articles have to have. The nearest value is the most frequent one that has all
// words of the missing one in any order, else the most frequent one of which a word is nearly one
// of them. DATA_LOSS when live is damaged; throws what Xapian and the deadline throw.
absl::StatusOr<std::vector<v1::Notice>> FindMissingValues(const CompiledQuery& query,
                                                          const Filter& filter,
                                                          const CompilerInput& input,
                                                          VisibleVocabulary& vocabulary);

}  // namespace broadsheet::query
