// SPDX-License-Identifier: GPL-3.0-or-later
// Adds hits to a serialised response whose field 1 they are. Serialised messages that follow one
// another merge, so the bytes of a hit may stand behind those of the rest of its response.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/encoding/article_encoder.h"
#include "engine/query/plan/read_mask.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::query {

// Not thread-safe; made for one search. What it is given must outlive it.
class HitEncoder {
 public:
  HitEncoder(const storage::Snapshot& snapshot, const ReadMask& mask) : encoder_(snapshot, mask) {}

  // Adds `hit`, which has no article, with the wanted fields of the article of `doc` to
  // `response`. `card` is the article's card. Errors of ArticleEncoder.
  absl::Status Append(const v1::Hit& hit, storage::DocRef doc, const std::string& card,
                      std::string* response);

 private:
  ArticleEncoder encoder_;
  std::string article_;
  std::string rest_;
};

}  // namespace broadsheet::query
