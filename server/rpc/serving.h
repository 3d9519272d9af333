// SPDX-License-Identifier: GPL-3.0-or-later
// What the handlers share: the index, the threads that search it, and the server's settings.
#pragma once

#include "absl/time/time.h"
#include "server/logger.h"
#include "server/searcher_pool.h"
#include "server/served_index.h"

namespace broadsheet::server {

// References outlive every call.
struct Serving {
  ServedIndex& index;
  SearcherPool& pool;
  Logger& logger;
  // No call is given more, whatever its caller allows.
  absl::Duration max_deadline;
  // Slower calls are logged.
  absl::Duration slow_call;
  // Whether the text of queries may be logged.
  bool log_queries = false;
  // When the server started.
  absl::Time start;
};

}  // namespace broadsheet::server
