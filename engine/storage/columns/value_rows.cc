// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/columns/value_rows.h"

#include <string_view>

#include "absl/strings/str_format.h"
#include "engine/base/file_reader.h"

namespace broadsheet::storage {
namespace {

// The data are the rows, one after the other, in units of 32 bits; the entry of a document is the
// end of its row, in units.
constexpr TableFileKind kColumnsFile{.magic = "BSCOLUMN", .version = 1};
constexpr size_t kDateUnits = 2;

}  // namespace

absl::StatusOr<ValueRowsWriter> ValueRowsWriter::Create(const std::filesystem::path& path) {
  absl::StatusOr<TableFileWriter> file = TableFileWriter::Create(path, kColumnsFile, "");
  if (!file.ok()) return file.status();
  return ValueRowsWriter(*std::move(file));
}

absl::Status ValueRowsWriter::Append(const StatedDate& date, std::span<const uint32_t> numbers) {
  absl::Status status = file_.AppendData(BytesOf(EncodeDate(date)));
  if (!status.ok()) return status;
  status = file_.AppendData(
      std::string_view(reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes()));
  if (!status.ok()) return status;
  return file_.AppendEntry(file_.data_bytes() / sizeof(uint32_t));
}

struct ValueRows::Impl {
  base::MappedFile file;
  std::span<const uint32_t> units;
  std::span<const uint64_t> ends;
};

ValueRows::ValueRows(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ValueRows::~ValueRows() = default;

absl::StatusOr<std::unique_ptr<ValueRows>> ValueRows::Open(const std::filesystem::path& path) {
  absl::StatusOr<base::FileReader> reader = base::FileReader::Open(path);
  if (!reader.ok()) return reader.status();
  const absl::StatusOr<TableFileShape> shape = ReadTableFileShape(*reader, kColumnsFile);
  if (!shape.ok()) return shape.status();
  // Docids have 32 bits, and units are read where they are aligned.
  if (shape->count > UINT32_MAX || shape->data_begin % sizeof(uint32_t) != 0) {
    return absl::DataLossError(
        absl::StrFormat("%s is damaged: its sizes do not add up", path.string()));
  }
  absl::StatusOr<base::MappedFile> file = base::MappedFile::Map(*reader);
  if (!file.ok()) return file.status();
  auto impl = std::make_unique<Impl>(Impl{.file = *std::move(file), .units = {}, .ends = {}});
  const char* const begin = impl->file.data();
  impl->units = {reinterpret_cast<const uint32_t*>(begin + shape->data_begin),
                 (shape->data_end - shape->data_begin) / sizeof(uint32_t)};
  impl->ends = {reinterpret_cast<const uint64_t*>(begin + shape->table_begin), shape->count};
  return std::unique_ptr<ValueRows>(new ValueRows(std::move(impl)));
}

uint32_t ValueRows::count() const { return static_cast<uint32_t>(impl_->ends.size()); }

bool ValueRows::lost() const { return impl_->file.lost(); }

std::span<const uint32_t> ValueRows::RowOf(uint32_t docid) const {
  if (docid == 0 || docid > count()) return {};
  const uint64_t begin = docid == 1 ? 0 : impl_->ends[docid - 2];
  const uint64_t end = impl_->ends[docid - 1];
  if (begin + kDateUnits > end || end > impl_->units.size()) return {};
  return impl_->units.subspan(begin, end - begin);
}

std::span<const uint32_t> ValueRows::NumbersOf(uint32_t docid) const {
  const std::span<const uint32_t> row = RowOf(docid);
  return row.empty() ? row : row.subspan(kDateUnits);
}

StatedDate ValueRows::DateOf(uint32_t docid) const {
  const std::span<const uint32_t> row = RowOf(docid);
  if (row.empty()) return {};
  return DecodeDate(row[0] | static_cast<uint64_t>(row[1]) << 32U);
}

}  // namespace broadsheet::storage
