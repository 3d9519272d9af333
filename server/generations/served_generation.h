// SPDX-License-Identifier: GPL-3.0-or-later
// A generation as the server holds it, and where the server gets the published one from.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "engine/query/searcher.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/index/manifest.h"

namespace broadsheet::server {

// Immutable and safe from any thread. What the searchers it opens need lives as long as they do.
struct ServedGeneration {
  storage::Manifest manifest;
  // A searcher of its own for each thread. Errors as query::Searcher::Open.
  std::function<absl::StatusOr<std::unique_ptr<query::Searcher>>()> open_searcher;
  // Reads all of base/ and compares it with MANIFEST. DATA_LOSS names each damaged file and what
  // mends it; CANCELLED once `stop`, asked before each MiB, says so; other errors when it could not
  // be read. Absent = there is nothing to check.
  std::function<absl::Status(const std::function<bool()>& stop)> check_base;
  // How many articles can be found now, writes and takedowns included. Absent = as MANIFEST says.
  std::function<uint64_t()> count_articles;
};

// Called from one thread at a time.
class GenerationSource {
 public:
  virtual ~GenerationSource() = default;

  // Which generation is published. Errors as storage::ReadCurrent. Cheap: asked every 250 ms.
  virtual absl::StatusOr<storage::GenerationRef> Published() = 0;

  // The published generation, opened. Errors as storage::Generation::OpenCurrent.
  virtual absl::StatusOr<std::shared_ptr<const ServedGeneration>> Open() = 0;

  // Whether what was taken down can be read, as storage::Takedowns::Read says it: searches and
  // writes look for themselves, and fail if not. Cheap: asked every 250 ms.
  virtual absl::Status CheckTakedowns() { return absl::OkStatus(); }
};

}  // namespace broadsheet::server
