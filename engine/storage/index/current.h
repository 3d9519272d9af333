// SPDX-License-Identifier: GPL-3.0-or-later
// CURRENT, the pointer to the published generation: one line, "000007 <build id> takedowns.record".
// The last word says that the index has that file (takedowns_record.h). Without it the index is
// from before there was one; versions from before do not read a CURRENT that has it.
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

// NOT_FOUND when `layout` is no index or nothing was published yet, DATA_LOSS when the file holds
// something else; both are faults of the index (schema/index_fault.h).
absl::StatusOr<CurrentLine> ReadCurrentLine(const Layout& layout);
absl::StatusOr<GenerationRef> ReadCurrent(const Layout& layout);

// 32 hex digits, as NewBuildId makes them.
bool IsBuildId(std::string_view text);

// What the file has for `current`, whose build id is one.
std::string FormatCurrent(const CurrentLine& current);

}  // namespace broadsheet::storage
