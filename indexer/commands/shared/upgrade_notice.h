// SPDX-License-Identifier: GPL-3.0-or-later
// Says so when a command was the first to write to an index from before takedowns were put on
// record (engine/storage/index/takedowns_record.h), and has put them there.
#pragma once

#include <string>

#include "engine/storage/index/layout.h"
#include "indexer/commands/shared/command.h"

namespace broadsheet::commands {

// Around the work of a command that may write to `index`.
class UpgradeNotice {
 public:
  // `io` outlives this.
  UpgradeNotice(const std::string& index, const Io& io);
  ~UpgradeNotice();
  UpgradeNotice(const UpgradeNotice&) = delete;
  UpgradeNotice& operator=(const UpgradeNotice&) = delete;

 private:
  const storage::Layout layout_;
  const Io& io_;
  const bool from_before_;
};

}  // namespace broadsheet::commands
