// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/carry_over.h"

#include <string>
#include <utility>
#include <vector>

#include "engine/build/written_generation.h"
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
  CarryOver(std::shared_ptr<const storage::Generation> from,
            std::shared_ptr<const storage::Generation> to, LiveWriter& writer,
            const std::function<bool()>& cancelled)
      : from_(std::move(from)), to_(std::move(to)), writer_(writer), cancelled_(cancelled) {}

  absl::StatusOr<CarriedWrites> Run() {
    absl::Status status = ReadWhileWritten(
        from_, [this](const Snapshot& from, uint32_t& last) { return CarryArticles(from, last); });
    // Before anything is looked up in `to`.
    if (status.ok()) status = Flush();
    if (status.ok()) {
      status = ReadWhileWritten(from_, [this](const Snapshot& from, uint32_t& last) {
        return CarryDeletions(from, last);
      });
    }
    if (status.ok()) status = Flush();
    if (!status.ok()) return status;
    return carried_;
  }

 private:
  // Those after docid `last`.
  absl::Status CarryArticles(const Snapshot& from, uint32_t& last) {
    if (!from.has_live()) return absl::OkStatus();
    const Xapian::Database& live = from.live();
    auto docid = live.postlist_begin("");
    docid.skip_to(last + 1);
    for (; docid != live.postlist_end(""); ++docid) {
      const DocRef doc{.segment = Segment::kLive, .docid = *docid};
      // What was taken down goes with the old generation.
      if (from.IsHidden(doc)) continue;
      auto article = from.ReadArticle(doc);
      if (!article.ok()) return article.status();
      if (absl::Status added = Add({.article = *std::move(article)}); !added.ok()) return added;
      last = *docid;
    }
    return absl::OkStatus();
  }

  // Those of documents of base/ after docid `last`.
  absl::Status CarryDeletions(const Snapshot& from, uint32_t& last) {
    const auto to = Snapshot::Open(to_);
    if (!to.ok()) return to.status();
    for (uint32_t docid = last + 1; docid <= from_->manifest().articles; ++docid) {
      const DocRef doc{.segment = Segment::kBase, .docid = docid};
      if (!from.IsHidden(doc)) continue;
      auto article = from.ReadArticle(doc);
      if (!article.ok()) return article.status();
      const absl::StatusOr<DocRef> replaced = from.FindId(article->id());
      if (!replaced.ok() && !absl::IsNotFound(replaced.status())) return replaced.status();
      if (!replaced.ok()) {
        if (absl::Status deleted = Delete(*article, **to); !deleted.ok()) return deleted;
      }
      last = docid;
    }
    return absl::OkStatus();
  }

  absl::Status Delete(const v1::Article& article, const Snapshot& to) {
    const absl::StatusOr<DocRef> there = to.FindId(article.id());
    if (absl::IsNotFound(there.status())) return absl::OkStatus();
    if (!there.ok()) return there.status();
    const absl::StatusOr<v1::Article> newer = to.ReadArticle(*there);
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
      carried_.Count(result.outcome);
    }
    return absl::OkStatus();
  }

  const std::shared_ptr<const storage::Generation> from_;
  const std::shared_ptr<const storage::Generation> to_;
  LiveWriter& writer_;
  const std::function<bool()>& cancelled_;
  std::vector<LiveWrite> writes_;
  size_t bytes_ = 0;
  CarriedWrites carried_;
};

}  // namespace

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
  const auto writer = LiveWriter::Open(to, lock);
  if (!writer.ok()) return writer.status();
  return CarryOver(from, to, **writer, cancelled).Run();
}

}  // namespace broadsheet::build
