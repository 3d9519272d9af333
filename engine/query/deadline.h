// SPDX-License-Identifier: GPL-3.0-or-later
// Stops a match that has run too long. Xapian cannot be interrupted, so everything of ours that it
// calls back (posting sources, the spy) and every loop of ours over a vocabulary polls this.
#pragma once

#include <xapian.h>
#include <cstdint>

#include "engine/query/searcher.h"

namespace broadsheet::query {

// Not thread-safe. `call` must outlive it.
class Deadline {
 public:
  explicit Deadline(const CallControl& call) : call_(call) {}

  // Throws xapian::DeadlineError once the deadline has passed or the call was cancelled. Cheap:
  // looks at the clock at every 16th call.
  void Poll() {
    if (++calls_ % 16 == 0) Check();
  }
  // The same, at once.
  void Check() const;

 private:
  const CallControl& call_;
  uint32_t calls_ = 0;
};

// Sees each document that the matcher considers.
class DeadlineSpy : public Xapian::MatchSpy {
 public:
  explicit DeadlineSpy(Deadline& deadline) : deadline_(deadline) {}
  void operator()(const Xapian::Document& /*document*/, double /*weight*/) override {
    deadline_.Poll();
  }

 private:
  Deadline& deadline_;
};

}  // namespace broadsheet::query
