// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/columns/columns.h"

#include "engine/storage/index/layout.h"

namespace broadsheet::storage {

absl::StatusOr<std::unique_ptr<Columns>> Columns::Open(const std::filesystem::path& base) {
  absl::StatusOr<std::unique_ptr<ValueTable>> values = ValueTable::Open(base / kValuesName);
  if (!values.ok()) return values.status();
  absl::StatusOr<std::unique_ptr<ValueRows>> rows = ValueRows::Open(base / kColumnsName);
  if (!rows.ok()) return rows.status();
  return std::unique_ptr<Columns>(new Columns(*std::move(values), *std::move(rows)));
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
