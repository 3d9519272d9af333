// SPDX-License-Identifier: GPL-3.0-or-later
// live/ of one generation, as its one writer sees it: finds what an id has now, in live or base,
// and replaces or removes it. docs/index_format.md shows what it writes.
//
// Failure. Xapian drops all that was not committed when a single change fails, so every failure
// here, of a change or of a commit, drops what is pending and lets go of the database; the next
// call opens it again as it was last committed. The caller repeats what it wants to keep.
#pragma once

#include <xapian.h>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "engine/storage/base/deletion.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::storage {

// Not thread-safe.
class LiveDatabase {
 public:
  struct Stored {
    DocRef doc;
    v1::Article article;
  };

  // Opens live/ when it is there; it is made by the first change. `lock` is held for as long as
  // this lives. DATA_LOSS or NOT_FOUND when a database is damaged.
  static absl::StatusOr<std::unique_ptr<LiveDatabase>> Open(
      std::shared_ptr<const Generation> generation, const IndexLock& lock);

  // What readers find under `id` once pending changes are committed. NOT_FOUND when there is none;
  // other errors leave pending changes as they are.
  absl::StatusOr<Stored> Find(std::string_view id);

  // Puts `document`, whose article has this id, in the place of `old`, or adds it. INVALID_ARGUMENT
  // when Xapian does not take this document, RESOURCE_EXHAUSTED when the disk is full; see
  // "Failure" above.
  absl::Status Put(std::string_view id, const std::optional<DocRef>& old,
                   const Xapian::Document& document);
  // Removes `old`, whose article had this id and version, and remembers the deletion. Errors as
  // Put.
  absl::Status Remove(const Deletion& deletion, DocRef old);
  // Remembers the deletion of an article that is not here, so that a generation which has it learns
  // of it from this one. Errors as Put.
  absl::Status Remember(const Deletion& deletion);

  // RESOURCE_EXHAUSTED, before anything is written, when the disk may not have room for it: short
  // of room in the middle of a commit, Xapian ends the process. When it returns OK all changes are
  // on disk and will survive a crash; readers see all of them or, until they look again, none.
  absl::Status Commit();

  const Generation& generation() const { return *generation_; }

 private:
  explicit LiveDatabase(std::shared_ptr<const Generation> generation);
  absl::Status OpenIfThere();
  absl::Status OpenForChange();
  absl::Status Create();
  // Makes a change under Guard.
  template <typename Change>
  absl::Status Apply(Change change);
  // Lets go of the database and what is pending.
  void Drop();
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
