// SPDX-License-Identifier: GPL-3.0-or-later
// The objects that all parts of one search share.
#pragma once

#include <xapian.h>
#include <string>

#include "engine/base/call_control.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::query {

// Made for each search. Must outlive the Xapian objects of that search, whose posting sources point
// to it. Used by one thread.
struct MatchContext {
  storage::Snapshot& snapshot;
  base::Deadline& deadline;
  const std::string base_uuid = snapshot.base().get_uuid();

  // Which of them a posting source was given: Xapian calls its init() with one shard of
  // snapshot.both(), and does not say which.
  storage::Segment SegmentOf(const Xapian::Database& shard) const {
    return shard.get_uuid() == base_uuid ? storage::Segment::kBase : storage::Segment::kLive;
  }
};

// Polls the deadline at each document that the matcher considers.
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
