// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/index_folder.h"

#include <utility>

#include "engine/storage/current.h"
#include "engine/storage/generation.h"

namespace broadsheet::server {

absl::StatusOr<storage::GenerationRef> IndexFolder::Published() {
  return storage::ReadCurrent(layout_);
}

absl::StatusOr<std::shared_ptr<const ServedGeneration>> IndexFolder::Open() {
  auto opened = storage::Generation::OpenCurrent(layout_);
  if (!opened.ok()) return opened.status();
  std::shared_ptr<const storage::Generation> generation = *std::move(opened);
  auto served = std::make_shared<ServedGeneration>();
  served->manifest = generation->manifest();
  served->open_searcher = [generation, limits = limits_, ranking = ranking_] {
    return query::Searcher::Open(generation, limits, ranking);
  };
  return served;
}

}  // namespace broadsheet::server
