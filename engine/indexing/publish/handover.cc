// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/publish/handover.h"

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/time/time.h"
#include "engine/base/file_error.h"
#include "engine/base/file_writer.h"
#include "engine/indexing/publish/written_generation.h"
#include "engine/schema/error.h"
#include "engine/storage/index/generation_state.h"
#include "engine/storage/index/takedowns.h"
#include "engine/storage/live/live_stamp.h"

namespace broadsheet::indexing {
namespace {

using storage::DocRef;
using storage::Snapshot;
using storage::WrittenId;

// The most writes in one commit.
constexpr size_t kMaxWritesAtOnce = 1000;
constexpr size_t kMaxBytesAtOnce = 64 << 20;

// The article of this snapshot with this id, or NOT_FOUND.
absl::StatusOr<v1::Article> ReadById(const Snapshot& snapshot, const std::string& id) {
  const absl::StatusOr<DocRef> doc = snapshot.FindId(id);
  if (!doc.ok()) return doc.status();
  return snapshot.ReadArticle(*doc);
}

// Whether a write failed to make two generations agree. They also agree when there was nothing to
// delete, or the article was taken down meanwhile.
bool Failed(const WriteResult& result) {
  return !result.status.ok() && !absl::IsNotFound(result.status) &&
         schema::ErrorReason(result.status) != "ARTICLE_TAKEN_DOWN";
}

// Before a handover writes to a generation that nobody has written to, it leaves a mark. If a
// handover finds the mark, an interrupted one before it made the writes in live/.
absl::Status BeginAttempt(const storage::Generation& to) {
  if (storage::ReadGenerationState(to.folder()) == storage::GenerationState::kPublished) {
    return absl::OkStatus();
  }
  const std::filesystem::path mark = to.folder() / storage::kCarryingName;
  std::error_code error;
  if (std::filesystem::exists(mark, error)) {
    const std::filesystem::path live = to.folder() / storage::kLiveName;
    std::filesystem::remove_all(live, error);
    return error ? base::FileError(error.value(), "cannot remove", live) : absl::OkStatus();
  }
  // A restored generation has the writes of its backup.
  if (storage::LiveExists(to.folder())) return absl::OkStatus();
  return base::ReplaceFile(mark, "");
}

}  // namespace

absl::StatusOr<std::unique_ptr<Handover>> Handover::Prepare(
    std::shared_ptr<const storage::Generation> from, std::shared_ptr<const storage::Generation> to,
    const storage::IndexLock& lock, ConflictRule rule) {
  if (absl::Status begun = BeginAttempt(*to); !begun.ok()) return begun;
  std::unique_ptr<Handover> handover(new Handover(std::move(from), std::move(to), rule));
  if (absl::Status read = handover->ReadFoldedDeletions(); !read.ok()) return read;
  auto writer = LiveWriter::Open(handover->to_, lock);
  if (!writer.ok()) return writer.status();
  handover->writer_ = *std::move(writer);
  return handover;
}

absl::Status Handover::ReadFoldedDeletions() {
  auto folded = storage::ReadFoldedWrites(to_->folder() / storage::kBaseName);
  if (!folded.ok()) return folded.status();
  for (WrittenId& written : *folded) {
    if (!written.deleted_version) continue;
    folded_deletions_.emplace(std::move(written.id), *written.deleted_version);
  }
  return absl::OkStatus();
}

absl::Status Handover::CarryAll(const std::function<bool()>& cancelled) {
  const auto written = ReadWrittenIds(from_);
  if (!written.ok()) return written.status();
  return Carry(*written, cancelled);
}

absl::Status Handover::AddUndone(std::vector<WrittenId>& written) {
  if (rule_ != ConflictRule::kPredecessor) return absl::OkStatus();
  const auto takedowns = storage::Takedowns::Read(from_->layout());
  if (!takedowns.ok()) return takedowns.status();
  for (const std::string& id : (*takedowns)->undone()) {
    if (undone_.insert(id).second) written.push_back({.id = id});
  }
  return absl::OkStatus();
}

absl::Status Handover::CatchUp(const std::vector<std::string>& ids,
                               const std::function<bool()>& cancelled) {
  std::vector<WrittenId> written;
  written.reserve(ids.size());
  for (const std::string& id : ids) written.push_back({.id = id});
  if (absl::Status undone = AddUndone(written); !undone.ok()) return undone;
  return Carry(written, cancelled);
}

absl::Status Handover::Carry(const std::vector<WrittenId>& ids,
                             const std::function<bool()>& cancelled) {
  for (size_t next = 0; next < ids.size();) {
    if (cancelled && cancelled()) return absl::CancelledError("interrupted");
    auto state = Snapshot::Open(to_, to_state_.get());
    if (!state.ok()) return state.status();
    to_state_ = *std::move(state);
    std::vector<LiveWrite> writes;
    if (absl::Status resolved = Resolve(ids, next, writes); !resolved.ok()) return resolved;
    for (const WriteResult& result : writer_->Write(std::move(writes))) {
      if (Failed(result)) return result.status;
      carried_.Count(result.outcome);
    }
  }
  return absl::OkStatus();
}

absl::Status Handover::Resolve(const std::vector<WrittenId>& ids, size_t& next,
                               std::vector<LiveWrite>& writes) {
  size_t bytes = 0;
  const size_t begin = next;
  return ReadWhileWritten(
      from_, from_state_, [&](const Snapshot& from, uint32_t& done) -> absl::Status {
        while (next < ids.size() && writes.size() < kMaxWritesAtOnce && bytes < kMaxBytesAtOnce) {
          const size_t before = writes.size();
          absl::Status resolved = ResolveOne(from, ids[next], writes);
          if (!resolved.ok()) {
            writes.resize(before);
            return resolved;
          }
          if (writes.size() > before) bytes += writes.back().article.ByteSizeLong();
          done = static_cast<uint32_t>(++next - begin);
        }
        return absl::OkStatus();
      });
}

absl::Status Handover::ResolveOne(const Snapshot& from, const WrittenId& written,
                                  std::vector<LiveWrite>& writes) {
  absl::StatusOr<v1::Article> article = ReadById(from, written.id);
  if (absl::IsNotFound(article.status())) {
    const std::optional<storage::Deletion> deletion = from.FindDeletion(written.id);
    if (deletion) return ResolveDeletion(written.id, deletion->version, writes);
    // Neither stored nor deleted means taken down, which also applies in `to`.
    if (!written.deleted_version) return absl::OkStatus();
    return ResolveDeletion(written.id, *written.deleted_version, writes);
  }
  if (!article.ok()) return article.status();
  if (rule_ == ConflictRule::kPredecessor) {
    const absl::StatusOr<v1::Article> there = ReadById(*to_state_, written.id);
    if (!there.ok() && !absl::IsNotFound(there.status())) return there.status();
    // The article was deleted and put again with a lower version, which would not replace this one.
    if (there.ok() && there->version() > article->version()) {
      absl::Status deleted = ResolveDeletion(written.id, there->version(), writes);
      if (!deleted.ok()) return deleted;
    }
  }
  const absl::Time taken_in = absl::FromUnixSeconds(article->indexed_time().seconds());
  writes.push_back({.article = *std::move(article), .taken_in = taken_in});
  return absl::OkStatus();
}

absl::Status Handover::ResolveDeletion(const std::string& id, int64_t version,
                                       std::vector<LiveWrite>& writes) {
  const absl::StatusOr<v1::Article> there = ReadById(*to_state_, id);
  if (!there.ok() && !absl::IsNotFound(there.status())) return there.status();
  const bool superseded = there.ok()
                              ? rule_ == ConflictRule::kHigherVersion && there->version() > version
                              : KnowsDeletion(id, version);
  if (superseded) {
    ++carried_.superseded;
    return absl::OkStatus();
  }
  LiveWrite deletion{.kind = LiveWrite::Kind::kDelete, .deleted_version = version};
  deletion.article.set_id(id);
  writes.push_back(std::move(deletion));
  return absl::OkStatus();
}

bool Handover::KnowsDeletion(const std::string& id, int64_t version) const {
  if (const auto deletion = to_state_->FindDeletion(id)) return deletion->version >= version;
  const auto folded = folded_deletions_.find(id);
  return folded != folded_deletions_.end() && folded->second >= version;
}

void CarriedWrites::Count(WriteOutcome outcome) {
  switch (outcome) {
    case WriteOutcome::kCreated:
    case WriteOutcome::kReplaced:
      ++put;
      break;
    case WriteOutcome::kDeleted:
      ++deleted;
      break;
    case WriteOutcome::kSuperseded:
    case WriteOutcome::kUnchanged:
      ++superseded;
      break;
    case WriteOutcome::kNone:
      break;
  }
}

absl::StatusOr<CarriedWrites> CarryWrites(const std::shared_ptr<const storage::Generation>& from,
                                          const std::shared_ptr<const storage::Generation>& to,
                                          const storage::IndexLock& lock,
                                          const std::function<bool()>& cancelled) {
  const auto handover = Handover::Prepare(from, to, lock, ConflictRule::kHigherVersion);
  if (!handover.ok()) return handover.status();
  if (absl::Status carried = (*handover)->CarryAll(cancelled); !carried.ok()) return carried;
  return (*handover)->carried();
}

}  // namespace broadsheet::indexing
