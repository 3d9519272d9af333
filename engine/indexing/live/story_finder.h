// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the story that an article tells which is written into live: that of the article of base or
// live, published up to seven days before or after it, of which it is a copy and that it is most
// like. As in builds (indexing/bulk/story_maker.h), but for this: what stands is not moved. Where
// an article comes later that is nearer to another than one of its source which stands with that,
// both stay until a rebuild.
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
  explicit StoryFinder(storage::LiveDatabase& database) : database_(database) {}

  // What live is to store with `article`; nullopt when it can have no copies, as it is undated,
  // withheld or too short. `old` is the document that it replaces. The docid is still unknown.
  // Errors of reading the database.
  absl::StatusOr<std::optional<storage::LiveCopy>> Find(const v1::Article& article,
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
  struct Dated {
    storage::DocRef doc;
    int64_t seconds = 0;
  };
  // An article to compare with.
  struct Candidate {
    Dated article;
    storage::StoryName story = 0;
    copies::Neighbour neighbour = {};
  };

  absl::Status Load();
  void Add(const storage::LiveCopy& copy);
  void Remove(uint32_t docid);
  // The article that named `story`; nullopt when it is gone, or is `old`.
  std::optional<Dated> FirstOf(storage::StoryName story,
                               const std::optional<storage::DocRef>& old) const;
  void AddFromBase(const storage::LiveCopy& wanted, const std::optional<storage::DocRef>& old,
                   std::vector<Candidate>* candidates) const;
  void AddFromLive(const storage::LiveCopy& wanted, const std::optional<storage::DocRef>& old,
                   std::vector<Candidate>* candidates);
  // The articles with a band in common, by time; of each story as many as are compared.
  std::vector<Candidate> FindAlike(const storage::LiveCopy& wanted,
                                   const std::optional<storage::DocRef>& old);
  absl::StatusOr<std::vector<uint64_t>> ReadShingles(storage::DocRef doc);
  absl::StatusOr<copies::Sources> CompareSources(const std::string& folded, storage::DocRef doc);
  absl::Status CompareAll(const v1::Article& article, const std::vector<uint64_t>& own,
                          std::vector<Candidate>* alike);
  // Whether the article may join the candidate's story, by time and likeness of the story's first.
  absl::StatusOr<bool> IsWithinReach(const storage::LiveCopy& wanted,
                                     const std::vector<uint64_t>& own, const Candidate& candidate,
                                     const std::optional<storage::DocRef>& old);
  // Whether no rival in the story of `nearest` is nearer to that.
  absl::StatusOr<bool> HasRoom(const Candidate& nearest, const std::vector<Candidate>& alike);
  // 0 when it tells a new one.
  absl::StatusOr<storage::StoryName> FindStory(const v1::Article& article,
                                               const storage::LiveCopy& wanted,
                                               const std::optional<storage::DocRef>& old);

  storage::LiveDatabase& database_;
  copies::ShingleReader reader_;
  bool loaded_ = false;
  copies::BandIndex index_;  // of the documents of live
  std::unordered_map<uint32_t, Known> known_;
  std::unordered_map<storage::StoryName, Dated> firsts_;  // the documents of live that name one
};

}  // namespace broadsheet::indexing
