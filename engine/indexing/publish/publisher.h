// SPDX-License-Identifier: GPL-3.0-or-later
// Makes a generation that lies in the index the published one: verified, with the writes of the one
// before it, and atomically.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/indexing/bulk/generation_builder.h"
#include "engine/indexing/bulk/progress.h"
#include "engine/indexing/publish/handover.h"
#include "engine/indexing/publish/writes_at_stake.h"
#include "engine/storage/check/live_check.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::indexing {

struct PublishOptions {
  // Told of the stages kVerify and kPublish, from the calling thread; may be empty.
  std::function<void(const Progress&)> on_progress = {};
  // Polled often until CURRENT moves; then it is CANCELLED. May be empty.
  std::function<bool()> cancelled = {};
};

struct Publication {
  storage::GenerationRef ref;
  uint64_t articles = 0;  // of its base/
  storage::LiveCounts discarded;
  CarriedWrites kept;
};

// Verifies generation `number` of the locked index, carries over what `writes` keeps, and moves
// CURRENT. On any error the published one is what it was. What was carried into `number` by then
// stays there: carrying it again changes nothing.
//
// Errors of VerifyGeneration, CarryWrites and SetCurrent.
absl::StatusOr<Publication> PublishGeneration(const storage::IndexLock& lock, uint64_t number,
                                              const WritesAtStake& writes,
                                              const PublishOptions& options);

// The first step alone, for a generation that somebody else is to publish, or nobody yet.
absl::Status VerifyUnpublished(const storage::Layout& layout, uint64_t number,
                               const PublishOptions& options);

// What is published, or was last when CURRENT is lost or damaged. nullopt when nothing ever was, or
// its size cannot be read.
std::optional<GenerationSize> FindPublishedSize(const storage::Layout& layout);

// The number of the generation to go back to: the newest before the published one that was
// published and has a MANIFEST of a version we speak. NOT_FOUND when there is none; errors of
// ReadCurrent.
absl::StatusOr<uint64_t> FindPrevious(const storage::Layout& layout);

}  // namespace broadsheet::indexing
