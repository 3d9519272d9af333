// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/columns/columns.h"

#include <cstddef>
#include <span>

#include "engine/storage/index/layout.h"

namespace broadsheet::storage {

absl::StatusOr<std::unique_ptr<Columns>> Columns::Open(const std::filesystem::path& base) {
  absl::StatusOr<std::unique_ptr<ValueTable>> values = ValueTable::Open(base / kValuesName);
  if (!values.ok()) return values.status();
  absl::StatusOr<std::unique_ptr<ValueRows>> rows = ValueRows::Open(base / kColumnsName);
  if (!rows.ok()) return rows.status();
  return std::unique_ptr<Columns>(new Columns(*std::move(values), *std::move(rows)));
}

FieldValue Columns::SourceOf(uint32_t docid) const {
  // Values are in the order of their fields' numbers, and few come behind the source.
  const std::span<const uint32_t> numbers = rows_->NumbersOf(docid);
  for (size_t at = numbers.size(); at-- > 0;) {
    const FieldValue value = values_->At(numbers[at]);
    if (value.field == schema::FieldId::kSource) return value;
  }
  return {};
}

std::shared_ptr<const ValueIndex> Columns::Index() const {
  const base::MutexLock lock(mutex_);
  if (index_ == nullptr) index_ = std::make_shared<const ValueIndex>(*values_, *rows_);
  return index_;
}

std::string_view Columns::lost() const {
  if (values_->lost()) return kValuesName;
  return rows_->lost() ? kColumnsName : std::string_view();
}

}  // namespace broadsheet::storage
