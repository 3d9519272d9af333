// SPDX-License-Identifier: GPL-3.0-or-later
// base/values: every value of every field that can be filtered by whole values, in every spelling,
// numbered in order. Layout in docs/index_format.md.
//
// Spellings are kept apart so that an article that readers may not see shows in nothing, not even
// in how a value is spelled.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/schema/field_table.h"
#include "engine/storage/columns/article_columns.h"
#include "engine/storage/table/table_file.h"

namespace broadsheet::storage {

// Numbers of values from `begin` to below `end`.
struct ValueRange {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t size() const { return end - begin; }
  bool Has(uint32_t number) const { return number >= begin && number < end; }
  bool operator==(const ValueRange&) const = default;
};

// Not thread-safe.
class ValueTableWriter {
 public:
  static absl::StatusOr<ValueTableWriter> Create(const std::filesystem::path& path);

  // The next value, as EncodeValue writes it: each once, in ascending order. Its number is count()
  // of before.
  absl::Status Append(std::string_view value);
  uint32_t count() const { return static_cast<uint32_t>(file_.count()); }
  // Syncs. Nothing may be appended afterwards.
  absl::Status Finish() { return file_.Finish(); }

 private:
  explicit ValueTableWriter(TableFileWriter file) : file_(std::move(file)) {}
  TableFileWriter file_;
  std::string last_;
};

// A finished file, mapped. Immutable; safe from any thread.
class ValueTable {
 public:
  // DATA_LOSS when magic or sizes are not those that Finish() wrote; MANIFEST's checksum covers the
  // contents.
  static absl::StatusOr<std::unique_ptr<ValueTable>> Open(const std::filesystem::path& path);
  ~ValueTable();
  ValueTable(const ValueTable&) = delete;
  ValueTable& operator=(const ValueTable&) = delete;

  uint32_t count() const;
  // Valid as long as this. An empty value for a number that is not below count(), or in a damaged
  // file.
  FieldValue At(uint32_t number) const;
  // Whether it is a further spelling of the value before it.
  bool IsFurtherSpelling(uint32_t number) const;
  // The values of a field whose folded form begins with `prefix`; and those whose folded form is
  // `folded`, one for each spelling.
  ValueRange WithPrefix(schema::FieldId field, std::string_view prefix) const;
  ValueRange Find(schema::FieldId field, std::string_view folded) const;
  // True once pages of the file could not be read, as TokenFile::lost().
  bool lost() const;

 private:
  struct Impl;
  explicit ValueTable(std::unique_ptr<Impl> impl);
  std::string_view BytesAt(uint32_t number) const;
  std::unique_ptr<Impl> impl_;
};

}  // namespace broadsheet::storage
