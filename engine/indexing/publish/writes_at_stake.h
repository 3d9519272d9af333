// SPDX-License-Identifier: GPL-3.0-or-later
// The writes at stake when another generation replaces the published one.
#pragma once

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/live/live_counts.h"

namespace broadsheet::indexing {

// What to do with articles that were written into the published generation since it was built.
enum class WritePolicy : uint8_t {
  kRefuse,   // publish nothing if there are any
  kDiscard,  // leave them behind in that generation
  kKeep,     // carry them over into the new one, see handover.h
};

struct WritesAtStake {
  std::shared_ptr<const storage::Generation> keep_from;  // null = nothing to carry over
  storage::LiveCounts discarded;  // under kDiscard, as far as they can be read
};

// Finds the writes of the published generation and applies `wanted` to them. FAILED_PRECONDITION
// when there are some and `wanted` is kRefuse (reason LIVE_WRITES_AT_STAKE), or when they cannot be
// read and `wanted` is not kDiscard (FaultReason::kWritesUnknown). No writes are at stake when no
// generation was ever published.
//
// When CURRENT is lost, it is unknown which generation is published. Then writes in any generation
// after `to_publish` (0 = a new one is to be published) count as unreadable.
absl::StatusOr<WritesAtStake> FindWritesAtStake(const storage::Layout& layout, WritePolicy wanted,
                                                uint64_t to_publish = 0);

// The same for a caller that has the published generation open.
absl::StatusOr<WritesAtStake> FindWritesAtStake(
    const std::shared_ptr<const storage::Generation>& published, WritePolicy wanted);

}  // namespace broadsheet::indexing
