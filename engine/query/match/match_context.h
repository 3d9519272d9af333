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
  // The uuid of base, by which a posting source tells base from live.
  std::string base_uuid;
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
