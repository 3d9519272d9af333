// SPDX-License-Identifier: GPL-3.0-or-later
// Reads much of a generation while its live/ is being written to.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "engine/storage/base/folded_writes.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::indexing {

// Calls `read` with a snapshot of `generation`, and again with a newer one as long as `read`
// returns ABORTED, which means that a writer has overtaken the snapshot (Xapian keeps two revisions
// readable). `read` keeps in `position`, 0 at first, how far it has read, and goes on from there.
// So its result mixes states: articles not written meanwhile are as they were, others in any of
// several states. ABORTED when `read` was overtaken a hundred times in a row without progress;
// errors of Snapshot::Open. Catches Xapian's exceptions.
//
// `state` may be null, or the snapshot of `generation` that the call before left there, which makes
// opening cheaper. The newest snapshot is left in `state`.
absl::Status ReadWhileWritten(
    const std::shared_ptr<const storage::Generation>& generation,
    std::unique_ptr<storage::Snapshot>& state,
    absl::FunctionRef<absl::Status(const storage::Snapshot&, uint32_t& position)> read);
absl::Status ReadWhileWritten(
    const std::shared_ptr<const storage::Generation>& generation,
    absl::FunctionRef<absl::Status(const storage::Snapshot&, uint32_t& position)> read);

// The ids that were put or deleted since the articles of `generation` last came from sources, also
// those that rebuilds have folded into base/ since; without those taken down. Calls `on_article`
// once for each article of live/; an error of `on_article` ends the reading. While the generation
// is being written to, ids that are written meanwhile may be missing, and an article may come in
// more than one state, the newest last. Errors as ReadWhileWritten, and of
// storage::ReadFoldedWrites.
absl::StatusOr<std::vector<storage::WrittenId>> ReadWrittenIds(
    const std::shared_ptr<const storage::Generation>& generation,
    absl::FunctionRef<absl::Status(v1::Article&&)> on_article);
absl::StatusOr<std::vector<storage::WrittenId>> ReadWrittenIds(
    const std::shared_ptr<const storage::Generation>& generation);

}  // namespace broadsheet::indexing
