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
#include "server/admission/answers_in_flight.h"
#include "server/admission/call_threads.h"
#include "server/admission/searcher_pool.h"
#include "server/base/line_file.h"
#include "server/base/log_line.h"
#include "server/base/logger.h"
#include "server/figures/call_figures.h"
#include "server/figures/disk_watch.h"
#include "server/figures/histogram.h"
#include "server/generations/served_index.h"
#include "server/generations/write_side.h"
#include "server/services/call_settings.h"
#include "server/services/open_streams.h"

namespace broadsheet::server {

// Logs beside that of the server; each is null when nobody wants it.
struct LogFiles {
  LogFormat format = LogFormat::kText;
  // A line for each call.
  LineFile* access = nullptr;
  // A line for each search.
  LineFile* queries = nullptr;
};

// All references must outlive every call.
struct Serving {
  ServedIndex& index;
  SearcherPool& pool;
  // Null until the server listens.
  CallThreads* threads = nullptr;
  OpenStreams& streams;
  AnswersInFlight& answers;
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
  CurrentCallSettings& settings;
  // The largest request of SearchService, but of FindSimilarArticles, and of that.
  size_t max_search_bytes;
  size_t max_similar_bytes;
  LogFiles files;
  // When the server started.
  absl::Time start;
};

}  // namespace broadsheet::server
