// SPDX-License-Identifier: GPL-3.0-or-later
// Reading much of a generation while its live/ is being written to.
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

// Calls `read` with a snapshot of `generation` until it returns something else than ABORTED, which
// it does when a writer has overtaken the snapshot (Xapian keeps two revisions readable): then it
// is called again, with a newer one. `position`, 0 at first, is `read`'s own: how far it has come.
// It goes on from there, so what it makes is of no single state: what is not written to meanwhile
// is as it was, the rest in some state of several. ABORTED when it was overtaken a hundred times
// in a row without having come further; errors of Snapshot::Open. Xapian's exceptions end here.
//
// `state` may be null, or a snapshot of `generation` that was left by the call before: it makes
// opening cheaper, and the newest is left in it.
absl::Status ReadWhileWritten(
    const std::shared_ptr<const storage::Generation>& generation,
    std::unique_ptr<storage::Snapshot>& state,
    absl::FunctionRef<absl::Status(const storage::Snapshot&, uint32_t& position)> read);
absl::Status ReadWhileWritten(
    const std::shared_ptr<const storage::Generation>& generation,
    absl::FunctionRef<absl::Status(const storage::Snapshot&, uint32_t& position)> read);

// The ids whose last word is not the sources': what was put or deleted since the articles of
// `generation` last came from sources, rebuilds on the way included; not what was taken down.
// `on_article` is given each article of live/ on the way, once, and ends the reading with its
// error. While the generation is written to, ids that are written meanwhile may be missing, and an
// article may come in more than one state, the newest last. Errors as ReadWhileWritten, and of
// storage::ReadFoldedWrites.
absl::StatusOr<std::vector<storage::WrittenId>> ReadWrittenIds(
    const std::shared_ptr<const storage::Generation>& generation,
    absl::FunctionRef<absl::Status(v1::Article&&)> on_article);
absl::StatusOr<std::vector<storage::WrittenId>> ReadWrittenIds(
    const std::shared_ptr<const storage::Generation>& generation);

}  // namespace broadsheet::indexing
