// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/columns/value_table.h"

#include "absl/strings/str_format.h"
#include "engine/base/first_behind.h"

namespace broadsheet::storage {
namespace {

// The data are the values, one after the other; the entry of a value is its end, with
// the top bit set for a further spelling of the value before it.
constexpr TableFileKind kValuesFile{.magic = "BSVALUES", .version = 1};
constexpr uint64_t kFurtherSpelling = uint64_t{1} << 63;

}  // namespace

absl::StatusOr<ValueTableWriter> ValueTableWriter::Create(const std::filesystem::path& path) {
  absl::StatusOr<TableFileWriter> file = TableFileWriter::Create(path, kValuesFile, "");
  if (!file.ok()) return file.status();
  return ValueTableWriter(*std::move(file));
}

absl::Status ValueTableWriter::Append(std::string_view value) {
  if (file_.count() >= UINT32_MAX - 1) {
    return absl::ResourceExhaustedError(
        absl::StrFormat("there are too many different values for %s", file_.path().string()));
  }
  if (absl::Status status = file_.AppendData(value); !status.ok()) return status;
  const FieldValue now = DecodeValue(value);
  const FieldValue before = DecodeValue(last_);
  const bool further = count() > 0 && now.field == before.field && now.folded == before.folded;
  last_ = value;
  return file_.AppendEntry(file_.data_bytes() | (further ? kFurtherSpelling : 0));
}

struct ValueTable::Impl {
  MappedTable table;
};

ValueTable::ValueTable(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ValueTable::~ValueTable() = default;

absl::StatusOr<std::unique_ptr<ValueTable>> ValueTable::Open(const std::filesystem::path& path) {
  absl::StatusOr<MappedTable> table = MapTableFile(path, kValuesFile);
  if (!table.ok()) return table.status();
  // One number is left for what is behind all values.
  if (table->entries.size() == UINT32_MAX) return BadTableSizes(path);
  return std::unique_ptr<ValueTable>(
      new ValueTable(std::make_unique<Impl>(Impl{.table = *std::move(table)})));
}

uint32_t ValueTable::count() const { return static_cast<uint32_t>(impl_->table.entries.size()); }

bool ValueTable::lost() const { return impl_->table.file.lost(); }

std::string_view ValueTable::BytesAt(uint32_t number) const {
  if (number >= count()) return {};
  const uint64_t begin = number == 0 ? 0 : impl_->table.entries[number - 1] & ~kFurtherSpelling;
  const uint64_t end = impl_->table.entries[number] & ~kFurtherSpelling;
  if (begin > end || end > impl_->table.data.size()) return {};
  return impl_->table.data.substr(begin, end - begin);
}

bool ValueTable::IsFurtherSpelling(uint32_t number) const {
  return number < count() && (impl_->table.entries[number] & kFurtherSpelling) != 0;
}

FieldValue ValueTable::At(uint32_t number) const { return DecodeValue(BytesAt(number)); }

ValueRange ValueTable::WithPrefix(schema::FieldId field, std::string_view prefix) const {
  std::string bytes(1, static_cast<char>(field));
  bytes.append(prefix);
  const uint32_t begin =
      base::FirstBehind(0, count(), [&](uint32_t number) { return BytesAt(number) >= bytes; });
  const uint32_t end = base::FirstBehind(begin, count(), [&](uint32_t number) {
    return BytesAt(number).substr(0, bytes.size()) > bytes;
  });
  return {.begin = begin, .end = end};
}

ValueRange ValueTable::Find(schema::FieldId field, std::string_view folded) const {
  // What ends a folded form in EncodeValue.
  std::string whole(folded);
  whole.push_back('\0');
  return WithPrefix(field, whole);
}

}  // namespace broadsheet::storage
