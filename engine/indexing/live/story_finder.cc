// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/live/story_finder.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "absl/time/time.h"
#include "engine/copies/sketch.h"
#include "engine/copies/window.h"
#include "engine/schema/article.h"
#include "engine/schema/field_values.h"
#include "engine/schema/terms.h"
#include "engine/storage/base/token_run.h"
#include "engine/storage/columns/article_columns.h"
#include "engine/text/fold.h"

namespace broadsheet::indexing {
namespace {

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

StoryFinder::StoryFinder(storage::LiveDatabase& database)
    : database_(database), reader_(database.generation().manifest().token_seed) {}

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
  if (copy.names_story) firsts_[copy.story] = copy.docid;
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

bool StoryFinder::HasLostItsFirst(StoryName story, const std::optional<DocRef>& old) const {
  const uint32_t base = storage::BaseDocidOf(story);
  if (base != 0) {
    return database_.IsSupersededInBase(base) ||
           old == DocRef{.segment = Segment::kBase, .docid = base};
  }
  const auto first = firsts_.find(story);
  return first == firsts_.end() || old == DocRef{.segment = Segment::kLive, .docid = first->second};
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
    const StoryName story = copies.StoryOf(docid);
    if (story != docid && !HasLostItsFirst(story, old)) continue;
    candidates->push_back({.doc = doc, .story = story, .seconds = rows.DateOf(docid).seconds});
  }
}

void StoryFinder::AddFromLive(const LiveCopy& wanted, const std::optional<DocRef>& old,
                              std::vector<Candidate>* candidates) {
  index_.ForEachAlike(wanted.sketch, [&](const copies::BandIndex::Story& alike) {
    const DocRef doc{.segment = Segment::kLive, .docid = alike.docid};
    if (old == doc || !IsNear(alike.seconds, wanted.seconds)) return;
    const Known& known = known_.at(alike.docid);
    if (!known.names_story && !HasLostItsFirst(known.story, old)) return;
    candidates->push_back({.doc = doc, .story = known.story, .seconds = alike.seconds});
  });
}

absl::StatusOr<copies::Likeness> StoryFinder::Compare(const std::vector<uint64_t>& own,
                                                      DocRef doc) {
  const storage::TokenFile& tokens = database_.generation().tokens();
  if (doc.segment == Segment::kBase) {
    return copies::Compare(own, reader_.ReadSet(tokens.run(doc.docid)));
  }
  const absl::StatusOr<std::string> value = database_.ReadSlot(doc.docid, schema::Slot::kTokens);
  if (!value.ok()) return value.status();
  std::vector<uint32_t> units(value->size() / sizeof(uint32_t));
  if (!units.empty()) std::memcpy(units.data(), value->data(), units.size() * sizeof(uint32_t));
  return copies::Compare(own, reader_.ReadSet(storage::ReadRun(units, tokens.words())));
}

absl::StatusOr<copies::Sources> StoryFinder::CompareSources(const std::string& folded, DocRef doc) {
  std::string other;
  if (doc.segment == Segment::kBase) {
    other = database_.generation().columns().SourceOf(doc.docid).folded;
  } else {
    const absl::StatusOr<std::string> slot = database_.ReadSlot(doc.docid, schema::Slot::kColumns);
    if (!slot.ok()) return slot.status();
    other = FoldedSourceIn(*slot);
  }
  return other == folded ? copies::Sources::kSame : copies::Sources::kDifferent;
}

absl::StatusOr<std::optional<LiveCopy>> StoryFinder::Find(const v1::Article& article,
                                                          const storage::TokenRun& run,
                                                          const std::optional<DocRef>& old) {
  if (!article.has_published_time() || !schema::IsReleased(article, absl::InfiniteFuture())) {
    return std::nullopt;
  }
  LiveCopy copy{.sketch = copies::SketchOf(reader_.Read(run)),
                .seconds = article.published_time().seconds()};
  if (storage::IsBlank(copy.sketch)) return std::nullopt;
  if (absl::Status status = Load(); !status.ok()) return status;
  std::vector<Candidate> candidates;
  AddFromBase(copy, old, &candidates);
  AddFromLive(copy, old, &candidates);
  std::vector<uint64_t> own;
  if (!candidates.empty()) own = reader_.ReadSet(run);
  const std::string source = FoldedSourceOf(article);
  double most = 0;
  int64_t earliest = 0;
  for (const Candidate& candidate : candidates) {
    const absl::StatusOr<copies::Likeness> likeness = Compare(own, candidate.doc);
    if (!likeness.ok()) return likeness.status();
    const absl::StatusOr<copies::Sources> sources = CompareSources(source, candidate.doc);
    if (!sources.ok()) return sources.status();
    if (!copies::AreCopies(*likeness, *sources)) continue;
    // Of equals the first published.
    const double resemblance = likeness->resemblance();
    if (resemblance < most || (resemblance == most && candidate.seconds >= earliest)) continue;
    copy.story = candidate.story;
    most = resemblance;
    earliest = candidate.seconds;
  }
  if (copy.story == 0) copy.story = storage::NameInLive(article.id(), copy.sketch);
  copy.names_story = copy.story == storage::NameInLive(article.id(), copy.sketch);
  return copy;
}

}  // namespace broadsheet::indexing
