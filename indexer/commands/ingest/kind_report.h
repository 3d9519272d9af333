// SPDX-License-Identifier: GPL-3.0-or-later
// Summarises the articles of each kind of source at the end of a build, one line a kind.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "indexer/sources/detect.h"
#include "indexer/sources/read_paths.h"

namespace broadsheet::commands {

// Remembers which format each accepted article came from, in memory bounded by how often the format
// changes. Not thread-safe.
class ArticleOrigins {
 public:
  // Adds the next article, counted from 0, which came from `format`.
  void Add(sources::Format format);
  // Counts article `number` as merged into another with the same id.
  void CountMerged(uint64_t number);
  uint64_t merged(sources::Format format) const { return merged_[static_cast<size_t>(format)]; }

 private:
  // The number of the first article of a run of one format.
  std::vector<std::pair<uint64_t, sources::Format>> runs_;
  uint64_t articles_ = 0;
  std::array<uint64_t, sources::kFormats> merged_ = {};
};

// "jsonl: 1,204 read from 2 files, 1,190 indexed, 10 duplicates merged, 4 rejected (3 not valid
// JSON: ..., 1 ...)" for each format that was found, in the order of sources::Format. Input in no
// known format is the kind "other".
std::vector<std::string> KindLines(const sources::PathReader& reader,
                                   const ArticleOrigins& origins);

}  // namespace broadsheet::commands
