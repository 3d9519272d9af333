// SPDX-License-Identifier: GPL-3.0-or-later
// An index that a writable server serves, without the server: the generation manager, and what it
// works on.
#pragma once

#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/indexing/live/writable_index.h"
#include "engine/storage/live/snapshot.h"
#include "server/generations/generation_manager.h"
#include "server/generations/index_folder.h"
#include "server/generations/served_index.h"
#include "server/generations/write_queue.h"
#include "tests/server/collected_log.h"
#include "tests/testing/test_index.h"

namespace broadsheet::server {

class ManagedIndex {
 public:
  // Publishes what was added to `index`.
  explicit ManagedIndex(testing::TestIndex& index) : layout_(index.path()) {
    index.Publish();
    auto held = indexing::WritableIndex::Open(layout_, "a test").value();
    lock_.emplace(std::move(held.lock));
    writes_ = std::make_unique<WriteQueue>(std::move(held.writer), WriteQueueOptions(), log_);
    served_ = std::make_unique<ServedIndex>(std::make_unique<IndexFolder>(layout_, query::Limits()),
                                            ServedIndexOptions{.check_bytes_per_second = 0}, log_);
    served_->Refresh().IgnoreError();
    manager_ = std::make_unique<GenerationManager>(*lock_, std::move(held.generation), *writes_,
                                                   *served_, log_, GenerationManagerOptions());
  }

  GenerationManager& manager() { return *manager_; }
  ServedIndex& served() { return *served_; }
  WriteQueue& writes() { return *writes_; }
  CollectedLog& log() { return log_; }
  const storage::Layout& layout() const { return layout_; }

  // Acknowledged, or the reason why not.
  absl::Status Put(const std::string& id, const std::string& headline, int64_t version = 0) {
    return Write({.article = testing::MakeArticle(id, {.headline = headline, .version = version})});
  }
  absl::Status Delete(const std::string& id) {
    indexing::LiveWrite deletion{.kind = indexing::LiveWrite::Kind::kDelete};
    deletion.article.set_id(id);
    return Write(std::move(deletion));
  }

  // What readers find in the published generation; "" when there is none.
  std::string Read(const std::string& id) const {
    const auto generation = storage::Generation::OpenCurrent(layout_).value();
    const auto snapshot = storage::Snapshot::Open(generation).value();
    const auto doc = snapshot->FindId(id);
    return doc.ok() ? snapshot->ReadArticle(*doc)->headline() : "";
  }
  uint64_t served_number() const { return served_->Current()->manifest.ref.number; }

 private:
  absl::Status Write(indexing::LiveWrite write) {
    std::promise<absl::Status> written;
    WriteTask task;
    task.writes.push_back(std::move(write));
    task.done = [&written](absl::StatusOr<std::vector<indexing::WriteResult>> results) {
      written.set_value(results.ok() ? results->front().status : results.status());
    };
    writes_->Submit(std::move(task));
    return written.get_future().get();
  }

  const storage::Layout layout_;
  CollectedLog log_;
  std::optional<storage::IndexLock> lock_;
  std::unique_ptr<WriteQueue> writes_;
  std::unique_ptr<ServedIndex> served_;
  std::unique_ptr<GenerationManager> manager_;
};

}  // namespace broadsheet::server
