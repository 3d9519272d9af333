// SPDX-License-Identifier: GPL-3.0-or-later
// live/ of one generation, for its only writer: finds the article that an id has now, in live or
// base, and replaces or removes it. docs/index_format.md shows what is written.
//
// Failure. When a single change fails, Xapian drops all uncommitted changes. So every failed change
// or commit drops the pending changes and closes the database; the next call opens it again in its
// last committed state. The caller repeats the changes it wants to keep.
#pragma once

#include <xapian.h>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "engine/schema/terms.h"
#include "engine/storage/base/deletion.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/live/live_copies.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::storage {

// Not thread-safe.
class LiveDatabase {
 public:
  struct Stored {
    DocRef doc;
    v1::Article article;
  };

  // Opens live/ if it exists; otherwise the first change makes it. `lock` must be held as long as
  // this lives. DATA_LOSS or NOT_FOUND when a database is damaged.
  static absl::StatusOr<std::unique_ptr<LiveDatabase>> Open(
      std::shared_ptr<const Generation> generation, const IndexLock& lock);

  // The article that readers find under `id` once pending changes are committed. NOT_FOUND when
  // there is none. No error here affects pending changes.
  absl::StatusOr<Stored> Find(std::string_view id);

  // What live/ knows of copies; pending changes are not among them.
  absl::StatusOr<std::vector<LiveCopy>> ReadCopies();
  // The body of a document, pending changes included. NOT_FOUND for an unknown docid.
  absl::Status ReadBody(DocRef doc, std::string* body);
  // A value of a document of live/, pending changes included. NOT_FOUND for an unknown docid.
  absl::StatusOr<std::string> ReadSlot(uint32_t docid, schema::Slot slot);
  // Whether a document of base was replaced or removed, pending changes included. True also where
  // that cannot be read.
  bool IsSupersededInBase(uint32_t docid) const;

  // Replaces `old` by `document`, whose article has this id, or adds `document`, and returns its
  // docid in live/. INVALID_ARGUMENT
  // when Xapian refuses the document, RESOURCE_EXHAUSTED when the disk is full; see "Failure"
  // above.
  absl::StatusOr<uint32_t> Put(std::string_view id, const std::optional<DocRef>& old,
                               const Xapian::Document& document);
  // Removes `old`, whose article had this id and version, and remembers the deletion. Errors as
  // Put.
  absl::Status Remove(const Deletion& deletion, DocRef old);
  // Records the deletion of an article that is not stored here, so that a generation that stores it
  // can learn of the deletion. Errors as Put.
  absl::Status Remember(const Deletion& deletion);

  // RESOURCE_EXHAUSTED, before anything is written, when the disk may be too full: if the disk
  // fills up during a commit, Xapian ends the process. When this returns OK, all changes are on
  // disk and will survive a crash; readers see all of them in their next snapshot, and none before.
  absl::Status Commit();

  // Drops pending changes and closes the database; the next call opens it again in its last state.
  // For when nobody knows how far a change has come.
  void Drop();

  const Generation& generation() const { return *generation_; }

 private:
  explicit LiveDatabase(std::shared_ptr<const Generation> generation);
  absl::Status OpenIfThere();
  absl::Status OpenForChange();
  absl::Status Create();
  // Applies `change` under Guard.
  template <typename Change>
  absl::Status Apply(Change change);
  void SupersedeInBase(uint32_t docid);
  absl::Status CheckRoom() const;
  absl::Status CommitAndSync();

  const std::shared_ptr<const Generation> generation_;
  const std::filesystem::path folder_;
  Xapian::Database base_;
  std::optional<Xapian::WritableDatabase> live_;
  bool changed_ = false;  // a transaction is open
  // The size of the documents put since the last commit.
  uint64_t pending_bytes_ = 0;
  uint64_t pending_terms_ = 0;
};

}  // namespace broadsheet::storage
