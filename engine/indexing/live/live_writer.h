// SPDX-License-Identifier: GPL-3.0-or-later
// Writes single articles into live/ of the published generation, with the same terms that a build
// makes.
//
//   auto writer = LiveWriter::Open(generation, lock);
//   std::vector<WriteResult> results = (*writer)->Write({{.article = article}});
//
// One article, one outcome. Writes of one call are applied in order and committed together, but
// each succeeds or fails by itself: when Xapian refuses one, which drops all pending writes, the
// others are applied again without it.
//
// Versions. A lower version never replaces a higher one. Of equal versions the later write wins,
// but one with the same content changes nothing. So any call may be repeated.
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
  // The indexed_time of an article that is carried over from another generation; absent = now.
  std::optional<absl::Time> taken_in = {};
  // For a deletion that is carried over: the version that the other generation deleted. The
  // deletion is recorded even if there is nothing to delete, since a later generation may have the
  // article.
  std::optional<int64_t> deleted_version = {};
};

enum class WriteOutcome : uint8_t {
  kNone,        // refused or failed: `status` says why
  kCreated,     // there was no article with this id
  kReplaced,    // it replaced the stored article
  kSuperseded,  // not stored: the stored article has a higher version
  kUnchanged,   // the stored article has the same content
  kDeleted,     // or recorded, for a deletion that is carried over
};

struct WriteResult {
  // The id given or derived; empty when the article was refused before it had one.
  std::string id = {};
  WriteOutcome outcome = WriteOutcome::kNone;
  // With a reason (schema/error.h): INVALID_ARGUMENT, ARTICLE_INVALID, for a malformed article or
  // id; FAILED_PRECONDITION, ARTICLE_TAKEN_DOWN; NOT_FOUND, ARTICLE_NOT_FOUND, when the article to
  // delete does not exist; RESOURCE_EXHAUSTED, INDEX_FULL, when the disk is full, or OVERLOADED,
  // when memory ran out; DATA_LOSS, INDEX_DAMAGED; INTERNAL.
  absl::Status status = {};
};

struct LiveWriterOptions {
  // Gives articles their indexed_time.
  std::function<absl::Time()> clock = [] { return absl::Now(); };
  // Makes the terms of a prepared article, valid until the next call; absent = DocumentAnalyzer.
  // Tests use it to make documents that Xapian refuses.
  std::function<const DocumentTerms&(const v1::Article&)> analyze = {};
};

// Not thread-safe.
class LiveWriter {
 public:
  // `lock` must be held as long as the writer lives. Errors of storage::LiveDatabase::Open.
  static absl::StatusOr<std::unique_ptr<LiveWriter>> Open(
      std::shared_ptr<const storage::Generation> generation, const storage::IndexLock& lock,
      LiveWriterOptions options = {});
  virtual ~LiveWriter() = default;

  // Applies, commits and syncs: a write with an outcome in its result is on disk. Returns one
  // result a write, in their order. After a failure the next call starts from the last commit.
  virtual std::vector<WriteResult> Write(std::vector<LiveWrite> writes) = 0;

  // For a rebuild during writes: StartRecording() starts to record the ids that are written or
  // deleted, or may have been; TakeRecordedIds() ends the recording and returns them.
  virtual void StartRecording() = 0;
  virtual std::vector<std::string> TakeRecordedIds() = 0;
};

}  // namespace broadsheet::indexing
