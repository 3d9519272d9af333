// SPDX-License-Identifier: GPL-3.0-or-later
// Sorts any number of (key, payload) records within a memory budget: a thread of the sorter sorts
// full buffers and writes them to compressed runs, which are merged while they are read.
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

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/indexing/sort/run_file.h"
#include "engine/indexing/sort/sort_buffer.h"

namespace broadsheet::indexing {

// Not thread-safe.
class RecordStream {
 public:
  virtual ~RecordStream() = default;
  // False at the end. The record's views are valid until the next call.
  virtual absl::StatusOr<bool> Next(Record* record) = 0;
};

struct SorterOptions {
  // An existing folder for the runs, if any are written.
  std::filesystem::path folder;
  // The prefix of the runs' file names, which no other sorter in the folder may use.
  std::string name;
  // Bounds the buffers while records are added and the blocks while they are merged. Only a single
  // larger record exceeds it.
  uint64_t memory_bytes = 64ULL << 20;
};

// Call Add and Sort from one thread. Owns a thread that writes a run while the next one is
// gathered; Sort and the destructor wait for it.
class ExternalSorter {
 public:
  explicit ExternalSorter(SorterOptions options);
  ~ExternalSorter();
  ExternalSorter(const ExternalSorter&) = delete;
  ExternalSorter& operator=(const ExternalSorter&) = delete;

  // Copies the record. Returns an earlier failure to write a run, if there was one.
  absl::Status Add(const Record& record);

  // All records by key, bytewise; equal keys in the order in which they were added. Call once;
  // nothing may be added afterwards. The stream may outlive the sorter.
  absl::StatusOr<std::unique_ptr<RecordStream>> Sort();

 private:
  // Waits until the thread has written the buffer before, then gives it `filling_` to write.
  absl::Status HandOver();
  // Runs in the thread: sorts and writes `buffer`, then clears it.
  absl::Status WriteRun(SortBuffer* buffer, const std::filesystem::path& path) const;
  // Waits for the run being written, if any. Returns its status, and an error at every later call
  // too.
  absl::Status Join();
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

  // The thread that writes a run; a new one for each run, since a run takes a good part of a
  // second. While it runs, only the thread may use `writing_` and `status_`; after Join the owner
  // may.
  std::thread writer_;
  std::unique_ptr<SortBuffer> writing_;
  absl::Status status_;
};

}  // namespace broadsheet::indexing
