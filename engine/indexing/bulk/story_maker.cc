// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/bulk/story_maker.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/status/statusor.h"
#include "engine/copies/window.h"

namespace broadsheet::indexing {
namespace {

using copies::BandIndex;
using copies::Likeness;
using copies::Neighbour;
using copies::Sources;
using storage::CopyLink;
using storage::CopySketch;

constexpr uint64_t kBytesPerArticle = 700;
constexpr size_t kMostShinglesKept = size_t{1} << 20;  // 8 MB

}  // namespace

StoryMaker::StoryMaker(const storage::StoredArticles& articles, const storage::Columns& columns,
                       uint64_t memory_bytes)
    : articles_(articles),
      columns_(columns),
      most_remembered_(std::max<size_t>(1, memory_bytes / kBytesPerArticle)),
      leaders_(articles.count() + 1) {}

absl::StatusOr<StoryMaker::ShingleSet> StoryMaker::ReadShingles(uint32_t docid) {
  if (const auto found = kept_.find(docid); found != kept_.end()) return found->second;
  if (absl::Status read = articles_.ReadBody(docid, &body_); !read.ok()) return read;
  ShingleSet set = std::make_shared<const std::vector<uint64_t>>(reader_.ReadSet(body_));
  if (shingles_kept_ + set->size() > kMostShinglesKept) {
    kept_.clear();
    shingles_kept_ = 0;
  }
  if (set->size() > kMostShinglesKept) return set;
  shingles_kept_ += set->size();
  kept_.emplace(docid, set);
  return set;
}

Sources StoryMaker::CompareSources(uint32_t a, uint32_t b) const {
  return columns_.SourceOf(a).folded == columns_.SourceOf(b).folded ? Sources::kSame
                                                                    : Sources::kDifferent;
}

absl::Status StoryMaker::Place(uint32_t docid, const CopySketch& sketch) {
  while (index_.size() > 0 && index_.oldest().seconds < SecondsOf(docid) - copies::kWindowSeconds) {
    index_.ForgetOldest();
  }
  std::vector<Alike> alike = FindAlike(sketch);
  if (!alike.empty()) {
    const absl::StatusOr<ShingleSet> own = ReadShingles(docid);
    if (!own.ok()) return own.status();
    absl::Status status = CompareAll(docid, **own, &alike);
    if (status.ok()) status = JoinNearest(docid, **own, alike);
    if (!status.ok()) return status;
  }
  Remember(docid, sketch);
  return absl::OkStatus();
}

std::vector<StoryMaker::Alike> StoryMaker::FindAlike(const CopySketch& sketch) {
  std::vector<Alike> alike;
  index_.ForEachAlike(sketch, [&](const BandIndex::Article& article) {
    alike.push_back({.docid = article.docid});
  });
  // In which order the index finds them depends on which bands they share.
  std::sort(alike.begin(), alike.end(), [this](const Alike& a, const Alike& b) {
    return std::make_tuple(SecondsOf(a.docid), a.docid) <
           std::make_tuple(SecondsOf(b.docid), b.docid);
  });
  return alike;
}

absl::Status StoryMaker::CompareAll(uint32_t docid, const std::vector<uint64_t>& own,
                                    std::vector<Alike>* alike) {
  for (Alike& other : *alike) {
    const absl::StatusOr<ShingleSet> theirs = ReadShingles(other.docid);
    if (!theirs.ok()) return theirs.status();
    other.neighbour = {.likeness = copies::Compare(own, **theirs),
                       .sources = CompareSources(docid, other.docid)};
  }
  return absl::OkStatus();
}

absl::Status StoryMaker::JoinNearest(uint32_t docid, const std::vector<uint64_t>& own,
                                     const std::vector<Alike>& alike) {
  const absl::StatusOr<std::vector<Alike>> within_reach = WithinReach(docid, own, alike);
  if (!within_reach.ok()) return within_reach.status();
  std::vector<Neighbour> neighbours;
  for (const Alike& other : *within_reach) neighbours.push_back(other.neighbour);
  const std::optional<size_t> nearest = copies::FindNearest(neighbours);
  if (!nearest.has_value()) return absl::OkStatus();
  return Join(docid, (*within_reach)[*nearest], alike);
}

absl::StatusOr<std::vector<StoryMaker::Alike>> StoryMaker::WithinReach(
    uint32_t docid, const std::vector<uint64_t>& own, const std::vector<Alike>& alike) {
  std::unordered_map<uint32_t, double> resemblances;
  for (const Alike& other : alike) {
    resemblances[other.docid] = other.neighbour.likeness.resemblance();
  }
  std::vector<Alike> within_reach;
  for (const Alike& other : alike) {
    const uint32_t first = FirstOf(other.docid);
    if (!copies::AreCopies(other.neighbour.likeness, other.neighbour.sources)) continue;
    if (SecondsOf(first) < SecondsOf(docid) - copies::kWindowSeconds) continue;
    const auto [to_first, is_new] = resemblances.try_emplace(first, 0);
    if (is_new) {
      const absl::StatusOr<ShingleSet> theirs = ReadShingles(first);
      if (!theirs.ok()) return theirs.status();
      to_first->second = copies::Compare(own, **theirs).resemblance();
    }
    if (first != other.docid && to_first->second < copies::kLeastResemblanceToFirst) continue;
    within_reach.push_back(other);
  }
  return within_reach;
}

absl::StatusOr<std::optional<std::vector<uint32_t>>> StoryMaker::FindRivals(
    const Alike& nearest, const std::vector<Alike>& alike) {
  std::vector<uint32_t> rivals;
  if (nearest.neighbour.sources == Sources::kSame) return rivals;
  const absl::StatusOr<ShingleSet> near = ReadShingles(nearest.docid);
  if (!near.ok()) return near.status();
  for (const Alike& rival : alike) {
    if (FirstOf(rival.docid) != FirstOf(nearest.docid) || !copies::IsRival(rival.neighbour)) {
      continue;
    }
    const absl::StatusOr<ShingleSet> theirs = ReadShingles(rival.docid);
    if (!theirs.ok()) return theirs.status();
    if (copies::LeavesNoRoom(copies::Compare(**near, **theirs), nearest.neighbour.likeness)) {
      return std::nullopt;
    }
    rivals.push_back(rival.docid);
  }
  return rivals;
}

absl::Status StoryMaker::Join(uint32_t docid, const Alike& nearest,
                              const std::vector<Alike>& alike) {
  const absl::StatusOr<std::optional<std::vector<uint32_t>>> rivals = FindRivals(nearest, alike);
  if (!rivals.ok()) return rivals.status();
  if (!rivals->has_value()) return absl::OkStatus();
  const uint32_t first = FirstOf(nearest.docid);
  for (const uint32_t rival : **rivals) {
    // Who led the story keeps the others: the nearest leaves with the article.
    leaders_[rival == first ? nearest.docid : rival] = 0;
  }
  leaders_[docid] = FirstOf(nearest.docid);
  joined_.push_back(docid);
  return absl::OkStatus();
}

void StoryMaker::Remember(uint32_t docid, const CopySketch& sketch) {
  const uint32_t leader = leaders_[docid];
  if (leader != 0 && ++remembered_copies_[leader] >= copies::kMostCompared) return;
  while (index_.size() >= most_remembered_) index_.ForgetOldest();
  index_.Add({.docid = docid, .seconds = SecondsOf(docid)}, sketch);
}

std::vector<CopyLink> StoryMaker::MakeLinks() const {
  std::vector<CopyLink> links(leaders_.size());
  std::unordered_map<uint32_t, uint32_t> lasts;  // of the stories, by leader
  for (const uint32_t docid : joined_) {
    const uint32_t leader = leaders_[docid];
    if (leader == 0) continue;
    const auto [last, is_new] = lasts.try_emplace(leader, leader);
    links[leader].leader = leader;
    links[last->second].next = docid;
    links[docid].leader = leader;
    last->second = docid;
  }
  return links;
}

}  // namespace broadsheet::indexing
