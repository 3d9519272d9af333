// SPDX-License-Identifier: GPL-3.0-or-later
// CURRENT, the pointer to the published generation: one line, "000007 <build id> takedowns.record".
// The third word says that the index has that file (takedowns_record.h). An index made before such
// files existed lacks the word; software of that time refuses a CURRENT with it.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::storage {

struct CurrentLine {
  GenerationRef ref;
  bool takedowns_recorded = false;
};

// NOT_FOUND when `layout` is not an index or nothing was published yet, DATA_LOSS when the file is
// damaged; both are faults of the index (schema/index_fault.h).
absl::StatusOr<CurrentLine> ReadCurrentLine(const Layout& layout);
absl::StatusOr<GenerationRef> ReadCurrent(const Layout& layout);

// 32 hex digits, as NewBuildId makes them.
bool IsBuildId(std::string_view text);

// The content of the file for `current`, whose build id is valid.
std::string FormatCurrent(const CurrentLine& current);

}  // namespace broadsheet::storage
