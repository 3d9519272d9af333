// SPDX-License-Identifier: GPL-3.0-or-later
// What every part of one search shares.
#pragma once

#include <string>

#include "engine/query/deadline.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::query {

// Made anew for each search, and outlives the Xapian objects of that search, whose posting sources
// point to it. Used by one thread.
struct MatchContext {
  storage::Snapshot& snapshot;
  Deadline& deadline;
  // Tells a posting source which shard of the multi-database it was given.
  std::string base_uuid;
};

}  // namespace broadsheet::query
