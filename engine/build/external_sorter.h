// SPDX-License-Identifier: GPL-3.0-or-later
// Sorts any number of (key, payload) records within a memory budget in bytes: full buffers are
// sorted and written to compressed runs by a thread of the sorter's own, and the runs are merged
// while they are read.
//
//   ExternalSorter sorter({.folder = tmp, .name = "articles", .memory_bytes = 64 << 20});
//   for (...) sorter.Add({key, payload});
//   absl::StatusOr<std::unique_ptr<RecordStream>> sorted = sorter.Sort();
//   Record record;
//   while (*(*sorted)->Next(&record)) Use(record);
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "engine/build/run_file.h"
#include "engine/build/sort_buffer.h"

namespace broadsheet::build {

// Not thread-safe.
class RecordStream {
 public:
  virtual ~RecordStream() = default;
  // False at the end. The record's views are valid until the next call.
  virtual absl::StatusOr<bool> Next(Record* record) = 0;
};

struct SorterOptions {
  // Where runs are written, when there are any; it exists.
  std::filesystem::path folder;
  // What the runs' file names begin with; not used by another sorter in the folder.
  std::string name;
  // Of buffers while records are added and of blocks while they are merged. Exceeded only by
  // single records larger than it.
  uint64_t memory_bytes = 64ULL << 20;
};

// Add and Sort are called from one thread. Owns the thread that writes runs; it ends with Sort or
// with the destructor, which waits for the run being written.
class ExternalSorter {
 public:
  explicit ExternalSorter(SorterOptions options);
  ~ExternalSorter();
  ExternalSorter(const ExternalSorter&) = delete;
  ExternalSorter& operator=(const ExternalSorter&) = delete;

  // Copies the record. Returns an earlier failure to write a run, if there was one.
  absl::Status Add(const Record& record);

  // All records by key, bytewise; equal keys in the order in which they were added. Once; nothing
  // may be added afterwards. The stream is independent of the sorter.
  absl::StatusOr<std::unique_ptr<RecordStream>> Sort();

 private:
  // Gives `filling_` to the writing thread and takes the other buffer, waiting for it.
  absl::Status HandOver();
  void WriteRuns();
  absl::Status WriteRun(SortBuffer* buffer, const std::filesystem::path& path);
  void StopWriting();
  // Merges runs into fewer, longer ones until all can be read at once within the memory budget.
  absl::Status ReduceRuns();
  absl::StatusOr<std::filesystem::path> MergeIntoOne(
      const std::vector<std::filesystem::path>& runs);
  std::filesystem::path NextRunPath();

  const SorterOptions options_;
  const size_t block_bytes_;
  const size_t max_runs_at_once_;
  uint64_t next_run_ = 0;
  std::vector<std::filesystem::path> runs_;  // oldest first
  std::unique_ptr<SortBuffer> filling_;

  absl::Mutex mutex_;
  // The buffer being written, or null.
  std::unique_ptr<SortBuffer> writing_ ABSL_GUARDED_BY(mutex_);
  std::filesystem::path writing_path_ ABSL_GUARDED_BY(mutex_);
  // An empty buffer to go on with.
  std::unique_ptr<SortBuffer> spare_ ABSL_GUARDED_BY(mutex_);
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  // Started with the first run: what fits in memory needs no thread.
  std::thread writer_;
};

}  // namespace broadsheet::build
