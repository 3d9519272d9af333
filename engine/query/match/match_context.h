// SPDX-License-Identifier: GPL-3.0-or-later
// What every part of one search shares.
#pragma once

#include <xapian.h>
#include <string>

#include "engine/base/call_control.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::query {

// Made anew for each search, and outlives the Xapian objects of that search, whose posting sources
// point to it. Used by one thread.
struct MatchContext {
  storage::Snapshot& snapshot;
  base::Deadline& deadline;
  // Tells a posting source which shard of the multi-database it was given.
  std::string base_uuid;
};

// Sees each document that the matcher considers.
class DeadlineSpy : public Xapian::MatchSpy {
 public:
  explicit DeadlineSpy(base::Deadline& deadline) : deadline_(deadline) {}
  void operator()(const Xapian::Document& /*document*/, double /*weight*/) override {
    deadline_.Poll();
  }

 private:
  base::Deadline& deadline_;
};

}  // namespace broadsheet::query
