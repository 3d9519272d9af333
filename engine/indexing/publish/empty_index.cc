// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/publish/empty_index.h"

#include <utility>

#include "engine/indexing/bulk/generation_builder.h"
#include "engine/indexing/publish/publisher.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/generations.h"
#include "engine/storage/index/index_lock.h"

namespace broadsheet::indexing {

absl::StatusOr<bool> MakeEmptyIndex(const storage::Layout& layout, const std::string& holder) {
  if (!absl::IsNotFound(storage::ReadCurrent(layout).status())) return false;
  if (storage::IndexLock::LastNumber(layout) > 0) return false;
  absl::StatusOr<storage::IndexLock> lock = storage::IndexLock::Acquire(layout, holder);
  if (!lock.ok()) return lock.status();
  absl::StatusOr<storage::GenerationClaim> claim = storage::ClaimNext(*lock);
  if (!claim.ok()) return claim.status();
  const auto builder = GenerationBuilder::Start(layout, *std::move(claim), {.may_be_empty = true});
  if (!builder.ok()) return builder.status();
  const absl::StatusOr<BuiltGeneration> built = (*builder)->Finish();
  if (!built.ok()) return built.status();
  const auto published = PublishGeneration(*lock, built->number(), WritesAtStake{}, {});
  if (!published.ok()) return published.status();
  return true;
}

}  // namespace broadsheet::indexing
