// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/live/story_finder.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <tuple>
#include <utility>

#include "absl/time/time.h"
#include "engine/copies/sketch.h"
#include "engine/copies/window.h"
#include "engine/schema/article.h"
#include "engine/schema/field_values.h"
#include "engine/schema/terms.h"
#include "engine/storage/columns/article_columns.h"
#include "engine/text/fold.h"

namespace broadsheet::indexing {
namespace {

using copies::Neighbour;
using copies::Sources;
using storage::DocRef;
using storage::LiveCopy;
using storage::Segment;
using storage::StoryName;

bool IsNear(int64_t a, int64_t b) { return std::abs(a - b) <= copies::kWindowSeconds; }

// The first docid of base, newest first, for which `is_behind` is true; one behind the last if
// none.
template <typename Predicate>
uint32_t FirstDocid(uint32_t count, Predicate is_behind) {
  uint32_t first = 1;
  for (uint32_t end = count + 1; first < end;) {
    const uint32_t middle = first + (end - first) / 2;
    if (is_behind(middle)) {
      end = middle;
    } else {
      first = middle + 1;
    }
  }
  return first;
}

std::string FoldedSourceOf(const v1::Article& article) {
  std::string folded;
  schema::ForEachValue(
      article, schema::FieldId::kSource,
      [&](int /*index*/, const std::string& value) { folded = text::FoldValue(value); });
  return folded;
}

std::string FoldedSourceIn(const std::string& columns_slot) {
  const std::optional<storage::ArticleColumns> columns = storage::DecodeColumns(columns_slot);
  if (!columns.has_value()) return "";
  for (const std::string& value : columns->values) {
    const storage::FieldValue field = storage::DecodeValue(value);
    if (field.field == schema::FieldId::kSource) return std::string(field.folded);
  }
  return "";
}

}  // namespace

absl::Status StoryFinder::Load() {
  if (loaded_) return absl::OkStatus();
  const absl::StatusOr<std::vector<LiveCopy>> copies = database_.ReadCopies();
  if (!copies.ok()) return copies.status();
  index_ = copies::BandIndex();
  known_.clear();
  firsts_.clear();
  for (const LiveCopy& copy : *copies) Add(copy);
  loaded_ = true;
  return absl::OkStatus();
}

void StoryFinder::Add(const LiveCopy& copy) {
  const uint64_t number = index_.Add({.docid = copy.docid, .seconds = copy.seconds}, copy.sketch);
  known_[copy.docid] = {.number = number, .story = copy.story, .names_story = copy.names_story};
  if (!copy.names_story) return;
  firsts_[copy.story] = {.doc = {.segment = Segment::kLive, .docid = copy.docid},
                         .seconds = copy.seconds};
}

void StoryFinder::Remove(uint32_t docid) {
  const auto found = known_.find(docid);
  if (found == known_.end()) return;
  index_.Remove(found->second.number);
  if (found->second.names_story) firsts_.erase(found->second.story);
  known_.erase(found);
}

void StoryFinder::Changed(const std::optional<DocRef>& old, const std::optional<LiveCopy>& copy) {
  if (!loaded_) return;
  if (old.has_value() && old->segment == Segment::kLive) Remove(old->docid);
  if (copy.has_value()) Add(*copy);
}

std::optional<StoryFinder::Dated> StoryFinder::FirstOf(StoryName story,
                                                       const std::optional<DocRef>& old) const {
  std::optional<Dated> first;
  if (const uint32_t docid = storage::BaseDocidOf(story); docid != 0) {
    if (database_.IsSupersededInBase(docid)) return std::nullopt;
    first = {.doc = {.segment = Segment::kBase, .docid = docid},
             .seconds = database_.generation().columns().rows().DateOf(docid).seconds};
  } else if (const auto found = firsts_.find(story); found != firsts_.end()) {
    first = found->second;
  }
  if (first.has_value() && first->doc == old) return std::nullopt;
  return first;
}

void StoryFinder::AddFromBase(const LiveCopy& wanted, const std::optional<DocRef>& old,
                              std::vector<Candidate>* candidates) const {
  const storage::Generation& generation = database_.generation();
  const storage::CopyTable& copies = generation.copies();
  const storage::ValueRows& rows = generation.columns().rows();
  const auto behind = [&](int64_t seconds) {
    return FirstDocid(rows.count(), [&](uint32_t docid) {
      const storage::StatedDate date = rows.DateOf(docid);
      return !date.dated() || date.seconds <= seconds;
    });
  };
  const uint32_t end = behind(wanted.seconds - copies::kWindowSeconds - 1);
  for (uint32_t docid = behind(wanted.seconds + copies::kWindowSeconds); docid < end; ++docid) {
    if (!storage::ShareBand(wanted.sketch, copies.SketchOf(docid))) continue;
    const DocRef doc{.segment = Segment::kBase, .docid = docid};
    if (old == doc || database_.IsSupersededInBase(docid)) continue;
    candidates->push_back({.article = {.doc = doc, .seconds = rows.DateOf(docid).seconds},
                           .story = copies.StoryOf(docid)});
  }
}

void StoryFinder::AddFromLive(const LiveCopy& wanted, const std::optional<DocRef>& old,
                              std::vector<Candidate>* candidates) {
  index_.ForEachAlike(wanted.sketch, [&](const copies::BandIndex::Article& alike) {
    const DocRef doc{.segment = Segment::kLive, .docid = alike.docid};
    if (old == doc || !IsNear(alike.seconds, wanted.seconds)) return;
    candidates->push_back(
        {.article = {.doc = doc, .seconds = alike.seconds}, .story = known_.at(alike.docid).story});
  });
}

std::vector<StoryFinder::Candidate> StoryFinder::FindAlike(const LiveCopy& wanted,
                                                           const std::optional<DocRef>& old) {
  std::vector<Candidate> all;
  AddFromBase(wanted, old, &all);
  AddFromLive(wanted, old, &all);
  std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
    return std::tie(a.article.seconds, a.article.doc.segment, a.article.doc.docid) <
           std::tie(b.article.seconds, b.article.doc.segment, b.article.doc.docid);
  });
  std::unordered_map<StoryName, size_t> counts;
  std::vector<Candidate> alike;
  std::copy_if(all.begin(), all.end(), std::back_inserter(alike), [&](const Candidate& candidate) {
    return ++counts[candidate.story] <= copies::kMostCompared;
  });
  return alike;
}

