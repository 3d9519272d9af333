// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/table/table_file.h"

#include <algorithm>
#include <cstring>
#include <system_error>
#include <utility>

#include "absl/strings/str_format.h"

namespace broadsheet::storage {
namespace {

constexpr size_t kMagicBytes = 8;
constexpr uint64_t kEntryBytes = sizeof(uint64_t);

struct Header {
  char magic[kMagicBytes];
  uint32_t version;
  uint32_t preamble_bytes;
};
static_assert(sizeof(Header) == 16);

struct Footer {
  uint64_t data_bytes;
  uint64_t count;
  char magic[kMagicBytes];
};
static_assert(sizeof(Footer) == 24);

uint64_t PaddingAfter(uint64_t bytes) { return (kEntryBytes - bytes % kEntryBytes) % kEntryBytes; }

absl::Status Damaged(const base::FileReader& file, std::string_view why) {
  return absl::DataLossError(absl::StrFormat("%s is damaged: %s", file.path().string(), why));
}

bool HasMagic(const char* stored, std::string_view magic) {
  return std::string_view(stored, kMagicBytes) == magic;
}

std::filesystem::path TablePath(const std::filesystem::path& path) {
  std::filesystem::path table = path;
  table += ".table";
  return table;
}

}  // namespace

absl::StatusOr<TableFileShape> ReadTableFileShape(const base::FileReader& file,
                                                  const TableFileKind& kind) {
  Header header;
  Footer footer;
  const uint64_t size = file.size();
  if (size < sizeof(header) + sizeof(footer)) return Damaged(file, "it is too short");
  absl::Status status = file.ReadAt(0, sizeof(header), reinterpret_cast<char*>(&header));
  if (!status.ok()) return status;
  status = file.ReadAt(size - sizeof(footer), sizeof(footer), reinterpret_cast<char*>(&footer));
  if (!status.ok()) return status;
  if (!HasMagic(header.magic, kind.magic)) return Damaged(file, "it is a file of another kind");
  if (header.version != kind.version) {
    return Damaged(
        file, absl::StrFormat("it has version %d instead of %d", header.version, kind.version));
  }
  if (!HasMagic(footer.magic, kind.magic)) return Damaged(file, "its end is missing");
  // No sum below can overflow once each part is known to be smaller than the file.
  if (footer.data_bytes > size || footer.count > size / kEntryBytes) {
    return Damaged(file, "its sizes do not add up");
  }
  TableFileShape shape;
  shape.preamble_begin = sizeof(header);
  shape.data_begin = shape.preamble_begin + header.preamble_bytes;
  shape.data_end = shape.data_begin + footer.data_bytes;
  shape.table_begin = shape.data_end + PaddingAfter(shape.data_end);
  shape.count = footer.count;
  if (shape.table_begin + shape.count * kEntryBytes + sizeof(footer) != size) {
    return Damaged(file, "its sizes do not add up");
  }
  return shape;
}

TableFileWriter::TableFileWriter(base::FileWriter data, base::FileWriter table, std::string magic)
    : data_(std::move(data)), table_(std::move(table)), magic_(std::move(magic)) {}

absl::StatusOr<MappedTable> MapTableFile(const std::filesystem::path& path,
                                         const TableFileKind& kind) {
  absl::StatusOr<base::FileReader> reader = base::FileReader::Open(path);
  if (!reader.ok()) return reader.status();
  const absl::StatusOr<TableFileShape> shape = ReadTableFileShape(*reader, kind);
  if (!shape.ok()) return shape.status();
  if (shape->count > UINT32_MAX) return BadTableSizes(path);
  absl::StatusOr<base::MappedFile> file = base::MappedFile::Map(*reader);
  if (!file.ok()) return file.status();
  const char* const start = file->data();
  return MappedTable{
      .file = *std::move(file),
      .preamble = {start + shape->preamble_begin, shape->data_begin - shape->preamble_begin},
      .data = {start + shape->data_begin, shape->data_end - shape->data_begin},
      .entries = {reinterpret_cast<const uint64_t*>(start + shape->table_begin), shape->count}};
}

absl::Status BadTableSizes(const std::filesystem::path& path) {
  return absl::DataLossError(
      absl::StrFormat("%s is damaged: its sizes do not add up", path.string()));
}

absl::StatusOr<std::span<const uint32_t>> UnitsOf(std::string_view part,
                                                  const std::filesystem::path& path) {
  if (reinterpret_cast<uintptr_t>(part.data()) % sizeof(uint32_t) != 0) return BadTableSizes(path);
  return std::span(reinterpret_cast<const uint32_t*>(part.data()), part.size() / sizeof(uint32_t));
}

absl::StatusOr<TableFileWriter> TableFileWriter::Create(const std::filesystem::path& path,
                                                        const TableFileKind& kind,
                                                        std::string_view preamble) {
  absl::StatusOr<base::FileWriter> data = base::FileWriter::Create(path);
  if (!data.ok()) return data.status();
  absl::StatusOr<base::FileWriter> table = base::FileWriter::Create(TablePath(path));
  if (!table.ok()) return table.status();
  TableFileWriter writer(*std::move(data), *std::move(table), std::string(kind.magic));
  Header header{.magic = {},
                .version = kind.version,
                .preamble_bytes = static_cast<uint32_t>(preamble.size())};
  std::memcpy(header.magic, kind.magic.data(), kMagicBytes);
  if (absl::Status status = writer.data_.Append(BytesOf(header)); !status.ok()) return status;
  if (absl::Status status = writer.data_.Append(preamble); !status.ok()) return status;
  writer.data_begin_ = writer.data_.bytes();
  return writer;
}

TableFileWriter::~TableFileWriter() {
  // A moved-from writer has no path.
  if (table_.path().empty()) return;
  std::error_code ignored;
  std::filesystem::remove(table_.path(), ignored);
}

absl::Status TableFileWriter::AppendEntry(uint64_t entry) {
  ++count_;
  return table_.Append(BytesOf(entry));
}

absl::Status TableFileWriter::Finish() {
  Footer footer{.data_bytes = data_bytes(), .count = count_, .magic = {}};
  std::memcpy(footer.magic, magic_.data(), kMagicBytes);
  const std::string padding(PaddingAfter(data_.bytes()), '\0');
  if (absl::Status status = data_.Append(padding); !status.ok()) return status;
  if (absl::Status status = CopyTable(); !status.ok()) return status;
  if (absl::Status status = data_.Append(BytesOf(footer)); !status.ok()) return status;
  return data_.Finish();
}

absl::Status TableFileWriter::CopyTable() {
  if (absl::Status status = table_.Close(); !status.ok()) return status;
  absl::StatusOr<base::FileReader> table = base::FileReader::Open(table_.path());
  if (!table.ok()) return table.status();
  std::string block(std::min<uint64_t>(256 << 10, table->size()), '\0');
  for (uint64_t offset = 0; offset < table->size();) {
    const absl::StatusOr<size_t> got = table->ReadSomeAt(offset, block.size(), block.data());
    if (!got.ok()) return got.status();
    // Another process truncated the file: the sizes in the footer will not add up, and readers
    // refuse it.
    if (*got == 0) break;
    if (absl::Status status = data_.Append(std::string_view(block.data(), *got)); !status.ok()) {
      return status;
    }
    offset += *got;
  }
  return absl::OkStatus();
}

}  // namespace broadsheet::storage
