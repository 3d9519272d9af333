// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/columns/value_rows.h"

#include <string_view>

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
  MappedTable table;
  std::span<const uint32_t> units;
};

ValueRows::ValueRows(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ValueRows::~ValueRows() = default;

absl::StatusOr<std::unique_ptr<ValueRows>> ValueRows::Open(const std::filesystem::path& path) {
  absl::StatusOr<MappedTable> table = MapTableFile(path, kColumnsFile);
  if (!table.ok()) return table.status();
  const absl::StatusOr<std::span<const uint32_t>> units = UnitsOf(table->data, path);
  if (!units.ok()) return units.status();
  return std::unique_ptr<ValueRows>(
      new ValueRows(std::make_unique<Impl>(Impl{.table = *std::move(table), .units = *units})));
}

uint32_t ValueRows::count() const { return static_cast<uint32_t>(impl_->table.entries.size()); }

bool ValueRows::lost() const { return impl_->table.file.lost(); }

std::span<const uint32_t> ValueRows::RowOf(uint32_t docid) const {
  if (docid == 0 || docid > count()) return {};
  const uint64_t begin = docid == 1 ? 0 : impl_->table.entries[docid - 2];
  const uint64_t end = impl_->table.entries[docid - 1];
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
