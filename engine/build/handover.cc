// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/handover.h"

#include <algorithm>
#include <utility>

#include "engine/build/written_generation.h"
#include "engine/schema/error.h"
#include "engine/storage/snapshot.h"

namespace broadsheet::build {
namespace {

using storage::DocRef;
using storage::Snapshot;

// One commit each.
constexpr size_t kMaxIdsAtOnce = 1000;

LiveWrite DeletionOf(const std::string& id) {
  LiveWrite deletion{.kind = LiveWrite::Kind::kDelete};
  deletion.article.set_id(id);
  return deletion;
}

// What a snapshot has under `id`, or NOT_FOUND.
absl::StatusOr<v1::Article> ReadById(const Snapshot& snapshot, const std::string& id) {
  const absl::StatusOr<DocRef> doc = snapshot.FindId(id);
  if (!doc.ok()) return doc.status();
  return snapshot.ReadArticle(*doc);
}

// Of a write that makes two generations agree: that there was nothing to delete, or that the
// article was taken down meanwhile, is agreement too.
bool Failed(const WriteResult& result) {
  return !result.status.ok() && !absl::IsNotFound(result.status) &&
         schema::ErrorReason(result.status) != "ARTICLE_TAKEN_DOWN";
}

}  // namespace

absl::StatusOr<std::unique_ptr<Handover>> Handover::Prepare(
    std::shared_ptr<const storage::Generation> from, std::shared_ptr<const storage::Generation> to,
    const storage::IndexLock& lock, Heir heir, bool carry_all,
    const std::function<bool()>& cancelled) {
  std::unique_ptr<Handover> handover(new Handover(std::move(from), std::move(to), heir));
  if (carry_all) {
    const auto carried = CarryWrites(handover->from_, handover->to_, lock, cancelled);
    if (!carried.ok()) return carried.status();
    handover->carried_ = *carried;
  }
  auto writer = LiveWriter::Open(handover->to_, lock);
  if (!writer.ok()) return writer.status();
  handover->writer_ = *std::move(writer);
  return handover;
}

absl::Status Handover::CatchUp(std::vector<std::string> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  for (size_t begin = 0; begin < ids.size(); begin += kMaxIdsAtOnce) {
    const size_t end = std::min(begin + kMaxIdsAtOnce, ids.size());
    auto writes = Resolve({ids.begin() + static_cast<std::ptrdiff_t>(begin),
                           ids.begin() + static_cast<std::ptrdiff_t>(end)});
    if (!writes.ok()) return writes.status();
    for (const WriteResult& result : writer_->Write(*std::move(writes))) {
      if (Failed(result)) return result.status;
      carried_.Count(result.outcome);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<LiveWrite>> Handover::Resolve(
    const std::vector<std::string>& ids) const {
  // Nobody but this writes to `to`.
  const auto heir = Snapshot::Open(to_);
  if (!heir.ok()) return heir.status();
  std::vector<LiveWrite> writes;
  absl::Status read =
      ReadWhileWritten(from_, [&](const Snapshot& from, uint32_t& next) -> absl::Status {
        for (; next < ids.size(); ++next) {
          absl::StatusOr<v1::Article> article = ReadById(from, ids[next]);
          if (absl::IsNotFound(article.status())) {
            writes.push_back(DeletionOf(ids[next]));
            continue;
          }
          if (!article.ok()) return article.status();
          if (heir_ == Heir::kPredecessor) {
            const absl::StatusOr<v1::Article> there = ReadById(**heir, ids[next]);
            if (!there.ok() && !absl::IsNotFound(there.status())) return there.status();
            // Deleted and put again as a lower version, which would not replace this one.
            const bool higher = there.ok() && there->version() > article->version();
            if (higher) writes.push_back(DeletionOf(ids[next]));
          }
          writes.push_back({.article = *std::move(article)});
        }
        return absl::OkStatus();
      });
  if (!read.ok()) return read;
  return writes;
}

}  // namespace broadsheet::build
