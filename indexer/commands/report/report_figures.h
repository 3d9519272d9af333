// SPDX-License-Identifier: GPL-3.0-or-later
// What the report counts while records are read.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/schema/withheld.h"
#include "indexer/commands/report/suspicion.h"

namespace broadsheet::commands {

// A record that the summary names.
struct NamedEntry {
  uint64_t number = 0;
  std::string headline = {};
};

// What the summary tells, besides the counts of the reader.
struct ReportFigures {
  static constexpr size_t kMaxNamed = 20;
  static constexpr size_t kMaxFields = 60;

  uint64_t articles = 0;
  uint64_t rejects = 0;
  uint64_t lost = 0;
  uint64_t warnings = 0;
  schema::WithheldCounts withheld = {};
  // How many articles have each field, in the order of a page, and each label; at most kMaxFields.
  std::vector<std::pair<std::string, uint64_t>> filled = {};
  // The number of articles of each suspicion, and the first of them.
  std::array<uint64_t, kSuspicions> suspicions = {};
  std::array<std::vector<NamedEntry>, kSuspicions> suspects = {};
  std::vector<NamedEntry> refused = {};
  std::vector<NamedEntry> warned = {};
};

}  // namespace broadsheet::commands
