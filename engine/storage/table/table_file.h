// SPDX-License-Identifier: GPL-3.0-or-later
// The format that base/tokens, base/cards and base/bodies share: a header and a footer that show
// that a file is complete, and a table with one 64-bit entry a document. docs/index_format.md shows
// the bytes.
#pragma once

#include <bit>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/file_reader.h"
#include "engine/base/file_writer.h"

namespace broadsheet::storage {

// Numbers are stored in the machine's byte order.
static_assert(std::endian::native == std::endian::little, "files are little-endian");

// The bytes of a plain number or struct.
template <typename T>
std::string_view BytesOf(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof(T)};
}

// Tells the kinds of file apart; `magic` has exactly 8 characters.
struct TableFileKind {
  std::string_view magic;
  uint32_t version;
};

// The offsets of the parts of a finished file, in bytes from its start.
struct TableFileShape {
  uint64_t preamble_begin = 0;
  uint64_t data_begin = 0;
  uint64_t data_end = 0;
  uint64_t table_begin = 0;  // a multiple of 8
  uint64_t count = 0;        // entries, one a document
};

// DATA_LOSS, naming the file, when it is too short or too long, or of another kind or version.
absl::StatusOr<TableFileShape> ReadTableFileShape(const base::FileReader& file,
                                                  const TableFileKind& kind);

// A finished file, mapped. Entries and data may be damaged.
struct MappedTable {
  base::MappedFile file;
  std::string_view preamble;
  std::string_view data;
  std::span<const uint64_t> entries;  // one a document
};

// Errors as ReadTableFileShape, and of opening and mapping; DATA_LOSS also for more entries than
// docids have numbers.
absl::StatusOr<MappedTable> MapTableFile(const std::filesystem::path& path,
                                         const TableFileKind& kind);

// Of a file whose parts are not where they have to be: DATA_LOSS.
absl::Status BadTableSizes(const std::filesystem::path& path);

// `part` of the mapped file at `path` as numbers of 32 bits, without what is left of the last;
// BadTableSizes when they could not be read in place.
absl::StatusOr<std::span<const uint32_t>> UnitsOf(std::string_view part,
                                                  const std::filesystem::path& path);

// Writes header, preamble and data; Finish() adds table and footer. Entries are collected in a
// second file ("<path>.table"), so that memory does not grow with the number of documents. Errors
// stick, as in FileWriter. Not thread-safe.
class TableFileWriter {
 public:
  static absl::StatusOr<TableFileWriter> Create(const std::filesystem::path& path,
                                                const TableFileKind& kind,
                                                std::string_view preamble);
  TableFileWriter(TableFileWriter&&) noexcept = default;
  TableFileWriter& operator=(TableFileWriter&&) noexcept = default;
  // Removes "<path>.table", whether or not Finish() was reached.
  ~TableFileWriter();

  absl::Status AppendData(std::string_view bytes) { return data_.Append(bytes); }
  absl::Status AppendEntry(uint64_t entry);
  // Syncs. Nothing may be appended afterwards.
  absl::Status Finish();

  // Bytes of data so far, header and preamble not included.
  uint64_t data_bytes() const { return data_.bytes() - data_begin_; }
  uint64_t count() const { return count_; }
  const std::filesystem::path& path() const { return data_.path(); }

 private:
  TableFileWriter(base::FileWriter data, base::FileWriter table, std::string magic);
  absl::Status CopyTable();

  base::FileWriter data_;
  base::FileWriter table_;
  std::string magic_;
  uint64_t data_begin_ = 0;
  uint64_t count_ = 0;
};

}  // namespace broadsheet::storage
