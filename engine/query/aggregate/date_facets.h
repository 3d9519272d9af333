// SPDX-License-Identifier: GPL-3.0-or-later
// Counts the years, months and weekdays of the dates that articles state, each in its own time
// zone: the values that a query `date:2024-06` finds.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "engine/query/aggregate/facet_counts.h"
#include "engine/query/aggregate/matched_documents.h"

namespace broadsheet::query {

enum class DatePart : uint8_t { kYear, kMonth, kWeekday };

// `selection.field` means nothing here. By value, years and months are in the order of time,
// weekdays from Monday on. Errors as FacetCounter::Count.
absl::StatusOr<FacetValues> CountDates(MatchContext& context, const MatchedDocuments& matched,
                                       DatePart part, const FacetSelection& selection);

}  // namespace broadsheet::query
