// SPDX-License-Identifier: GPL-3.0-or-later
// The whole page of the report: its head with the summary, the index and the records.
#pragma once

#include <string>
#include <string_view>

#include "indexer/commands/report/report_parts.h"

namespace broadsheet::commands {

// With this every report begins, which tells it from other pages.
inline constexpr std::string_view kReportMark =
    "<!DOCTYPE html>\n<!-- report of broadsheet-indexer parse -->\n";

std::string RenderReport(const ReportParts& parts);

}  // namespace broadsheet::commands
