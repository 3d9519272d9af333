// SPDX-License-Identifier: GPL-3.0-or-later
// Writes single articles into live/ of the published generation, with the terms that a build would
// give them.
//
//   auto writer = LiveWriter::Open(generation, lock);
//   std::vector<WriteResult> results = (*writer)->Write({{.article = article}});
//
// One article, one outcome. Writes of one call are applied in order and committed together, but
// each succeeds or fails by itself: when Xapian refuses one, which costs all that is pending, the
// others are applied again without it.
//
// Which one stays. A lower version never replaces a higher one. Of equal versions the later write
// wins, unless it says the same, which changes nothing. So any call may be repeated.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"
#include "engine/indexing/document/document_terms.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/index/index_lock.h"

namespace broadsheet::indexing {

struct LiveWrite {
  enum class Kind : uint8_t { kPut, kDelete };
  Kind kind = Kind::kPut;
  // For a deletion only its id is read. Its indexed_time is never read.
  v1::Article article = {};
  // When an index took it in, of an article that is carried over from there; absent = now.
  std::optional<absl::Time> taken_in = {};
  // For a deletion that is carried over: the version that the other generation deleted.
  // It is remembered also where there is nothing to delete: the generation after may have it.
  std::optional<int64_t> deleted_version = {};
};

enum class WriteOutcome : uint8_t {
  kNone,        // refused or failed: `status` says why
  kCreated,     // there was none of this id
  kReplaced,    // in place of the one that was there
  kSuperseded,  // not stored: the stored one has a higher version
  kUnchanged,   // the stored one says the same
  kDeleted,     // or, of a deletion that is carried over, remembered
};

struct WriteResult {
  // The one given or derived; empty when the article was refused without one.
  std::string id = {};
  WriteOutcome outcome = WriteOutcome::kNone;
  // With a reason (schema/error.h): INVALID_ARGUMENT, ARTICLE_INVALID, for no article or a bad id;
  // FAILED_PRECONDITION, ARTICLE_TAKEN_DOWN; NOT_FOUND, ARTICLE_NOT_FOUND, for a deletion of what
  // is not there; RESOURCE_EXHAUSTED, INDEX_FULL, when there was no room; DATA_LOSS, INDEX_DAMAGED;
  // INTERNAL.
  absl::Status status = {};
};

struct LiveWriterOptions {
  // For articles' indexed_time.
  std::function<absl::Time()> clock = [] { return absl::Now(); };
  // Makes the terms of a prepared article, valid until the next call; absent = DocumentAnalyzer.
  // Tests put in what Xapian refuses.
  std::function<const DocumentTerms&(const v1::Article&)> analyze = {};
};

// Not thread-safe.
class LiveWriter {
 public:
  // `lock` is held for as long as the writer lives. Errors of storage::LiveDatabase::Open.
  static absl::StatusOr<std::unique_ptr<LiveWriter>> Open(
      std::shared_ptr<const storage::Generation> generation, const storage::IndexLock& lock,
      LiveWriterOptions options = {});
  virtual ~LiveWriter() = default;

  // Applies, commits and syncs: what has an outcome in the result is on disk. As many results as
  // writes, in their order. After a failure the next call starts from what was committed.
  virtual std::vector<WriteResult> Write(std::vector<LiveWrite> writes) = 0;

  // For a rebuild beside the writes: from StartRecording() on, the ids that were written or
  // deleted, or may have been, until TakeRecordedIds() ends the recording.
  virtual void StartRecording() = 0;
  virtual std::vector<std::string> TakeRecordedIds() = 0;
};

}  // namespace broadsheet::indexing
