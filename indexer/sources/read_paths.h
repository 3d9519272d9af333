// SPDX-License-Identifier: GPL-3.0-or-later
// All articles of all paths: walks, opens, finds out the format, reads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "indexer/sources/detect.h"
#include "indexer/sources/field_rule.h"
#include "indexer/sources/source.h"
#include "indexer/sources/walk.h"

namespace broadsheet::sources {

// NOT_FOUND, naming it, when one of `paths` ("-" aside) does not exist.
absl::Status CheckPaths(const std::vector<std::string>& paths);

struct ReadOptions {
  // kAuto finds out for each file by itself.
  Format format = Format::kAuto;
  WalkOptions walk = {};
  // Read for the path "-"; stays the caller's.
  int standard_input = 0;
  // Asked before each article; when true the reading ends with CANCELLED. May be empty.
  std::function<bool()> cancelled = {};
  // For formats whose fields are found by rules: html and text. May be empty.
  RuleSink on_rules = {};
};

// Reads the inputs one after the other, in the order given. Not thread-safe.
class PathReader {
 public:
  explicit PathReader(ReadOptions options);
  ~PathReader();

  // Each path is a file, a folder or "-". A file that cannot be used is a reject, like a bad
  // record. NOT_FOUND when a path does not exist, found out before anything is read; CANCELLED;
  // else the errors of the sinks.
  absl::Status Read(const std::vector<std::string>& paths, const ArticleSink& articles,
                    const RejectSink& rejects);

  // What has been read so far; may be asked from within the sinks.
  uint64_t files() const { return files_; }
  // Unpacked.
  uint64_t bytes() const;
  // As stored, to compare with TotalBytes().
  uint64_t stored_bytes() const;
  const ReadCounts& counts() const { return counts_; }

 private:
  absl::Status ReadFile(const std::filesystem::path& file, const ArticleSink& articles,
                        const RejectSink& rejects);
  absl::Status ReadInput(absl::StatusOr<std::unique_ptr<Input>> input, const std::string& name,
                         const ArticleSink& articles, const RejectSink& rejects);
  absl::StatusOr<ArticleSource*> ChooseSource(Input& input);

  const ReadOptions options_;
  ReadCounts counts_;
  std::unique_ptr<ArticleSource> jsonl_;
  std::unique_ptr<ArticleSource> text_;
  std::unique_ptr<ArticleSource> html_;
  std::unique_ptr<Input> input_;
  uint64_t files_ = 0;
  // Of inputs that are closed.
  uint64_t bytes_ = 0;
  uint64_t stored_bytes_ = 0;
};

}  // namespace broadsheet::sources
