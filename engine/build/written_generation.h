// SPDX-License-Identifier: GPL-3.0-or-later
// Reading much of a generation while its live/ is being written to.
#pragma once

#include <cstdint>
#include <memory>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "engine/storage/generation.h"
#include "engine/storage/snapshot.h"

namespace broadsheet::build {

// Calls `read` with a snapshot of `generation` until it returns something else than ABORTED, which
// it does when a writer has overtaken the snapshot (Xapian keeps two revisions readable): then it
// is called again, with a newer one. `position`, 0 at first, is `read`'s own: how far it has come.
// It goes on from there, so what it makes is of no single state: what is not written to meanwhile
// is as it was, the rest in some state of several. ABORTED when it was overtaken a hundred times
// in a row without having come further; errors of Snapshot::Open. Xapian's exceptions end here.
absl::Status ReadWhileWritten(
    const std::shared_ptr<const storage::Generation>& generation,
    absl::FunctionRef<absl::Status(const storage::Snapshot&, uint32_t& position)> read);

}  // namespace broadsheet::build
