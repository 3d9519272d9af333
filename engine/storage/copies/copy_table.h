// SPDX-License-Identifier: GPL-3.0-or-later
// base/copies: which articles of base tell the same story in the same words, and the sketches by
// which articles that are written later find theirs. Layout in docs/index_format.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/storage/copies/copy_sketch.h"
#include "engine/storage/table/table_file.h"

namespace broadsheet::storage {

// The place of an article among its copies. The docids are those of base; 0 = none.
struct CopyLink {
  // The story's first article, when the index was built; 0 for an article without copies in base.
  uint32_t leader = 0;
  // The next article of the story by time, then id; 0 behind the last.
  uint32_t next = 0;
  bool operator==(const CopyLink&) const = default;
};

// Writes all sketches, then all links, both in docid order, docid 1 first. Not thread-safe.
class CopyTableWriter {
 public:
  static absl::StatusOr<CopyTableWriter> Create(const std::filesystem::path& path);

  absl::Status AppendSketch(const CopySketch& sketch);
  absl::Status AppendLink(const CopyLink& link);
  // Syncs. Nothing may be appended afterwards.
  absl::Status Finish() { return file_.Finish(); }

 private:
  explicit CopyTableWriter(TableFileWriter file) : file_(std::move(file)) {}
  TableFileWriter file_;
};

// A finished file, mapped. Immutable; safe from any thread. A docid outside 1..count() has no
// copies and a blank sketch. In a damaged file links may be any numbers: whoever follows them
// counts steps.
class CopyTable {
 public:
  // DATA_LOSS when magic or sizes are not those that Finish() wrote; MANIFEST's checksum covers the
  // contents.
  static absl::StatusOr<std::unique_ptr<CopyTable>> Open(const std::filesystem::path& path);
  ~CopyTable();
  CopyTable(const CopyTable&) = delete;
  CopyTable& operator=(const CopyTable&) = delete;

  uint32_t count() const;
  CopyLink LinkOf(uint32_t docid) const;
  // Valid as long as this. Blank for all in a table with sketches of another version: stories are
  // known there, but articles that are written later find none of them.
  const CopySketch& SketchOf(uint32_t docid) const;
  // The docid that names the story of `docid` as long as base stands: its leader's, or its own.
  uint32_t StoryOf(uint32_t docid) const;
  // True once pages of the file could not be read, as TokenFile::lost().
  bool lost() const;

  // Calls `visit(docid)` for the articles of the story that `leader` leads, by time, then id.
  template <typename Visit>
  void ForEachOf(uint32_t leader, Visit visit) const {
    uint32_t docid = leader;
    for (uint32_t steps = 0; docid != 0 && docid <= count() && steps < count(); ++steps) {
      visit(docid);
      docid = LinkOf(docid).next;
    }
  }

 private:
  struct Impl;
  explicit CopyTable(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace broadsheet::storage
