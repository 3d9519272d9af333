// SPDX-License-Identifier: GPL-3.0-or-later
// Writes base/words: gathers the words that the threads of a build counted, sorts them within a
// memory budget, and adds up their counts.
#pragma once

#include <cstdint>
#include <filesystem>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "engine/base/mutex.h"
#include "engine/indexing/bulk/progress.h"
#include "engine/indexing/document/word_counts.h"
#include "engine/indexing/sort/external_sorter.h"

namespace broadsheet::indexing {

class WordStage {
 public:
  // Words are gathered by a thread until it has about this many bytes of them.
  static constexpr size_t kMostBytesOfThread = 24 << 20;

  // `folder` is for temporary files; it exists.
  WordStage(const std::filesystem::path& folder, uint64_t memory_bytes);

  // From any thread. Errors of writing a sorted run.
  absl::Status Add(const WordCounts& words);
  // Once all threads have ended. The file is synced. Errors of reading and writing, and CANCELLED.
  absl::Status Write(const std::filesystem::path& path, Monitor& monitor);

 private:
  base::Mutex mutex_;
  ExternalSorter sorter_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace broadsheet::indexing
