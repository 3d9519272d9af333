// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/ingest/write_counts.h"

#include "absl/strings/str_format.h"
#include "indexer/commands/shared/figures.h"

namespace broadsheet::commands {

std::string WriteSummary(const WriteCounts& counts, uint64_t rejected, uint64_t lost,
                         const std::string& without) {
  return absl::StrFormat(
      "Stored %s (%s new, %s replaced%s%s), %s unchanged, %s superseded, %s rejected%s",
      Counted(counts.stored(), "article"), Count(counts.created), Count(counts.replaced),
      counts.without_language == 0 ? "" : ", " + without,
      counts.withheld.total() == 0 ? "" : ", " + DescribeWithheld(counts.withheld),
      Count(counts.unchanged), Count(counts.superseded), Count(rejected),
      lost == 0 ? "" : ", at least " + Count(lost) + " lost");
}

}  // namespace broadsheet::commands
