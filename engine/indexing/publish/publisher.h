// SPDX-License-Identifier: GPL-3.0-or-later
// Publishes a generation of the index: verifies it, carries over the writes of the generation
// before it, and moves CURRENT atomically.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/indexing/bulk/generation_builder.h"
#include "engine/indexing/bulk/progress.h"
#include "engine/indexing/publish/handover.h"
#include "engine/indexing/publish/writes_at_stake.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/index/manifest.h"
#include "engine/storage/live/live_counts.h"

namespace broadsheet::indexing {

struct Publication {
  storage::GenerationRef ref;
  uint64_t articles = 0;  // in its base/
  storage::LiveCounts discarded;
  CarriedWrites kept;
};

// Verifies generation `number` of the locked index, carries over the writes that `writes` keeps,
// and moves CURRENT. On any error the published generation stays published. Writes already carried
// into `number` stay there; carrying them again changes nothing.
//
// With kStoredArticles, a generation of an earlier version is published, too: for a backup that is
// restored, and then rebuilt. It takes no writes.
//
// Errors of VerifyGeneration, CarryWrites and SetCurrent.
absl::StatusOr<Publication> PublishGeneration(const storage::IndexLock& lock, uint64_t number,
                                              const WritesAtStake& writes, const Watch& watch,
                                              storage::Use use = storage::Use::kSearch);

// Only verifies, for a generation that another process or a later call will publish.
absl::Status VerifyUnpublished(const storage::Layout& layout, uint64_t number, const Watch& watch,
                               storage::Use use = storage::Use::kSearch);

// The size of the published generation, or, if CURRENT is lost or damaged, of the last published
// one. nullopt when none ever was published, or its size cannot be read.
std::optional<GenerationSize> FindPublishedSize(const storage::Layout& layout);

// The number of the generation for a rollback: the newest before the published one that was
// published and whose MANIFEST has a supported version. NOT_FOUND when there is none; errors of
// ReadCurrent.
absl::StatusOr<uint64_t> FindPrevious(const storage::Layout& layout);

}  // namespace broadsheet::indexing
