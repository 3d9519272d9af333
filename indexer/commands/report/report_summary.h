// SPDX-License-Identifier: GPL-3.0-or-later
// The sections of the report above its index: figures, fields, what is worth a look.
#pragma once

#include <string>

#include "indexer/commands/report/report_parts.h"

namespace broadsheet::commands {

// Each is a section of HTML.
std::string RenderFigures(const ReportParts& parts);
std::string RenderWorthALook(const ReportParts& parts);
std::string RenderFilledFields(const ReportParts& parts);
// How many records had each path of the map; "" without a map, or where it read no record.
std::string RenderMappedPaths(const ReportParts& parts);
std::string RenderFormats(const ReportParts& parts);

}  // namespace broadsheet::commands
