// SPDX-License-Identifier: GPL-3.0-or-later
// What base/ has for facets and timelines, opened: the values of all fields, and which of them each
// document has, with its date.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "engine/base/mutex.h"
#include "engine/storage/columns/value_index.h"
#include "engine/storage/columns/value_rows.h"
#include "engine/storage/columns/value_table.h"

namespace broadsheet::storage {

// Immutable; safe from any thread.
class Columns {
 public:
  // `base` is the folder. Errors of both files.
  static absl::StatusOr<std::unique_ptr<Columns>> Open(const std::filesystem::path& base);

  const ValueTable& values() const { return *values_; }
  const ValueRows& rows() const { return *rows_; }
  // The source of a document of base; an empty value where it states none.
  FieldValue SourceOf(uint32_t docid) const;
  // Made at the first call, while other threads that ask wait.
  std::shared_ptr<const ValueIndex> Index() const;
  // The name of a file of which pages could not be read; "" as long as there is none.
  std::string_view lost() const;

 private:
  Columns(std::unique_ptr<ValueTable> values, std::unique_ptr<ValueRows> rows)
      : values_(std::move(values)), rows_(std::move(rows)) {}

  std::unique_ptr<ValueTable> values_;
  std::unique_ptr<ValueRows> rows_;
  mutable base::Mutex mutex_;
  mutable std::shared_ptr<const ValueIndex> index_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace broadsheet::storage
