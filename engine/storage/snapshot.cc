// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/snapshot.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/schema/terms.h"
#include "engine/storage/guard.h"
#include "engine/storage/id_lookup.h"
#include "engine/storage/tombstone.h"

namespace broadsheet::storage {
namespace {

std::vector<bool> ReadTombstones(const Xapian::Database& live, Xapian::docid last_base_docid) {
  std::vector<bool> tombstones;
  const Xapian::TermIterator end = live.metadata_keys_end(std::string(kTombstonePrefix));
  for (auto key = live.metadata_keys_begin(std::string(kTombstonePrefix)); key != end; ++key) {
    const uint32_t docid = DocidOfTombstone(*key);
    // Of no document of this base: nothing to hide.
    if (docid == 0 || docid > last_base_docid) continue;
    tombstones.resize(last_base_docid + 1);
    tombstones[docid] = true;
  }
  return tombstones;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Snapshot>> Snapshot::Open(
    std::shared_ptr<const Generation> generation, const Snapshot* before) {
  std::unique_ptr<Snapshot> snapshot(new Snapshot());
  const std::filesystem::path& folder = generation->folder();
  const std::string action = absl::StrFormat("cannot open generation %s", folder.string());
  // Before opening: a commit between the two is noticed by the next look.
  snapshot->stamp_ = ReadLiveStamp(folder);
  absl::Status status = Guard(action, [&] {
    snapshot->base_ = before != nullptr && before->generation_ == generation
                          ? before->base_
                          : Xapian::Database((folder / kBaseName).string());
    snapshot->both_ = snapshot->base_;
    if (!snapshot->stamp_.exists()) return;
    snapshot->live_ = Xapian::Database((folder / kLiveName).string());
    snapshot->tombstones_ = ReadTombstones(snapshot->live_, snapshot->base_.get_lastdocid());
    snapshot->has_live_ = snapshot->live_.get_doccount() > 0;
    if (!snapshot->has_live_) return;
    // Both handles share live's revision.
    snapshot->both_ = Xapian::Database();
    snapshot->both_.add_database(snapshot->base_);
    snapshot->both_.add_database(snapshot->live_);
  });
  if (!status.ok()) return status;
  snapshot->hidden_ = static_cast<uint64_t>(
      std::count(snapshot->tombstones_.begin(), snapshot->tombstones_.end(), true));
  snapshot->generation_ = std::move(generation);
  return snapshot;
}

bool Snapshot::IsLatest() const { return ReadLiveStamp(generation_->folder()) == stamp_; }

DocRef Snapshot::FromBoth(uint32_t docid) const {
  if (!has_live_) return {.segment = Segment::kBase, .docid = docid};
  // Xapian interleaves: docid d of database s of two is (d - 1) * 2 + s + 1.
  const uint32_t zero_based = docid - 1;
  return {.segment = zero_based % 2 == 0 ? Segment::kBase : Segment::kLive,
          .docid = zero_based / 2 + 1};
}

uint64_t Snapshot::article_count() const {
  const uint64_t live = has_live_ ? live_.get_doccount() : 0;
  return generation_->manifest().articles - hidden_ + live;
}

TokenRun Snapshot::ReadTokens(DocRef doc) {
  if (doc.segment == Segment::kBase) return generation_->tokens().run(doc.docid);
  const std::string value =
      live_.get_document(doc.docid).get_value(schema::SlotNumber(schema::Slot::kTokens));
  live_run_.resize(value.size() / sizeof(uint32_t));
  // An article without text has none, and memcpy takes no null pointer, not even for nothing.
  if (!live_run_.empty()) {
    std::memcpy(live_run_.data(), value.data(), live_run_.size() * sizeof(uint32_t));
  }
  return live_run_;
}

absl::StatusOr<v1::Article> Snapshot::ReadArticle(DocRef doc) const {
  if (doc.segment == Segment::kBase) return generation_->articles().Read(doc.docid);
  return Guard("cannot read an article of live/",
               [&] { return ReadLiveArticle(live_, doc.docid); });
}

absl::StatusOr<DocRef> Snapshot::FindId(std::string_view id) const {
  if (has_live_) {
    absl::StatusOr<DocRef> found = FindIdIn(Segment::kLive, id);
    if (!absl::IsNotFound(found.status())) return found;
  }
  return FindIdIn(Segment::kBase, id);
}

absl::StatusOr<DocRef> Snapshot::FindIdIn(Segment segment, std::string_view id) const {
  const ArticleReader read = [&](uint32_t docid) -> absl::StatusOr<v1::Article> {
    if (segment == Segment::kBase && IsTombstoned(docid)) return absl::NotFoundError("replaced");
    return ReadArticle({.segment = segment, .docid = docid});
  };
  return Guard("cannot look up an article by its id", [&]() -> absl::StatusOr<DocRef> {
    const absl::StatusOr<FoundArticle> found =
        FindArticle(segment == Segment::kBase ? base_ : live_, id, read);
    if (!found.ok()) return found.status();
    return DocRef{.segment = segment, .docid = found->docid};
  });
}

}  // namespace broadsheet::storage
