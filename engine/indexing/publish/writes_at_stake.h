// SPDX-License-Identifier: GPL-3.0-or-later
// The writes at stake when another generation takes the place of the published one.
#pragma once

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/check/live_check.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::indexing {

// What becomes of articles that were written into the published generation since it was built.
enum class WritePolicy : uint8_t {
  kRefuse,   // when there are any, nothing is done
  kDiscard,  // they stay behind with that generation
  kKeep,     // they are written into the other one, see handover.h
};

struct WritesAtStake {
  std::shared_ptr<const storage::Generation> keep_from;  // null = nothing to carry over
  storage::LiveCounts discarded;  // under kDiscard, as far as they can be read
};

// What there is to do about the writes of the published generation. FAILED_PRECONDITION when there
// are some and `wanted` is kRefuse (reason LIVE_WRITES_AT_STAKE), or when they cannot be read and
// `wanted` is not kDiscard (FaultReason::kWritesUnknown). Nothing is at stake when nothing was ever
// published.
//
// When CURRENT is lost, nobody knows which generation is published. Then it is the writes of any
// that comes after `to_publish` (0 = a new one is to be published) that cannot be read.
absl::StatusOr<WritesAtStake> FindWritesAtStake(const storage::Layout& layout, WritePolicy wanted,
                                                uint64_t to_publish = 0);

// The same for who knows which generation is published, and has it open.
absl::StatusOr<WritesAtStake> FindWritesAtStake(
    const std::shared_ptr<const storage::Generation>& published, WritePolicy wanted);

}  // namespace broadsheet::indexing
