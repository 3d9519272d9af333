// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live/snapshot.h"

#include <cmath>
#include <cstring>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/schema/error.h"
#include "engine/schema/index_fault.h"
#include "engine/schema/terms.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/live/id_lookup.h"
#include "engine/storage/live/live_stamp.h"
#include "engine/storage/live/tombstone.h"
#include "engine/xapian/glass_root.h"
#include "engine/xapian/guard.h"

namespace broadsheet::storage {
namespace {

// For Frequencies(): the share of live that makes no difference, and the growth that does.
constexpr double kFewInLive = 0.1;
constexpr double kCountAgain = 0.25;

// The documents of `database` with one of these ids.
absl::StatusOr<std::vector<uint32_t>> FindDocids(const Xapian::Database& database,
                                                 const Takedowns& takedowns,
                                                 const ArticleReader& read) {
  std::vector<uint32_t> docids;
  for (const std::string& id : takedowns.ids()) {
    const absl::StatusOr<FoundArticle> found = FindArticle(database, id, read);
    if (found.ok()) docids.push_back(found->docid);
    if (!found.ok() && !absl::IsNotFound(found.status())) return found.status();
  }
  return docids;
}

// Nobody has written to the folder, and still it has such blocks.
absl::Status NewerBlocks(const std::filesystem::path& folder) {
  return schema::FaultError(
      absl::StatusCode::kDataLoss,
      {.reason = schema::FaultReason::kGenerationDamaged,
       .index = Layout::OfGeneration(folder).root().string()},
      absl::StrFormat("generation %s is damaged: a database in it has blocks that are newer than "
                      "its root, and nobody is writing to it",
                      folder.string()));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Snapshot>> Snapshot::Open(
    std::shared_ptr<const Generation> generation, const Snapshot* before) {
  std::unique_ptr<Snapshot> snapshot(new Snapshot());
  snapshot->generation_ = std::move(generation);
  const std::filesystem::path& folder = snapshot->generation_->folder();
  if (before != nullptr && before->generation_ != snapshot->generation_) before = nullptr;
  if (before != nullptr) snapshot->counted_both_ = before->counted_both_;
  absl::Status opened =
      xapian::Guard(absl::StrFormat("cannot open generation %s", folder.string()), [&] {
        absl::Status databases = snapshot->OpenDatabases(folder, before);
        if (!databases.ok()) return databases;
        // Xapian opens each table at the root block that its revision names, without checking that
        // the block still belongs to that revision. It checks only later.
        if (ReadLiveStamp(folder) != snapshot->stamp_) {
          return absl::AbortedError("live/ was written to while it was opened");
        }
        snapshot->FindWithheld();
        if (absl::Status status = snapshot->TakeDown(before); !status.ok()) return status;
        snapshot->Identify();
        return absl::OkStatus();
      });
  if (!opened.ok()) return snapshot->AsOvertaken(opened);
  return snapshot;
}

absl::Status Snapshot::OpenDatabases(const std::filesystem::path& folder, const Snapshot* before) {
  // The stamp is read before opening, so the next IsLatest notices a commit between the two.
  stamp_ = ReadLiveStamp(folder);
  base_ = before != nullptr ? before->base_ : Xapian::Database((folder / kBaseName).string());
  both_ = base_;
  if (!stamp_.exists() && !LiveExists(folder)) return absl::OkStatus();
  if (absl::Status root = xapian::CheckGlassRoot(folder / kLiveName); !root.ok()) return root;
  live_ = Xapian::Database((folder / kLiveName).string());
  const Xapian::docid last = base_.get_lastdocid();
  const Xapian::TermIterator end = live_.metadata_keys_end(std::string(kTombstonePrefix));
  for (auto key = live_.metadata_keys_begin(std::string(kTombstonePrefix)); key != end; ++key) {
    const uint32_t docid = DocidOfTombstone(*key);
    // A tombstone of a document that this base does not have supersedes nothing.
    if (docid != 0 && docid <= last) Supersede(superseded_base_, docid, last);
  }
  tombstones_ = superseded_;
  has_live_ = live_.get_doccount() > 0;
  if (!has_live_) return absl::OkStatus();
  // Both handles share live's revision.
  both_ = Xapian::Database();
  both_.add_database(base_);
  both_.add_database(live_);
  return absl::OkStatus();
}

void Snapshot::FindWithheld() {
  has_withheld_ = both_.term_exists(std::string(schema::kWithheldTerm));
  last_embargo_ = both_.get_value_upper_bound(schema::SlotNumber(schema::Slot::kEmbargo));
}

void Snapshot::Identify() {
  identity_ = generation_->manifest().ref.build_id;
  for (const base::FileStamp& stamp :
       {stamp_, taken_down_->stamp.lines, taken_down_->stamp.record}) {
    absl::StrAppendFormat(&identity_, " %x.%x.%x", stamp.inode, stamp.bytes, stamp.changed_ns);
  }
}

void Snapshot::Restrict(std::string_view licence, PermittedDocuments permitted) {
  permitted_ = std::move(permitted);
  absl::StrAppendFormat(&identity_, " only %s", std::string(licence));
}

absl::Time Snapshot::NextEmbargoEnd(absl::Time now) {
  const std::string begun = schema::EncodeSeconds(absl::ToUnixSeconds(now));
  if (last_embargo_ <= begun) return absl::InfiniteFuture();
  if (next_embargo_.first <= now && now < next_embargo_.second) return next_embargo_.second;
  const Xapian::valueno slot = schema::SlotNumber(schema::Slot::kEmbargo);
  std::string next = last_embargo_;
  const Xapian::ValueIterator end = both_.valuestream_end(slot);
  for (Xapian::ValueIterator value = both_.valuestream_begin(slot); value != end; ++value) {
    const std::string embargo = *value;
    if (embargo > begun && embargo < next) next = embargo;
  }
  next_embargo_ = {now, absl::FromUnixSeconds(schema::DecodeSeconds(next))};
  return next_embargo_.second;
}

absl::Status Snapshot::TakeDown(const Snapshot* before) {
  const Layout layout = generation_->layout();
  const TakedownsStamp stamp = ReadTakedownsStamp(layout);
  if (before != nullptr && before->taken_down_->stamp == stamp) {
    taken_down_ = before->taken_down_;
  } else {
    auto list = Takedowns::Read(layout);
    if (!list.ok()) return list.status();
    auto docids = FindDocids(base_, **list, [this](uint32_t docid) {
      return ReadCardArticle({.segment = Segment::kBase, .docid = docid});
    });
    if (!docids.ok()) return docids.status();
    taken_down_ = std::make_shared<TakenDown>(
        TakenDown{.stamp = stamp, .list = *std::move(list), .base_docids = *std::move(docids)});
  }
  for (const uint32_t docid : taken_down_->base_docids) {
    Supersede(superseded_base_, docid, base_.get_lastdocid());
  }
  if (!has_live_) return absl::OkStatus();
  // Not cached, since live/ changes with each commit; it has few documents.
  const auto docids = FindDocids(live_, *taken_down_->list,
                                 [this](uint32_t docid) { return ReadLiveArticle(live_, docid); });
  if (!docids.ok()) return docids.status();
  for (const uint32_t docid : *docids) Supersede(superseded_live_, docid, live_.get_lastdocid());
  return absl::OkStatus();
}

void Snapshot::Supersede(std::vector<bool>& segment, uint32_t docid, uint32_t last_docid) {
  segment.resize(last_docid + 1);
  if (!segment[docid]) ++superseded_;
  segment[docid] = true;
}

absl::Status Snapshot::AsOvertaken(const absl::Status& status) const {
  const bool fault = absl::IsDataLoss(status) || absl::IsInternal(status);
  // Xapian's advice to reopen: a block is newer than the database.
  const bool newer = absl::IsAborted(status) && schema::ErrorReason(status).empty();
  if (!fault && !newer) return status;
  if (ReadLiveStamp(generation_->folder()) == stamp_) {
    return fault ? status : NewerBlocks(generation_->folder());
  }
  return schema::WithFaultsOf(
      status, absl::AbortedError(absl::StrFormat("live/ was written to meanwhile: %s",
                                                 std::string(status.message()))));
}

bool Snapshot::IsLatest() const {
  return ReadLiveStamp(generation_->folder()) == stamp_ &&
         ReadTakedownsStamp(generation_->layout()) == taken_down_->stamp;
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
  return generation_->manifest().articles - superseded_ + live;
}

std::shared_ptr<const DocumentFrequencies> Snapshot::Frequencies() {
  const double documents = both_.get_doccount();
  const double live = has_live_ ? live_.get_doccount() : 0;
  if (live <= kFewInLive * documents) return generation_->Frequencies(base_);
  const double counted = counted_both_ == nullptr ? 0 : counted_both_->documents;
  if (std::abs(documents - counted) > kCountAgain * counted) {
    counted_both_ = std::make_shared<CountedBoth>(
        CountedBoth{.frequencies = DocumentFrequencies(both_, generation_->manifest().token_seed),
                    .documents = both_.get_doccount()});
  }
  return {counted_both_, &counted_both_->frequencies};
}

TokenRun Snapshot::ReadTokens(DocRef doc) {
  if (doc.segment == Segment::kBase) return generation_->tokens().run(doc.docid);
  const std::string value =
      live_.get_document(doc.docid).get_value(schema::SlotNumber(schema::Slot::kTokens));
  live_run_.resize(value.size() / sizeof(uint32_t));
  // An article without text has an empty run, and memcpy must not get a null pointer, even for 0
  // bytes.
  if (!live_run_.empty()) {
    std::memcpy(live_run_.data(), value.data(), live_run_.size() * sizeof(uint32_t));
  }
  return ReadRun(live_run_, generation_->tokens().words());
}

const Stories& Snapshot::CopyStories() {
  if (stories_ == nullptr) {
    stories_ = std::make_unique<Stories>(generation_->copies(), has_live_ ? &live_ : nullptr);
  }
  return *stories_;
}

absl::StatusOr<v1::Article> Snapshot::ReadArticle(DocRef doc) const {
  if (doc.segment == Segment::kBase) return generation_->articles().Read(doc.docid);
  return xapian::Guard("cannot read an article of live/",
                       [&] { return ReadLiveArticle(live_, doc.docid); });
}

absl::Status Snapshot::ReadCard(DocRef doc, std::string* card) const {
  if (doc.segment == Segment::kBase) return generation_->articles().ReadCard(doc.docid, card);
  return ReadLivePart(doc.docid, [card](SplitArticle&& split) { *card = std::move(split.card); });
}

absl::Status Snapshot::ReadBody(DocRef doc, std::string* body) const {
  if (doc.segment == Segment::kBase) return generation_->articles().ReadBody(doc.docid, body);
  return ReadLivePart(doc.docid, [body](SplitArticle&& split) { *body = split.body; });
}

absl::Status Snapshot::ReadLivePart(uint32_t docid,
                                    absl::FunctionRef<void(SplitArticle&&)> take) const {
  return xapian::Guard("cannot read an article of live/", [&] {
    const std::string data = live_.get_document(docid).get_data();
    std::optional<SplitArticle> split = SplitBody(data);
    if (!split) return DamagedLiveArticle(docid);
    take(*std::move(split));
    return absl::OkStatus();
  });
}

absl::StatusOr<v1::Article> Snapshot::ReadCardArticle(DocRef doc) const {
  std::string card;
  if (absl::Status status = ReadCard(doc, &card); !status.ok()) return status;
  return ParseCard(card, absl::StrFormat("article %d", doc.docid));
}

absl::StatusOr<DocRef> Snapshot::FindId(std::string_view id) const {
  if (has_live_) {
    absl::StatusOr<DocRef> found = FindIdIn(Segment::kLive, id);
    if (!absl::IsNotFound(found.status())) return found;
  }
  return FindIdIn(Segment::kBase, id);
}

std::optional<Deletion> Snapshot::FindDeletion(std::string_view id) const {
  if (!stamp_.exists()) return std::nullopt;
  return DecodeDeletion(live_.get_metadata(DeletionKey(id)));
}

std::vector<Deletion> Snapshot::ReadDeletions() const {
  std::vector<Deletion> deletions;
  if (!stamp_.exists()) return deletions;
  const std::string prefix(kDeletionPrefix);
  for (auto key = live_.metadata_keys_begin(prefix); key != live_.metadata_keys_end(prefix);
       ++key) {
    std::optional<Deletion> deletion = DecodeDeletion(live_.get_metadata(*key));
    if (deletion) deletions.push_back(*std::move(deletion));
  }
  return deletions;
}

absl::StatusOr<DocRef> Snapshot::FindIdIn(Segment segment, std::string_view id) const {
  const ArticleReader read = [&](uint32_t docid) -> absl::StatusOr<v1::Article> {
    const DocRef doc{.segment = segment, .docid = docid};
    if (IsBarred(doc)) return absl::NotFoundError("replaced, deleted, taken down or not permitted");
    return ReadCardArticle(doc);
  };
  return xapian::Guard("cannot look up an article by its id", [&]() -> absl::StatusOr<DocRef> {
    const absl::StatusOr<FoundArticle> found =
        FindArticle(segment == Segment::kBase ? base_ : live_, id, read);
    if (!found.ok()) return found.status();
    return DocRef{.segment = segment, .docid = found->docid};
  });
}

}  // namespace broadsheet::storage
