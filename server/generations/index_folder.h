// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the generations of an index on disk, for the server.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

#include "engine/base/file_stamp.h"
#include "engine/query/answer_cache.h"
#include "engine/query/rank/ranking_profile.h"
#include "engine/query/syntax/limits.h"
#include "engine/query/syntax/shared_synonyms.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/index/takedowns.h"
#include "server/generations/served_generation.h"

namespace broadsheet::server {

class IndexFolder final : public GenerationSource {
 public:
  // All but `layout` apply to every searcher opened later, which share answers and synonyms; null =
  // words have none.
  IndexFolder(storage::Layout layout, const query::Limits& limits,
              const query::RankingOptions& ranking = {}, size_t answer_cache_bytes = 0,
              std::shared_ptr<const query::SharedSynonyms> synonyms = nullptr)
      : layout_(std::move(layout)),
        limits_(limits),
        ranking_(ranking),
        synonyms_(std::move(synonyms)),
        answers_(std::make_shared<query::AnswerCache>(answer_cache_bytes)) {}

  absl::StatusOr<storage::GenerationRef> Published() override;
  absl::StatusOr<std::shared_ptr<const ServedGeneration>> Open() override;
  absl::Status CheckTakedowns() override;

 private:
  // The state of the files that CheckTakedowns last examined, and its result.
  struct TakedownsCheck {
    storage::TakedownsStamp stamp;
    base::FileStamp current;
    absl::Status result;
  };

  const storage::Layout layout_;
  const query::Limits limits_;
  const query::RankingOptions ranking_;
  const std::shared_ptr<const query::SharedSynonyms> synonyms_;
  const std::shared_ptr<query::AnswerCache> answers_;
  std::optional<TakedownsCheck> checked_;
};

}  // namespace broadsheet::server
