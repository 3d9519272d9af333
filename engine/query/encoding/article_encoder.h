// SPDX-License-Identifier: GPL-3.0-or-later
// Articles as a caller wants them, from their stored bytes: never parsed, so that fields which a
// newer writer has stored pass through.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "engine/query/plan/read_mask.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::query {

// Not thread-safe; made for one request. What it is given must outlive it.
class ArticleEncoder {
 public:
  ArticleEncoder(const storage::Snapshot& snapshot, const ReadMask& mask)
      : snapshot_(snapshot), mask_(mask) {}

  // Makes `article` the serialised article of `doc` with the wanted fields. `card` is the article's
  // card. DATA_LOSS when the card is damaged; errors of Snapshot::ReadBody when the mask wants the
  // body.
  absl::Status Encode(storage::DocRef doc, const std::string& card, std::string* article);

 private:
  const storage::Snapshot& snapshot_;
  const ReadMask& mask_;
  std::string body_;
};

}  // namespace broadsheet::query
