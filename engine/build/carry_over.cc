// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/carry_over.h"

#include <string>
#include <utility>
#include <vector>

#include "engine/build/live_writer.h"
#include "engine/storage/guard.h"
#include "engine/storage/snapshot.h"

namespace broadsheet::build {
namespace {

using storage::DocRef;
using storage::Segment;
using storage::Snapshot;

// One commit each.
constexpr size_t kMaxCarriedAtOnce = 1000;
constexpr size_t kMaxCarriedBytes = 64 << 20;

class CarryOver {
 public:
  CarryOver(const Snapshot& from, const Snapshot& to, LiveWriter& writer,
            const std::function<bool()>& cancelled)
      : from_(from), to_(to), writer_(writer), cancelled_(cancelled) {}

  absl::StatusOr<CarriedWrites> Run() {
    if (absl::Status put = CarryArticles(); !put.ok()) return put;
    if (absl::Status deleted = CarryDeletions(); !deleted.ok()) return deleted;
    if (absl::Status flushed = Flush(); !flushed.ok()) return flushed;
    return carried_;
  }

 private:
  absl::Status CarryArticles() {
    if (!from_.has_live()) return absl::OkStatus();
    const Xapian::Database& live = from_.live();
    for (auto docid = live.postlist_begin(""); docid != live.postlist_end(""); ++docid) {
      const DocRef doc{.segment = Segment::kLive, .docid = *docid};
      // What was taken down goes with the old generation.
      if (from_.IsHidden(doc)) continue;
      auto article = from_.ReadArticle(doc);
      if (!article.ok()) return article.status();
      if (absl::Status added = Add({.article = *std::move(article)}); !added.ok()) return added;
    }
    return absl::OkStatus();
  }

  absl::Status CarryDeletions() {
    for (uint32_t docid = 1; docid <= from_.generation().manifest().articles; ++docid) {
      const DocRef doc{.segment = Segment::kBase, .docid = docid};
      if (!from_.IsHidden(doc)) continue;
      auto article = from_.ReadArticle(doc);
      if (!article.ok()) return article.status();
      const absl::StatusOr<DocRef> replaced = from_.FindId(article->id());
      if (replaced.ok()) continue;
      if (!absl::IsNotFound(replaced.status())) return replaced.status();
      if (absl::Status deleted = Delete(*article); !deleted.ok()) return deleted;
    }
    return absl::OkStatus();
  }

  absl::Status Delete(const v1::Article& article) {
    const absl::StatusOr<DocRef> there = to_.FindId(article.id());
    if (absl::IsNotFound(there.status())) return absl::OkStatus();
    if (!there.ok()) return there.status();
    const absl::StatusOr<v1::Article> newer = to_.ReadArticle(*there);
    if (!newer.ok()) return newer.status();
    if (newer->version() > article.version()) {
      ++carried_.superseded;
      return absl::OkStatus();
    }
    LiveWrite deletion{.kind = LiveWrite::Kind::kDelete};
    deletion.article.set_id(article.id());
    return Add(std::move(deletion));
  }

  absl::Status Add(LiveWrite write) {
    bytes_ += write.article.ByteSizeLong();
    writes_.push_back(std::move(write));
    return writes_.size() < kMaxCarriedAtOnce && bytes_ < kMaxCarriedBytes ? absl::OkStatus()
                                                                           : Flush();
  }

  absl::Status Flush() {
    if (cancelled_ && cancelled_()) return absl::CancelledError("interrupted");
    bytes_ = 0;
    for (const WriteResult& result : writer_.Write(std::exchange(writes_, {}))) {
      if (!result.status.ok()) return result.status;
      switch (result.outcome) {
        case WriteOutcome::kCreated:
        case WriteOutcome::kReplaced:
          ++carried_.put;
          break;
        case WriteOutcome::kDeleted:
          ++carried_.deleted;
          break;
        default:
          ++carried_.superseded;
      }
    }
    return absl::OkStatus();
  }

  const Snapshot& from_;
  const Snapshot& to_;
  LiveWriter& writer_;
  const std::function<bool()>& cancelled_;
  std::vector<LiveWrite> writes_;
  size_t bytes_ = 0;
  CarriedWrites carried_;
};

}  // namespace

absl::StatusOr<CarriedWrites> CarryWrites(const std::shared_ptr<const storage::Generation>& from,
                                          const std::shared_ptr<const storage::Generation>& to,
                                          const storage::IndexLock& lock,
                                          const std::function<bool()>& cancelled) {
  const auto source = Snapshot::Open(from);
  if (!source.ok()) return source.status();
  const auto target = Snapshot::Open(to);
  if (!target.ok()) return target.status();
  const auto writer = LiveWriter::Open(to, lock);
  if (!writer.ok()) return writer.status();
  return storage::Guard("cannot carry over what was written",
                        [&] { return CarryOver(**source, **target, **writer, cancelled).Run(); });
}

}  // namespace broadsheet::build
