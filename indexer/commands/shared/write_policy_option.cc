// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/shared/write_policy_option.h"

#include "absl/strings/str_format.h"
#include "indexer/commands/shared/figures.h"

namespace broadsheet::commands {

void WritePolicyOption::AddTo(CLI::App& command) {
  CLI::Option* keep = command.add_flag(
      "--keep-writes", keep_,
      "Carry over what was written to the published generation since it was built");
  command
      .add_flag("--discard-writes", discard_,
                "Leave behind what was written to the published generation since it was built")
      ->excludes(keep);
}

indexing::WritePolicy WritePolicyOption::wanted() const {
  if (discard_) return indexing::WritePolicy::kDiscard;
  return keep_ ? indexing::WritePolicy::kKeep : indexing::WritePolicy::kRefuse;
}

std::string WritePolicyOption::DescribeOutcome(const indexing::CarriedWrites& kept,
                                               const storage::LiveCounts& discarded) const {
  if (keep_) {
    return absl::StrFormat(
        "Kept what was written since the last build: %s put, %s deleted, %s superseded\n",
        Counted(kept.put, "article"), Count(kept.deleted), Count(kept.superseded));
  }
  if (discarded.empty()) return "";
  return "Discarded what was written since the last build: " + storage::Describe(discarded) + "\n";
}

std::string WrittenSince(storage::LiveCounts live) {
  // Part of its base.
  live.folded = 0;
  if (live.empty()) return "";
  return ", since then " + storage::Describe(live);
}

}  // namespace broadsheet::commands
