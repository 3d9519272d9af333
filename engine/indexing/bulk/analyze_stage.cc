// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/bulk/analyze_stage.h"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/base/mutex.h"
#include "engine/indexing/bulk/shard.h"
#include "engine/indexing/document/document_terms.h"

namespace broadsheet::indexing {
namespace {

// Memory that a shard takes before it is written, in multiples of its articles' bytes: the terms of
// all its articles, and Xapian keeps a tree node for each posting.
constexpr uint64_t kShardBytesPerArticleByte = 9;
constexpr uint64_t kMinSliceBytes = 64 << 10;
// Xapian walks a tree for each posting of a shard that is being made, so a small shard, whose trees
// stay in the processor's caches, costs less: measured, 590, 660 and 875 µs of processor time an
// article with slices of 1, 4 and 12.5 MB. Smaller ones split posting lists into more chunks: 3 %
// more index with 2 MB, 5 % with 1 MB.
constexpr uint64_t kMaxSliceBytes = 2 << 20;

// Serialised articles, concatenated.
struct Slice {
  size_t number = 0;
  std::string bytes;
  std::vector<size_t> ends;
};

// Memory has room for a slice and its shard in each thread, a waiting slice, and one being filled.
uint64_t SliceBytes(const AnalyzeOptions& options) {
  const auto threads = static_cast<uint64_t>(options.threads);
  const uint64_t shares = threads * (1 + kShardBytesPerArticleByte) + 2;
  return std::clamp(options.memory_bytes / shares, kMinSliceBytes, kMaxSliceBytes);
}

// Owns the worker threads. Fed from one thread.
class AnalyzeStage {
 public:
  AnalyzeStage(const AnalyzeOptions& options, Monitor& monitor)
      : options_(options), monitor_(monitor) {
    for (int i = 0; i < options_.threads; ++i) workers_.emplace_back([this] { Work(); });
  }
  ~AnalyzeStage() {
    Fail(absl::CancelledError("the build was abandoned"));
    Join();
  }

  // Waits until there is room. Returns the workers' first error, if there was one.
  absl::Status Push(Slice slice) {
    const base::MutexLock lock(mutex_);
    while (!HasRoom()) changed_.Wait(mutex_);
    if (!status_.ok()) return status_;
    folders_.push_back(ShardFolder(slice.number));
    queue_.push_back(std::move(slice));
    changed_.NotifyAll();
    return absl::OkStatus();
  }

  // Call after the last Push.
  absl::StatusOr<Shards> Finish() {
    {
      const base::MutexLock lock(mutex_);
      complete_ = true;
      changed_.NotifyAll();
    }
    Join();
    const base::MutexLock lock(mutex_);
    if (!status_.ok()) return status_;
    Shards shards{std::move(folders_), {}};
    for (const auto& [number, counts] : counts_) shards.counts.Merge(counts);
    return shards;
  }

 private:
  bool HasRoom() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return queue_.empty() || !status_.ok();
  }
  bool HasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return !queue_.empty() || complete_ || !status_.ok();
  }

  std::filesystem::path ShardFolder(size_t number) const {
    return options_.folder / absl::StrFormat("shard-%06d", number);
  }

  void Work() {
    WordCounts words(started_);
    DocumentAnalyzer analyzer(options_.token_seed, options_.assumed_language, &words);
    storage::RunPacker packer(options_.frequent);
    while (const std::optional<Slice> slice = Take()) {
      absl::StatusOr<ArticleCounts> counts = MakeShard(*slice, &analyzer, &packer);
      if (!counts.ok()) return Fail(counts.status());
      if (words.bytes() > WordStage::kMostBytesOfThread) {
        if (absl::Status added = options_.words.Add(words); !added.ok()) return Fail(added);
        words.Clear();
      }
      const base::MutexLock lock(mutex_);
      counts_.emplace(slice->number, *std::move(counts));
    }
    if (absl::Status added = options_.words.Add(words); !added.ok()) return Fail(added);
  }

  std::optional<Slice> Take() {
    const base::MutexLock lock(mutex_);
    while (!HasWork()) changed_.Wait(mutex_);
    if (!status_.ok() || queue_.empty()) return std::nullopt;
    std::optional<Slice> slice = std::move(queue_.front());
    queue_.pop_front();
    changed_.NotifyAll();
    return slice;
  }

  absl::StatusOr<ArticleCounts> MakeShard(const Slice& slice, DocumentAnalyzer* analyzer,
                                          storage::RunPacker* packer) {
    auto writer =
        ShardWriter::Create(ShardFolder(slice.number), options_.dictionaries, analyzer, packer);
    if (!writer.ok()) return writer.status();
    const auto store = [&](std::string_view article) { return (*writer)->Store(article); };
    if (absl::Status status = ForEach(slice, store); !status.ok()) return status;
    const auto analyze = [&](std::string_view article) {
      monitor_.Advance(1);
      return (*writer)->Analyze(article);
    };
    if (absl::Status status = ForEach(slice, analyze); !status.ok()) return status;
    if (absl::Status status = (*writer)->Finish(); !status.ok()) return status;
    return (*writer)->counts();
  }

  absl::Status ForEach(const Slice& slice,
                       absl::FunctionRef<absl::Status(std::string_view article)> sink) {
    size_t begin = 0;
    for (const size_t end : slice.ends) {
      if (absl::Status status = monitor_.Check(); !status.ok()) return status;
      absl::Status status = sink(std::string_view(slice.bytes).substr(begin, end - begin));
      if (!status.ok()) return status;
      begin = end;
    }
    return absl::OkStatus();
  }

  void Fail(absl::Status status) {
    const base::MutexLock lock(mutex_);
    status_.Update(std::move(status));
    changed_.NotifyAll();
  }

  void Join() {
    for (std::thread& worker : workers_) {
      if (worker.joinable()) worker.join();
    }
  }

  const AnalyzeOptions& options_;
  Monitor& monitor_;
  const absl::Time started_ = absl::Now();
  base::Mutex mutex_;
  // Notified at every change of the queue, of `complete_` or of `status_`.
  base::CondVar changed_;
  std::deque<Slice> queue_ ABSL_GUARDED_BY(mutex_);
  bool complete_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::filesystem::path> folders_ ABSL_GUARDED_BY(mutex_);
  std::map<size_t, ArticleCounts> counts_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread> workers_;
};

}  // namespace

absl::StatusOr<Shards> AnalyzeArticles(const AnalyzeOptions& options, OrderedArticles& articles,
                                       Monitor& monitor) {
  const uint64_t slice_bytes = SliceBytes(options);
  AnalyzeStage stage(options, monitor);
  Slice slice;
  for (;;) {
    std::string_view serialized;
    const absl::StatusOr<bool> more = articles.Next(&serialized);
    if (!more.ok()) return more.status();
    const bool full = slice.bytes.size() + serialized.size() > slice_bytes ||
                      slice.ends.size() == kMaxShardArticles;
    if (!slice.ends.empty() && (full || !*more)) {
      const size_t number = slice.number;
      if (absl::Status status = stage.Push(std::move(slice)); !status.ok()) return status;
      slice = {number + 1, {}, {}};
    }
    if (!*more) return stage.Finish();
    slice.bytes.append(serialized);
    slice.ends.push_back(slice.bytes.size());
  }
}

}  // namespace broadsheet::indexing
