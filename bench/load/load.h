// SPDX-License-Identifier: GPL-3.0-or-later
// Puts a load of searches on a server, and measures what it does.
//
// In a closed loop so many callers each send a search when the one before is answered: the figures
// are those of patient readers, and a server that cannot keep up is asked less. In an open loop
// searches are sent when they are due, whatever became of those before, and latency counts from
// when they were due: time in which a server stalls is not left out ("coordinated omission").
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "bench/load/arrivals.h"
#include "bench/load/measurement.h"
#include "bench/load/query_mix.h"

namespace broadsheet::bench {

struct Target {
  std::string server;  // host:port
  // Connections, which calls take in turn. At least 1.
  int channels = 1;
  double deadline_seconds = 10;
};

// Calls that are sent (closed loop) or due (open loop) within it are measured.
struct Window {
  double warmup_seconds = 1;
  double seconds = 10;
};

struct ClosedLoop {
  int callers = 1;
  // Measured calls in all, in place of the window's seconds; 0 = no such bound.
  uint64_t count = 0;
};

struct OpenLoop {
  ArrivalKind kind = ArrivalKind::kPoisson;
  double per_second = 100;
  uint64_t seed = 1;
  // More calls are not begun, so that an overload ends.
  size_t most_under_way = 20000;
};

// Both block until every call is answered or past its deadline. One thread takes answers, in an
// open loop another sends; answers are not parsed. So the load itself takes little of a machine
// that it shares with the server.
Measurement RunClosedLoop(const Target& target, const QueryMix& mix, const Window& window,
                          const ClosedLoop& loop);
Measurement RunOpenLoop(const Target& target, const QueryMix& mix, const Window& window,
                        const OpenLoop& loop);

}  // namespace broadsheet::bench