absl::StatusOr<std::vector<uint64_t>> StoryFinder::ReadShingles(DocRef doc) {
  std::string body;
  if (absl::Status read = database_.ReadBody(doc, &body); !read.ok()) return read;
  return reader_.ReadSet(body);
}

absl::StatusOr<Sources> StoryFinder::CompareSources(const std::string& folded, DocRef doc) {
  std::string other;
  if (doc.segment == Segment::kBase) {
    other = database_.generation().columns().SourceOf(doc.docid).folded;
  } else {
    const absl::StatusOr<std::string> slot = database_.ReadSlot(doc.docid, schema::Slot::kColumns);
    if (!slot.ok()) return slot.status();
    other = FoldedSourceIn(*slot);
  }
  return other == folded ? Sources::kSame : Sources::kDifferent;
}

absl::Status StoryFinder::CompareAll(const v1::Article& article, const std::vector<uint64_t>& own,
                                     std::vector<Candidate>* alike) {
  const std::string source = FoldedSourceOf(article);
  for (Candidate& candidate : *alike) {
    const absl::StatusOr<std::vector<uint64_t>> theirs = ReadShingles(candidate.article.doc);
    if (!theirs.ok()) return theirs.status();
    const absl::StatusOr<Sources> sources = CompareSources(source, candidate.article.doc);
    if (!sources.ok()) return sources.status();
    candidate.neighbour = {.likeness = copies::Compare(own, *theirs), .sources = *sources};
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> StoryFinder::IsWithinReach(const LiveCopy& wanted,
                                                const std::vector<uint64_t>& own,
                                                const Candidate& candidate,
                                                const std::optional<DocRef>& old) {
  const std::optional<Dated> first = FirstOf(candidate.story, old);
  if (!first.has_value() || first->doc == candidate.article.doc) return true;
  if (!IsNear(first->seconds, wanted.seconds)) return false;
  const absl::StatusOr<std::vector<uint64_t>> theirs = ReadShingles(first->doc);
  if (!theirs.ok()) return theirs.status();
  return copies::Compare(own, *theirs).resemblance() >= copies::kLeastResemblanceToFirst;
}

absl::StatusOr<bool> StoryFinder::HasRoom(const Candidate& nearest,
                                          const std::vector<Candidate>& alike) {
  if (nearest.neighbour.sources == Sources::kSame) return true;
  const absl::StatusOr<std::vector<uint64_t>> near = ReadShingles(nearest.article.doc);
  if (!near.ok()) return near.status();
  for (const Candidate& rival : alike) {
    if (rival.story != nearest.story || !copies::IsRival(rival.neighbour)) continue;
    const absl::StatusOr<std::vector<uint64_t>> theirs = ReadShingles(rival.article.doc);
    if (!theirs.ok()) return theirs.status();
    if (copies::LeavesNoRoom(copies::Compare(*near, *theirs), nearest.neighbour.likeness)) {
      return false;
    }
  }
  return true;
}

absl::StatusOr<StoryName> StoryFinder::FindStory(const v1::Article& article, const LiveCopy& wanted,
                                                 const std::optional<DocRef>& old) {
  std::vector<Candidate> alike = FindAlike(wanted, old);
  if (alike.empty()) return 0;
  const std::vector<uint64_t> own = reader_.ReadSet(article.body());
  if (absl::Status status = CompareAll(article, own, &alike); !status.ok()) return status;
  std::vector<const Candidate*> within_reach;
  std::vector<Neighbour> neighbours;
  for (const Candidate& candidate : alike) {
    const auto& [likeness, sources] = candidate.neighbour;
    if (!copies::AreCopies(likeness, sources)) continue;
    const absl::StatusOr<bool> within = IsWithinReach(wanted, own, candidate, old);
    if (!within.ok()) return within.status();
    if (!*within) continue;
    within_reach.push_back(&candidate);
    neighbours.push_back(candidate.neighbour);
  }
  const std::optional<size_t> nearest = copies::FindNearest(neighbours);
  if (!nearest.has_value()) return 0;
  const absl::StatusOr<bool> has_room = HasRoom(*within_reach[*nearest], alike);
  if (!has_room.ok()) return has_room.status();
  return *has_room ? within_reach[*nearest]->story : 0;
}

absl::StatusOr<std::optional<LiveCopy>> StoryFinder::Find(const v1::Article& article,
                                                          const std::optional<DocRef>& old) {
  if (!article.has_published_time() || !schema::IsReleased(article, absl::InfiniteFuture())) {
    return std::nullopt;
  }
  LiveCopy copy{.sketch = copies::SketchOf(reader_.Read(article.body())),
                .seconds = article.published_time().seconds()};
  if (storage::IsBlank(copy.sketch)) return std::nullopt;
  if (absl::Status status = Load(); !status.ok()) return status;
  const absl::StatusOr<StoryName> story = FindStory(article, copy, old);
  if (!story.ok()) return story.status();
  const StoryName own_name = storage::NameInLive(article.id(), copy.sketch);
  copy.story = *story == 0 ? own_name : *story;
  copy.names_story = copy.story == own_name;
  return copy;
}

}  // namespace broadsheet::indexing
