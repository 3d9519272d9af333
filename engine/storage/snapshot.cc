// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/snapshot.h"

#include <algorithm>
#include <cstring>
#include <system_error>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/schema/terms.h"
#include "engine/storage/guard.h"
#include "engine/storage/tombstone.h"

namespace broadsheet::storage {
namespace {

// Present in every glass database.
constexpr std::string_view kGlassName = "iamglass";

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

absl::StatusOr<v1::Article> ParseLive(const std::string& data, uint32_t docid) {
  v1::Article article;
  if (!article.ParseFromString(data)) {
    return absl::DataLossError(absl::StrFormat("article %d of live/ is damaged", docid));
  }
  return article;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Snapshot>> Snapshot::Open(
    std::shared_ptr<const Generation> generation) {
  std::unique_ptr<Snapshot> snapshot(new Snapshot());
  const std::filesystem::path& folder = generation->folder();
  const std::string action = absl::StrFormat("cannot open generation %s", folder.string());
  absl::Status status = Guard(action, [&] {
    snapshot->base_ = Xapian::Database((folder / kBaseName).string());
    snapshot->both_ = snapshot->base_;
    const std::filesystem::path live = folder / kLiveName;
    std::error_code ignored;
    if (!std::filesystem::exists(live / kGlassName, ignored)) return;
    snapshot->live_ = Xapian::Database(live.string());
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
  return Guard("cannot read an article of live/", [&]() -> absl::StatusOr<v1::Article> {
    return ParseLive(live_.get_document(doc.docid).get_data(), doc.docid);
  });
}

absl::StatusOr<DocRef> Snapshot::FindId(std::string_view id) const {
  if (has_live_) {
    absl::StatusOr<DocRef> found = FindIdIn(Segment::kLive, id);
    if (!absl::IsNotFound(found.status())) return found;
  }
  return FindIdIn(Segment::kBase, id);
}

absl::StatusOr<DocRef> Snapshot::FindIdIn(Segment segment, std::string_view id) const {
  const Xapian::Database& database = segment == Segment::kBase ? base_ : live_;
  const std::string term = schema::IdTerm(id);
  return Guard("cannot look up an article by its id", [&]() -> absl::StatusOr<DocRef> {
    for (auto docid = database.postlist_begin(term); docid != database.postlist_end(term);
         ++docid) {
      const DocRef doc{.segment = segment, .docid = *docid};
      if (segment == Segment::kBase && IsTombstoned(doc.docid)) continue;
      const absl::StatusOr<v1::Article> article = ReadArticle(doc);
      if (!article.ok()) return article.status();
      // The term of a long id is a hash.
      if (article->id() == id) return doc;
    }
    return absl::NotFoundError(
        absl::StrFormat("there is no article with id \"%s\"", std::string(id)));
  });
}

}  // namespace broadsheet::storage
