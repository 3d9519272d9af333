// SPDX-License-Identifier: GPL-3.0-or-later
// base/headlines: the articles in the order of their folded headlines, for completions. Layout in
// docs/index_format.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/storage/table/table_file.h"

namespace broadsheet::storage {

// The form under which headlines are ordered: text::FoldValue() of the beginning.
std::string FoldHeadline(std::string_view headline);

// Not thread-safe.
class HeadlineListWriter {
 public:
  static absl::StatusOr<HeadlineListWriter> Create(const std::filesystem::path& path);

  // Folded headlines in ascending order.
  absl::Status Append(std::string_view folded, uint32_t docid);
  // Syncs. Nothing may be appended afterwards.
  absl::Status Finish() { return file_.Finish(); }

 private:
  explicit HeadlineListWriter(TableFileWriter file) : file_(std::move(file)) {}
  TableFileWriter file_;
};

// A finished file, mapped. Immutable; safe from any thread.
class HeadlineList {
 public:
  // How many bytes of a headline the file has.
  static constexpr size_t kStartBytes = 8;

  // DATA_LOSS when magic or sizes are not those that Finish() wrote; MANIFEST's checksum covers the
  // contents.
  static absl::StatusOr<std::unique_ptr<HeadlineList>> Open(const std::filesystem::path& path);
  ~HeadlineList();
  HeadlineList(const HeadlineList&) = delete;
  HeadlineList& operator=(const HeadlineList&) = delete;

  uint32_t count() const;
  // The docids of the headlines that have the first kStartBytes of `prefix`, in the order of
  // headlines: where `prefix` is longer, the articles themselves tell which of them begin with it.
  // A damaged file may give any docids.
  std::span<const uint32_t> WithStartOf(std::string_view prefix) const;
  // True once pages of the file could not be read, as TokenFile::lost().
  bool lost() const;

 private:
  struct Impl;
  explicit HeadlineList(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace broadsheet::storage
