// SPDX-License-Identifier: GPL-3.0-or-later
// Which articles readers may see: those that are neither withheld nor cancelled nor under embargo.
#pragma once

#include <xapian.h>

#include "absl/time/time.h"
#include "engine/storage/snapshot.h"

namespace broadsheet::query {

// What `query` matches of the articles that a reader may see at `now`; `query` itself when the
// snapshot holds no others, so that the common case costs nothing. The index form of
// schema::IsVisible. Throws what Xapian throws.
Xapian::Query OnlyVisible(const storage::Snapshot& snapshot, const Xapian::Query& query,
                          absl::Time now);

}  // namespace broadsheet::query
