// SPDX-License-Identifier: GPL-3.0-or-later
// A temporary file of (key, payload) records in blocks compressed with zstd, for sorting more than
// fits in memory. Written once, and read once from front to back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/file_reader.h"
#include "engine/base/file_writer.h"

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace broadsheet::indexing {

// The views are valid until the next record is read.
struct Record {
  std::string_view key;
  std::string_view payload;
};

// Not thread-safe. Destroying it before Finish leaves a file that no reader accepts.
class RunFileWriter {
 public:
  // `block_bytes` is the size of a block before compression; a longer record makes a longer block.
  static absl::StatusOr<std::unique_ptr<RunFileWriter>> Create(const std::filesystem::path& path,
                                                               size_t block_bytes);
  ~RunFileWriter();
  RunFileWriter(const RunFileWriter&) = delete;
  RunFileWriter& operator=(const RunFileWriter&) = delete;

  // Errors of base::FileError: RESOURCE_EXHAUSTED naming the file when the disk is full.
  absl::Status Append(const Record& record);
  absl::Status Finish();

 private:
  RunFileWriter(base::FileWriter file, size_t block_bytes);
  absl::Status WriteBlock();

  base::FileWriter file_;
  const size_t block_bytes_;
  ZSTD_CCtx_s* const context_;
  std::string block_;
  std::string packed_;
};

// Not thread-safe. The file is removed from its folder when it is opened, so the disk space is free
// again as soon as the reader is destroyed.
class RunFileReader {
 public:
  static absl::StatusOr<std::unique_ptr<RunFileReader>> Open(const std::filesystem::path& path);
  ~RunFileReader();
  RunFileReader(const RunFileReader&) = delete;
  RunFileReader& operator=(const RunFileReader&) = delete;

  // False at the end of the run; DATA_LOSS when the file is not what a writer finished.
  absl::StatusOr<bool> Next(Record* record);

 private:
  explicit RunFileReader(base::FileReader file);
  // Reads the next block; false when it was the end mark.
  absl::StatusOr<bool> ReadBlock();
  absl::Status ReadBytes(size_t bytes, char* to);
  absl::Status Damaged() const;

  const base::FileReader file_;
  uint64_t next_block_ = 0;
  ZSTD_DCtx_s* const context_;
  std::string packed_;
  std::string block_;
  size_t offset_ = 0;
  bool ended_ = false;
};

}  // namespace broadsheet::indexing
