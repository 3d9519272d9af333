// SPDX-License-Identifier: GPL-3.0-or-later
// What the handlers share: the index, the threads that search and write it, and the server's
// settings.
#pragma once

#include <cstddef>

#include "absl/time/time.h"
#include "engine/storage/index/layout.h"
#include "server/admission/searcher_pool.h"
#include "server/base/logger.h"
#include "server/generations/served_index.h"
#include "server/generations/write_side.h"
#include "server/services/import_streams.h"

namespace broadsheet::server {

// References outlive every call.
struct Serving {
  ServedIndex& index;
  SearcherPool& pool;
  ImportStreams& imports;
  // Null when this server does not take writes.
  WriteSide* write_side = nullptr;
  // Where the index that is served lies.
  storage::Layout layout;
  Logger& logger;
  // No call is given more, whatever its caller allows.
  absl::Duration max_deadline;
  // What a request of SearchService may hold. gRPC's own limit is one for the whole server, and
  // higher when it takes writes.
  size_t max_search_bytes;
  // Slower calls are logged.
  absl::Duration slow_call;
  // Whether the text of queries may be logged.
  bool log_queries = false;
  // When the server started.
  absl::Time start;
};

}  // namespace broadsheet::server
