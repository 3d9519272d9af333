// SPDX-License-Identifier: GPL-3.0-or-later
// --keep-writes and --discard-writes, of every command that may put another generation in the place
// of the published one.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "engine/indexing/publish/handover.h"
#include "engine/indexing/publish/writes_at_stake.h"
#include "engine/storage/live/live_counts.h"

namespace broadsheet::commands {

class WritePolicyOption {
 public:
  // This outlives `command`.
  void AddTo(CLI::App& command);

  indexing::WritePolicy wanted() const;

  // "" or a line of its own: what became of the writes is said aloud.
  std::string DescribeOutcome(const indexing::CarriedWrites& kept,
                              const storage::LiveCounts& discarded) const;

 private:
  bool keep_ = false;
  bool discard_ = false;
};

// "", or ", since then 12 articles written, 3 of its own replaced or deleted".
std::string WrittenSince(storage::LiveCounts live);

}  // namespace broadsheet::commands
