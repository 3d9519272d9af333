// SPDX-License-Identifier: GPL-3.0-or-later
// Where a record was read, for messages and reports.
#pragma once

#include <cstdint>
#include <string>

namespace broadsheet::sources {

// Where a record is.
struct RecordPlace {
  // The path of the file, or "-" for standard input.
  std::string input = {};
  // Counted from 1; 0 when it is about the whole input.
  uint64_t line = 0;
  // The offset of the record in the unpacked input.
  uint64_t byte_offset = 0;
};

}  // namespace broadsheet::sources
