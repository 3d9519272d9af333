// SPDX-License-Identifier: GPL-3.0-or-later
// The right side of a record in the report: the page, block by block, or the record as it is.
#pragma once

#include <string>
#include <string_view>

#include "indexer/sources/article/trace.h"

namespace broadsheet::commands {

// A section; "" when there is nothing to show.
std::string RenderOrigin(const sources::RecordTrace& trace);

// A JSON object over several lines, indented; any other record as it is. For reading only: it takes
// records that are no valid JSON, too.
std::string IndentedRecord(std::string_view record);

}  // namespace broadsheet::commands
