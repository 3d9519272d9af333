// SPDX-License-Identifier: GPL-3.0-or-later
// A generation that the server has open, and the source of the published one.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/query/answer_cache.h"
#include "engine/query/searcher.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/index/manifest.h"
#include "engine/storage/live/article_counter.h"

namespace broadsheet::server {

// Immutable and safe from any thread. Searchers stay valid after this is destroyed.
struct ServedGeneration {
  storage::Manifest manifest;
  // Opens a searcher, one for each thread, that tells of what the licence is for (null = of all
  // articles). Errors as query::Searcher::Open.
  std::function<absl::StatusOr<std::unique_ptr<query::Searcher>>(
      std::shared_ptr<const query::Licence> licence)>
      open_searcher;
  // Reads all of base/ and compares it with MANIFEST. DATA_LOSS names each damaged file and the
  // remedy; CANCELLED once `stop`, polled before each MiB, returns true; other errors when base/
  // could not be read. Absent = there is nothing to check.
  std::function<absl::Status(const std::function<bool()>& stop)> check_base;
  // The articles at a moment, after writes and takedowns, as storage::ArticleCounter counts them.
  // Absent = the number in MANIFEST is all that is known.
  std::function<storage::ArticleFigures(absl::Time now)> count_articles;
  // What the answers kept for all generations come to. Absent = none are kept.
  std::function<query::AnswerCache::Figures()> answer_figures;
};

// Called from one thread at a time.
class GenerationSource {
 public:
  virtual ~GenerationSource() = default;

  // Which generation is published. Errors as storage::ReadCurrent. Must be cheap: called every 250
  // ms.
  virtual absl::StatusOr<storage::GenerationRef> Published() = 0;

  // Opens the published generation. Errors as storage::Generation::OpenCurrent.
  virtual absl::StatusOr<std::shared_ptr<const ServedGeneration>> Open() = 0;

  // Whether the takedowns can be read; errors as storage::Takedowns::Read. Searches and writes
  // check this themselves, and fail if not. Must be cheap: called every 250 ms.
  virtual absl::Status CheckTakedowns() { return absl::OkStatus(); }
};

}  // namespace broadsheet::server
