// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/shared/upgrade_notice.h"

#include <ostream>

#include "engine/storage/index/current.h"

namespace broadsheet::commands {
namespace {

// False when it cannot be told.
bool CurrentSays(const storage::Layout& layout, bool recorded) {
  const auto current = storage::ReadCurrentLine(layout);
  return current.ok() && current->takedowns_recorded == recorded;
}

}  // namespace

UpgradeNotice::UpgradeNotice(const std::string& index, const Io& io)
    : layout_(index), io_(io), from_before_(CurrentSays(layout_, false)) {}

UpgradeNotice::~UpgradeNotice() {
  if (!from_before_ || !CurrentSays(layout_, true)) return;
  io_.err << "index " << layout_.root().string()
          << " is from an earlier version: its takedowns are on record from now on "
             "(takedowns.record), and versions before this one do not open it any more\n";
}

}  // namespace broadsheet::commands
