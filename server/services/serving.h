// SPDX-License-Identifier: GPL-3.0-or-later
// The objects that all handlers share: the index, the threads that search and write it, and the
// server's settings.
#pragma once

#include <array>
#include <cstddef>

#include "absl/time/time.h"
#include "engine/query/search_stage.h"
#include "engine/storage/index/layout.h"
#include "server/access/gatekeeper.h"
#include "server/admission/call_threads.h"
#include "server/admission/searcher_pool.h"
#include "server/base/logger.h"
#include "server/figures/call_figures.h"
#include "server/figures/disk_watch.h"
#include "server/figures/histogram.h"
#include "server/generations/served_index.h"
#include "server/generations/write_side.h"
#include "server/services/open_streams.h"

namespace broadsheet::server {

// All references must outlive every call.
struct Serving {
  ServedIndex& index;
  SearcherPool& pool;
  // Null until the server listens.
  CallThreads* threads = nullptr;
  OpenStreams& streams;
  CallFigures& calls;
  DiskWatch& disk;
  // How long each stage of the searches took (query::SearchStage).
  std::array<Histogram, query::kSearchStages.size()>& stages;
  // Null when this server does not take writes.
  WriteSide* write_side = nullptr;
  // The folder of the served index.
  storage::Layout layout;
  // Who may call what; every call asks it first.
  Gatekeeper& gatekeeper;
  Logger& logger;
  // The longest that a call may take, whatever its caller allows.
  absl::Duration max_deadline;
  // How long a stream from the index may go on without its caller reading or sending anything.
  absl::Duration stream_idle;
  // The largest request of SearchService, but of FindSimilarArticles, and of that.
  size_t max_search_bytes;
  size_t max_similar_bytes;
  // Slower calls are logged.
  absl::Duration slow_call;
  // Whether the text of queries may be logged.
  bool log_queries = false;
  // When the server started.
  absl::Time start;
};

}  // namespace broadsheet::server
