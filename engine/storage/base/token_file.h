// SPDX-License-Identifier: GPL-3.0-or-later
// base/tokens: the token runs of a generation, addressed by docid, memory-mapped by readers.
// Layout in docs/index_format.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/storage/base/token_run.h"
#include "engine/storage/base/word_table.h"

namespace broadsheet::storage {

// Writes runs in docid order, docid 1 first. Not thread-safe.
class TokenFileWriter {
 public:
  // `frequent` are the forms of the frequent words that the runs refer to (WordTable).
  static absl::StatusOr<std::unique_ptr<TokenFileWriter>> Create(
      const std::filesystem::path& path, std::span<const uint32_t> frequent);
  virtual ~TokenFileWriter() = default;
  // A run as RunPacker makes it.
  virtual absl::Status Append(std::span<const uint32_t> run) = 0;
  // Appends the runs of another finished token file, which refer to the same frequent words. Their
  // forms need not be in that file.
  virtual absl::Status AppendFile(const std::filesystem::path& other) = 0;
  // Writes the offsets and syncs. Nothing may be appended afterwards.
  virtual absl::Status Finish() = 0;
};

// Immutable; safe from any thread; keeps its mapping for its lifetime.
class TokenFile {
 public:
  // DATA_LOSS when magic or sizes are not those that Finish() wrote; MANIFEST's checksum covers the
  // contents.
  static absl::StatusOr<std::unique_ptr<TokenFile>> Open(const std::filesystem::path& path);
  ~TokenFile();
  TokenFile(const TokenFile&) = delete;
  TokenFile& operator=(const TokenFile&) = delete;

  uint32_t count() const;
  // The frequent words of the generation, to which the runs of live/ refer, too.
  const WordTable& words() const;
  // `docid` in 1..count(); an empty run otherwise.
  TokenRun run(uint32_t docid) const;
  // True once pages of the file could not be read (the file was truncated, or its disk fails): runs
  // read since then, and answers made from them, may be wrong.
  bool lost() const;

 private:
  struct Impl;
  explicit TokenFile(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace broadsheet::storage
