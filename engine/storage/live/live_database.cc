// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live/live_database.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "engine/base/file_error.h"
#include "engine/base/file_writer.h"
#include "engine/base/folder_size.h"
#include "engine/storage/live/commit_hold.h"
#include "engine/storage/live/id_lookup.h"
#include "engine/storage/live/live_stamp.h"
#include "engine/storage/live/tombstone.h"
#include "engine/xapian/glass_root.h"
#include "engine/xapian/guard.h"

namespace broadsheet::storage {
namespace {

namespace fs = std::filesystem;

// Callers of the API get these messages, so they name no path.
constexpr std::string_view kCannotOpen = "cannot open live/ for writing";
constexpr std::string_view kCannotWrite = "cannot write to live/";

// Blocks are written anew instead of changed in place: a term costs one leaf block, and its share
// of the branch blocks.
constexpr uint64_t kBytesPerTerm = 2 * uint64_t{8192};
// Text is stored once as an article and once as terms and tokens; neighbouring chunks are written
// again.
constexpr uint64_t kBytesPerByte = 4;
constexpr uint64_t kRoomToSpare = 4 << 20;

}  // namespace

LiveDatabase::LiveDatabase(std::shared_ptr<const Generation> generation)
    : generation_(std::move(generation)), folder_(generation_->folder() / kLiveName) {}

absl::StatusOr<std::unique_ptr<LiveDatabase>> LiveDatabase::Open(
    std::shared_ptr<const Generation> generation, const IndexLock& /*lock*/) {
  std::unique_ptr<LiveDatabase> database(new LiveDatabase(std::move(generation)));
  absl::Status opened = xapian::Guard("cannot open base/", [&] {
    database->base_ = Xapian::Database((database->generation_->folder() / kBaseName).string());
  });
  if (opened.ok()) opened = database->OpenIfThere();
  if (!opened.ok()) return opened;
  return database;
}

absl::Status LiveDatabase::OpenIfThere() {
  if (live_.has_value()) return absl::OkStatus();
  if (!LiveExists(generation_->folder())) return absl::OkStatus();
  if (absl::Status root = xapian::CheckGlassRoot(folder_); !root.ok()) return root;
  return xapian::Guard(kCannotOpen, [&] { live_.emplace(folder_.string(), Xapian::DB_OPEN); });
}

// Makes the database under another name and renames it, so that a reader, or the next writer after
// a crash, finds a complete empty database or none.
absl::Status LiveDatabase::Create() {
  fs::path aside = folder_;
  aside += ".new";
  std::error_code error;
  fs::remove_all(aside, error);
  if (error) return base::FileError(error.value(), "cannot remove", aside);
  absl::Status made = xapian::Guard(kCannotOpen, [&] {
    Xapian::WritableDatabase(aside.string(), Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS).close();
  });
  if (!made.ok()) return made;
  if (absl::Status synced = base::SyncFolder(aside); !synced.ok()) return synced;
  fs::rename(aside, folder_, error);
  if (error) return base::FileError(error.value(), "cannot rename", aside);
  return base::SyncFolder(generation_->folder());
}

absl::Status LiveDatabase::OpenForChange() {
  if (!LiveExists(generation_->folder())) {
    if (absl::Status made = Create(); !made.ok()) return made;
  }
  if (absl::Status opened = OpenIfThere(); !opened.ok() || changed_) return opened;
  // In a transaction nothing is committed before Commit(), whatever XAPIAN_FLUSH_THRESHOLD says.
  absl::Status begun = xapian::Guard(kCannotWrite, [&] { live_->begin_transaction(); });
  changed_ = begun.ok();
  return begun;
}

template <typename Change>
absl::Status LiveDatabase::Apply(Change change) {
  absl::Status status = OpenForChange();
  if (status.ok()) status = xapian::Guard(kCannotWrite, change);
  if (!status.ok()) Drop();
  return status;
}

void LiveDatabase::Drop() {
  changed_ = false;
  pending_bytes_ = 0;
  pending_terms_ = 0;
  live_.reset();
}

void LiveDatabase::SupersedeInBase(uint32_t docid) {
  live_->set_metadata(TombstoneKey(docid), std::string(kTombstoneValue));
}

absl::StatusOr<LiveDatabase::Stored> LiveDatabase::Find(std::string_view id) {
  if (absl::Status opened = OpenIfThere(); !opened.ok()) return opened;
  return xapian::Guard("cannot look up an article by its id", [&]() -> absl::StatusOr<Stored> {
    if (live_.has_value()) {
      absl::StatusOr<FoundArticle> found =
          FindArticle(*live_, id, [&](uint32_t docid) { return ReadLiveArticle(*live_, docid); });
      if (found.ok()) return Stored{{Segment::kLive, found->docid}, std::move(found->article)};
      if (!absl::IsNotFound(found.status())) return found.status();
    }
    const ArticleReader read = [&](uint32_t docid) -> absl::StatusOr<v1::Article> {
      const bool superseded =
          live_.has_value() && !live_->get_metadata(TombstoneKey(docid)).empty();
      if (superseded) return absl::NotFoundError("replaced or removed");
      return generation_->articles().Read(docid);
    };
    absl::StatusOr<FoundArticle> found = FindArticle(base_, id, read);
    if (!found.ok()) return found.status();
    return Stored{{Segment::kBase, found->docid}, std::move(found->article)};
  });
}

absl::StatusOr<std::vector<LiveCopy>> LiveDatabase::ReadCopies() {
  if (absl::Status opened = OpenIfThere(); !opened.ok()) return opened;
  if (!live_.has_value()) return std::vector<LiveCopy>();
  return xapian::Guard(
      "cannot read the copies in live/",
      [&]() -> absl::StatusOr<std::vector<LiveCopy>> { return ReadLiveCopies(*live_); });
}

absl::Status LiveDatabase::ReadBody(DocRef doc, std::string* body) {
  if (doc.segment == Segment::kBase) return generation_->articles().ReadBody(doc.docid, body);
  if (absl::Status opened = OpenIfThere(); !opened.ok()) return opened;
  if (!live_.has_value()) return absl::NotFoundError("live/ is empty");
  return xapian::Guard("cannot read an article of live/", [&]() -> absl::Status {
    absl::StatusOr<v1::Article> article = ReadLiveArticle(*live_, doc.docid);
    if (!article.ok()) return article.status();
    *body = std::move(*article->mutable_body());
    return absl::OkStatus();
  });
}

absl::StatusOr<std::string> LiveDatabase::ReadSlot(uint32_t docid, schema::Slot slot) {
  if (absl::Status opened = OpenIfThere(); !opened.ok()) return opened;
  if (!live_.has_value()) return absl::NotFoundError("live/ is empty");
  return xapian::Guard("cannot read a value of live/", [&]() -> absl::StatusOr<std::string> {
    return live_->get_document(docid).get_value(schema::SlotNumber(slot));
  });
}

bool LiveDatabase::IsSupersededInBase(uint32_t docid) const {
  if (!live_.has_value()) return false;
  bool superseded = true;
  const absl::Status read = xapian::Guard(
      "cannot read live/", [&] { superseded = !live_->get_metadata(TombstoneKey(docid)).empty(); });
  return superseded || !read.ok();
}

absl::StatusOr<uint32_t> LiveDatabase::Put(std::string_view id, const std::optional<DocRef>& old,
                                           const Xapian::Document& document) {
  uint32_t docid = 0;
  absl::Status put = Apply([&] {
    const std::string deletion = DeletionKey(id);
    if (!live_->get_metadata(deletion).empty()) live_->set_metadata(deletion, "");
    pending_bytes_ += document.serialise().size();
    pending_terms_ += document.termlist_count();
    if (old.has_value() && old->segment == Segment::kLive) {
      docid = old->docid;
      live_->replace_document(docid, document);
      return;
    }
    if (old.has_value()) SupersedeInBase(old->docid);
    docid = live_->add_document(document);
  });
  if (!put.ok()) return put;
  return docid;
}

absl::Status LiveDatabase::Remove(const Deletion& deletion, DocRef old) {
  return Apply([&] {
    live_->set_metadata(DeletionKey(deletion.id), EncodeDeletion(deletion));
    if (old.segment == Segment::kLive) {
      live_->delete_document(old.docid);
    } else {
      SupersedeInBase(old.docid);
    }
  });
}

absl::Status LiveDatabase::Remember(const Deletion& deletion) {
  return Apply([&] { live_->set_metadata(DeletionKey(deletion.id), EncodeDeletion(deletion)); });
}

// Xapian 1.4 writes value chunks in a destructor (ValueUpdater): an exception there, on a full
// disk, ends the process. Another process may still fill the disk after this check; acknowledged
// writes are safe even then.
absl::Status LiveDatabase::CheckRoom() const {
  std::error_code error;
  const fs::space_info disk = fs::space(folder_, error);
  if (error) return base::FileError(error.value(), "cannot inspect the disk of", folder_);
  // At worst all existing blocks are rewritten, and the new ones are added.
  const uint64_t rewritten = std::min(base::BytesIn(folder_), kBytesPerTerm * pending_terms_);
  if (disk.available >= rewritten + kBytesPerByte * pending_bytes_ + kRoomToSpare) {
    return absl::OkStatus();
  }
  return absl::ResourceExhaustedError("too little room on the disk to write to live/");
}

absl::Status LiveDatabase::CommitAndSync() {
  // Commits even without the hold: a slow copy must not stop writes, and it notices the commit.
  const auto hold = HoldCommits(folder_, kMaxCommitDelay);
  if (!hold.ok()) return hold.status();
  absl::Status committed = xapian::Guard(kCannotWrite, [&] { live_->commit_transaction(); });
  // Xapian syncs its tables, then renames iamglass; the folder makes the rename durable.
  return committed.ok() ? base::SyncFolder(folder_) : committed;
}

absl::Status LiveDatabase::Commit() {
  if (!changed_) return absl::OkStatus();
  absl::Status status = CheckRoom();
  if (status.ok()) status = CommitAndSync();
  if (!status.ok()) {
    Drop();
    return status;
  }
  changed_ = false;
  pending_bytes_ = 0;
  pending_terms_ = 0;
  return absl::OkStatus();
}

}  // namespace broadsheet::storage
