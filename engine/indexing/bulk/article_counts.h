// SPDX-License-Identifier: GPL-3.0-or-later
// The statistics of articles in MANIFEST and in the report of a build, counted while the articles
// are analysed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"
#include "engine/schema/withheld.h"
#include "engine/storage/index/manifest.h"

namespace broadsheet::indexing {

// Not thread-safe: one for each shard, merged in the shards' order.
class ArticleCounts {
 public:
  void Add(const v1::Article& article);
  // `later` has the counts of the articles that follow ours.
  void Merge(const ArticleCounts& later);
  // Sets the counts, times, languages and sources of `manifest`.
  void FillManifest(storage::Manifest* manifest) const;

  uint64_t articles() const { return articles_; }
  uint64_t undated() const { return undated_; }
  uint64_t input_bytes() const { return input_bytes_; }
  // Those that readers may not see at `now`, which is not before the last Add.
  schema::WithheldCounts withheld(absl::Time now) const;

 private:
  struct Source {
    uint64_t first = 0;  // the number, from 0, of the first article with this spelling
    uint64_t articles = 0;
  };

  void AddWithheld(const v1::Article& article);

  uint64_t articles_ = 0;
  uint64_t undated_ = 0;
  uint64_t input_bytes_ = 0;
  schema::WithheldCounts by_status_;
  // Of those that only an embargo withholds, in seconds since 1970; those that had ended are left
  // out.
  std::vector<int64_t> embargo_ends_;
  std::optional<int64_t> oldest_seconds_;
  std::optional<int64_t> newest_seconds_;
  std::map<std::string, uint64_t> languages_;
  std::map<std::string, Source> sources_;  // by spelling
};

}  // namespace broadsheet::indexing
