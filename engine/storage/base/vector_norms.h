// SPDX-License-Identifier: GPL-3.0-or-later
// base/norms: of each article's vector (engine/weights/article_vectors.h) what its token run alone
// does not tell, so that two articles can be compared by one walk over one run. Layout in
// docs/index_format.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/storage/table/table_file.h"

namespace broadsheet::storage {

struct VectorNorm {
  // What makes the vector's length 1: one over its length. 0 for a vector without words.
  float unit = 0;
  // The part of the token run that the vector is made of, its first codes; and the length of the
  // article by which occurrences are weighed (schema::LengthNorm).
  uint32_t codes = 0;
  uint32_t words = 0;
  bool operator==(const VectorNorm&) const = default;
};

// What the file can hold.
inline constexpr uint32_t kMostVectorCodes = (1U << 20) - 1;
inline constexpr uint32_t kMostVectorWords = (1U << 12) - 1;

// Writes norms in docid order, docid 1 first. Not thread-safe.
class VectorNormsWriter {
 public:
  static absl::StatusOr<VectorNormsWriter> Create(const std::filesystem::path& path);

  // Not beyond kMostVectorCodes and kMostVectorWords.
  absl::Status Append(const VectorNorm& norm);
  // Syncs. Nothing may be appended afterwards.
  absl::Status Finish() { return file_.Finish(); }

 private:
  explicit VectorNormsWriter(TableFileWriter file) : file_(std::move(file)) {}
  TableFileWriter file_;
};

// A finished file, mapped. Immutable; safe from any thread.
class VectorNorms {
 public:
  // DATA_LOSS when magic or sizes are not those that Finish() wrote; MANIFEST's checksum covers the
  // contents.
  static absl::StatusOr<std::unique_ptr<VectorNorms>> Open(const std::filesystem::path& path);
  ~VectorNorms();
  VectorNorms(const VectorNorms&) = delete;
  VectorNorms& operator=(const VectorNorms&) = delete;

  uint32_t count() const;
  // `docid` in 1..count(); the norm of no words otherwise. In a damaged file any numbers within the
  // bounds above, and a finite `unit`.
  VectorNorm At(uint32_t docid) const;
  // True once pages of the file could not be read, as TokenFile::lost().
  bool lost() const;

 private:
  struct Impl;
  explicit VectorNorms(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace broadsheet::storage
