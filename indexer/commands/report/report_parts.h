// SPDX-License-Identifier: GPL-3.0-or-later
// What the page of the report is made of, once everything is read.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "indexer/commands/report/repeats.h"
#include "indexer/commands/report/report_figures.h"
#include "indexer/sources/read_paths.h"

namespace broadsheet::commands {

// Valid while the references are.
struct ReportParts {
  const std::vector<std::string>& paths;
  const sources::PathReader& reader;
  const ReportFigures& figures;
  std::vector<RepeatedValue> repeats;
  // Whether the entry of each number is in `entries`.
  const std::vector<bool>& shown;
  absl::Time now;
  // HTML that is escaped already.
  std::string index;
  std::string entries;
};

}  // namespace broadsheet::commands
