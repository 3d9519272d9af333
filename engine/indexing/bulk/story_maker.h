// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the articles of base together as stories, from the oldest to the newest.
//
// Each is compared with those of the seven days before, and joins the story of the one of which it
// is a copy and that it is most like, or begins one. Of two articles of one source that are not
// equal only the nearer one stays in a story (copies::IsRival), whichever came first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "engine/copies/band_index.h"
#include "engine/copies/likeness.h"
#include "engine/copies/shingles.h"
#include "engine/storage/base/stored_articles.h"
#include "engine/storage/columns/columns.h"
#include "engine/storage/copies/copy_table.h"

namespace broadsheet::indexing {

// Not thread-safe.
class StoryMaker {
 public:
  // Both must outlive this. `memory_bytes` bounds the articles of seven days that others are
  // compared with; where there are more, those of fewer days. Beside it, 4 bytes an article and
  // some 10 MB are needed.
  StoryMaker(const storage::StoredArticles& articles, const storage::Columns& columns,
             uint64_t memory_bytes);

  // `docid` was published no earlier than those that were placed before, and has a sketch. Errors
  // of reading articles.
  absl::Status Place(uint32_t docid, const storage::CopySketch& sketch);

  // The links of all articles, by docid; that of docid 0 means nothing.
  std::vector<storage::CopyLink> MakeLinks() const;

 private:
  // An article with a band in common.
  struct Alike {
    uint32_t docid = 0;
    copies::Neighbour neighbour = {};
  };

  using ShingleSet = std::shared_ptr<const std::vector<uint64_t>>;

  // The last ones are kept: what is alike is compared with one another again and again.
  absl::StatusOr<ShingleSet> ReadShingles(uint32_t docid);
  copies::Sources CompareSources(uint32_t a, uint32_t b) const;
  int64_t SecondsOf(uint32_t docid) const { return columns_.rows().DateOf(docid).seconds; }
  uint32_t FirstOf(uint32_t docid) const { return leaders_[docid] == 0 ? docid : leaders_[docid]; }

  // Those with a band in common, by time, then docid.
  std::vector<Alike> FindAlike(const storage::CopySketch& sketch);
  absl::Status CompareAll(uint32_t docid, const std::vector<uint64_t>& own,
                          std::vector<Alike>* alike);
  absl::Status JoinNearest(uint32_t docid, const std::vector<uint64_t>& own,
                           const std::vector<Alike>& alike);
  // Those that `docid` is a copy of and whose story it may join, by likeness of the first there.
  absl::StatusOr<std::vector<Alike>> WithinReach(uint32_t docid, const std::vector<uint64_t>& own,
                                                 const std::vector<Alike>& alike);
  // The articles in the story of `nearest` that cannot stay where the one placed joins it: of its
  // source, and farther from `nearest`. nullopt when one is nearer.
  absl::StatusOr<std::optional<std::vector<uint32_t>>> FindRivals(const Alike& nearest,
                                                                  const std::vector<Alike>& alike);
  // Makes `docid` and `nearest` tell one story, or leaves `docid` alone where a rival is nearer.
  absl::Status Join(uint32_t docid, const Alike& nearest, const std::vector<Alike>& alike);
  void Remember(uint32_t docid, const storage::CopySketch& sketch);

  const storage::StoredArticles& articles_;
  const storage::Columns& columns_;
  const size_t most_remembered_;
  copies::ShingleReader reader_;
  std::string body_;
  std::unordered_map<uint32_t, ShingleSet> kept_;  // by docid
  size_t shingles_kept_ = 0;
  copies::BandIndex index_;
  std::vector<uint32_t> leaders_;  // by docid; 0 = the article is the first of its story, or alone
  std::vector<uint32_t> joined_;   // what had a leader once, in the order of placing
  std::unordered_map<uint32_t, size_t> remembered_copies_;  // by leader
};

}  // namespace broadsheet::indexing
