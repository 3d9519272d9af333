// SPDX-License-Identifier: GPL-3.0-or-later
// base/columns: of each document the numbers of its values in base/values, and its date. Layout in
// docs/index_format.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/storage/columns/article_columns.h"
#include "engine/storage/table/table_file.h"

namespace broadsheet::storage {

// Writes rows in docid order, docid 1 first. Not thread-safe.
class ValueRowsWriter {
 public:
  static absl::StatusOr<ValueRowsWriter> Create(const std::filesystem::path& path);

  // `numbers` in ascending order.
  absl::Status Append(const StatedDate& date, std::span<const uint32_t> numbers);
  // Syncs. Nothing may be appended afterwards.
  absl::Status Finish() { return file_.Finish(); }

 private:
  explicit ValueRowsWriter(TableFileWriter file) : file_(std::move(file)) {}
  TableFileWriter file_;
};

// A finished file, mapped. Immutable; safe from any thread. For a docid outside 1..count(), and
// where the file is damaged, rows are empty and dates are none.
class ValueRows {
 public:
  // DATA_LOSS when magic or sizes are not those that Finish() wrote; MANIFEST's checksum covers the
  // contents.
  static absl::StatusOr<std::unique_ptr<ValueRows>> Open(const std::filesystem::path& path);
  ~ValueRows();
  ValueRows(const ValueRows&) = delete;
  ValueRows& operator=(const ValueRows&) = delete;

  uint32_t count() const;
  // The numbers of the values of all fields, ascending. A damaged file may have any numbers.
  std::span<const uint32_t> NumbersOf(uint32_t docid) const;
  StatedDate DateOf(uint32_t docid) const;
  // True once pages of the file could not be read, as TokenFile::lost().
  bool lost() const;

 private:
  struct Impl;
  explicit ValueRows(std::unique_ptr<Impl> impl);
  // A row's units: two of the date, then the numbers. Empty where there is none.
  std::span<const uint32_t> RowOf(uint32_t docid) const;
  std::unique_ptr<Impl> impl_;
};

}  // namespace broadsheet::storage
