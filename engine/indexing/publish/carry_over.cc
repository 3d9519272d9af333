// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/publish/carry_over.h"

#include "engine/indexing/publish/handover.h"

namespace broadsheet::indexing {

void CarriedWrites::Count(WriteOutcome outcome) {
  switch (outcome) {
    case WriteOutcome::kCreated:
    case WriteOutcome::kReplaced:
      ++put;
      break;
    case WriteOutcome::kDeleted:
      ++deleted;
      break;
    case WriteOutcome::kSuperseded:
    case WriteOutcome::kUnchanged:
      ++superseded;
      break;
    case WriteOutcome::kNone:
      break;
  }
}

absl::StatusOr<CarriedWrites> CarryWrites(const std::shared_ptr<const storage::Generation>& from,
                                          const std::shared_ptr<const storage::Generation>& to,
                                          const storage::IndexLock& lock,
                                          const std::function<bool()>& cancelled) {
  const auto handover = Handover::Prepare(from, to, lock, ConflictRule::kHigherVersion);
  if (!handover.ok()) return handover.status();
  if (absl::Status carried = (*handover)->CarryAll(cancelled); !carried.ok()) return carried;
  return (*handover)->carried();
}

}  // namespace broadsheet::indexing
