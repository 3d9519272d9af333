// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the story that an article tells which is written into live: among the articles of base and
// live that were published up to seven days before or after it. An article is compared with the
// first of a story, by which it is named; once that one is gone, with each that is left.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "engine/copies/band_index.h"
#include "engine/copies/likeness.h"
#include "engine/copies/shingles.h"
#include "engine/storage/live/live_copies.h"
#include "engine/storage/live/live_database.h"

namespace broadsheet::indexing {

// Not thread-safe. Has to learn of each change to live that it does not make itself.
class StoryFinder {
 public:
  // `database` must outlive this.
  explicit StoryFinder(storage::LiveDatabase& database);

  // What live is to store with `article`; nullopt when it can have no copies, as it is undated,
  // withheld or too short. `run` is its token run, `old` the document that it replaces. The docid
  // is still unknown. Errors of reading the database.
  absl::StatusOr<std::optional<storage::LiveCopy>> Find(const v1::Article& article,
                                                        const storage::TokenRun& run,
                                                        const std::optional<storage::DocRef>& old);

  // `old` was replaced, or removed; `copy` was written. Both as far as there are any.
  void Changed(const std::optional<storage::DocRef>& old,
               const std::optional<storage::LiveCopy>& copy);
  // Changes that were not committed are lost.
  void Forget() { loaded_ = false; }

 private:
  struct Known {
    uint64_t number = 0;  // in the index of bands
    storage::StoryName story = 0;
    bool names_story = false;
  };
  // An article to compare with.
  struct Candidate {
    storage::DocRef doc;
    storage::StoryName story = 0;
    int64_t seconds = 0;
  };

  absl::Status Load();
  void Add(const storage::LiveCopy& copy);
  void Remove(uint32_t docid);
  // Whether the article that named `story` is gone, or is `old`.
  bool HasLostItsFirst(storage::StoryName story, const std::optional<storage::DocRef>& old) const;
  void AddFromBase(const storage::LiveCopy& wanted, const std::optional<storage::DocRef>& old,
                   std::vector<Candidate>* candidates) const;
  void AddFromLive(const storage::LiveCopy& wanted, const std::optional<storage::DocRef>& old,
                   std::vector<Candidate>* candidates);
  absl::StatusOr<copies::Likeness> Compare(const std::vector<uint64_t>& own, storage::DocRef doc);
  absl::StatusOr<copies::Sources> CompareSources(const std::string& folded, storage::DocRef doc);

  storage::LiveDatabase& database_;
  copies::ShingleReader reader_;
  bool loaded_ = false;
  copies::BandIndex index_;  // of the documents of live
  std::unordered_map<uint32_t, Known> known_;
  std::unordered_map<storage::StoryName, uint32_t> firsts_;  // the documents of live that name one
};

}  // namespace broadsheet::indexing
