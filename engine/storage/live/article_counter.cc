// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live/article_counter.h"

#include <algorithm>
#include <utility>

#include "absl/status/statusor.h"
#include "engine/storage/live/snapshot.h"
#include "engine/storage/live/withheld_documents.h"
#include "engine/xapian/guard.h"

namespace broadsheet::storage {
namespace {

// A writer under load commits every 20 ms, and overtakes who takes longer.
constexpr int kCounterTries = 5;

}  // namespace

ArticleCounter::ArticleCounter(std::shared_ptr<const Generation> generation)
    : generation_(std::move(generation)) {}

ArticleCounter::~ArticleCounter() = default;

ArticleFigures ArticleCounter::Count(absl::Time now) {
  const base::MutexLock lock(mutex_);
  Refresh(now).IgnoreError();
  return FiguresAt(now);
}

absl::StatusOr<ArticleFigures> ArticleCounter::CountOrExplain(absl::Time now) {
  const base::MutexLock lock(mutex_);
  if (absl::Status status = Refresh(now); !status.ok()) return status;
  return FiguresAt(now);
}

absl::Status ArticleCounter::Refresh(absl::Time now) {
  // The clock may have been set back, behind the end of embargoes that were passed over.
  const bool set_back = tally_.has_value() && now < tally_->since;
  if (set_back) in_base_.reset();
  if (snapshot_ != nullptr && snapshot_->IsLatest() && !set_back) return absl::OkStatus();
  absl::Status status = absl::AbortedError("not tried");
  for (int tries = 0; tries < kCounterTries && absl::IsAborted(status); ++tries) {
    status = OpenAndTally(now);
  }
  return status;
}

absl::Status ArticleCounter::OpenAndTally(absl::Time now) {
  absl::StatusOr<std::unique_ptr<Snapshot>> newest = Snapshot::Open(generation_, snapshot_.get());
  if (!newest.ok()) return newest.status();
  const Snapshot& snapshot = **newest;
  // The analysis of locks does not see that the function is called here and now.
  absl::StatusOr<Tally> tally =
      xapian::Guard("cannot count withheld articles",
                    [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return TallyOf(snapshot, now); });
  if (!tally.ok()) return snapshot.AsOvertaken(tally.status());
  snapshot_ = *std::move(newest);
  tally_ = *std::move(tally);
  return absl::OkStatus();
}

absl::StatusOr<ArticleCounter::Tally> ArticleCounter::TallyOf(const Snapshot& snapshot,
                                                              absl::Time now) {
  Tally tally{.by_status = {}, .embargo_ends = {}, .since = now};
  if (snapshot.has_live()) tally.in_live = snapshot.live().get_doccount();
  const auto add = [&](Segment segment, const WithheldDocuments& documents) {
    documents.ForEachByStatus([&](uint32_t docid, schema::Withholding why) {
      if (!snapshot.IsSuperseded({segment, docid})) tally.by_status.Add(why);
    });
    documents.ForEachByEmbargo([&](uint32_t docid, int64_t end) {
      if (!snapshot.IsSuperseded({segment, docid})) tally.embargo_ends.push_back(end);
    });
  };
  const auto find = [&](Segment segment, const Xapian::Database& database) {
    return WithheldDocuments::Find(
        database,
        [&](uint32_t docid) {
          return snapshot.ReadArticle({segment, docid});
        },
        now);
  };
  if (in_base_ == nullptr) {
    absl::StatusOr<WithheldDocuments> in_base = find(Segment::kBase, snapshot.base());
    if (!in_base.ok()) return in_base.status();
    in_base_ = std::make_unique<const WithheldDocuments>(*std::move(in_base));
  }
  add(Segment::kBase, *in_base_);
  if (snapshot.has_live()) {
    const absl::StatusOr<WithheldDocuments> in_live = find(Segment::kLive, snapshot.live());
    if (!in_live.ok()) return in_live.status();
    add(Segment::kLive, *in_live);
  }
  std::sort(tally.embargo_ends.begin(), tally.embargo_ends.end());
  return tally;
}

ArticleFigures ArticleCounter::FiguresAt(absl::Time now) const {
  if (snapshot_ == nullptr) {
    return {.articles = generation_->manifest().articles, .withheld = std::nullopt, .in_live = 0};
  }
  schema::WithheldCounts withheld = tally_->by_status;
  const auto ended = std::upper_bound(tally_->embargo_ends.begin(), tally_->embargo_ends.end(),
                                      absl::ToUnixSeconds(now));
  withheld.embargoed = static_cast<uint64_t>(tally_->embargo_ends.end() - ended);
  return {.articles = snapshot_->article_count(), .withheld = withheld, .in_live = tally_->in_live};
}

}  // namespace broadsheet::storage
