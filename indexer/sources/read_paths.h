// SPDX-License-Identifier: GPL-3.0-or-later
// All articles of all paths: walks, opens, looks into archives, finds out the format, reads.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "indexer/sources/article/field_rule.h"
#include "indexer/sources/article/source.h"
#include "indexer/sources/detect.h"
#include "indexer/sources/input/walk.h"
#include "indexer/sources/json/field_map.h"

namespace broadsheet::sources {

// NOT_FOUND, naming it, when one of `paths` ("-" aside) does not exist; INVALID_ARGUMENT when it is
// a device or a socket.
absl::Status CheckPaths(const std::vector<std::string>& paths);

struct ReadOptions {
  // kAuto finds out for each file by itself.
  Format format = Format::kAuto;
  // For JSON lines: other people's names, see field_map.h. Outlives the reader; may be null.
  const FieldMap* map = nullptr;
  WalkOptions walk = {};
  // Read for the path "-"; stays the caller's.
  int standard_input = 0;
  // Asked before each article; when true the reading ends with CANCELLED. May be empty.
  std::function<bool()> cancelled = {};
  // Told which rule gave each field. May be empty.
  RuleSink on_rules = {};
};

// What became of all that was read of one format; files whose format could not be told are counted
// as kAuto.
struct FormatTally {
  uint64_t files = 0;  // entries of archives as well
  uint64_t articles = 0;
  uint64_t rejects = 0;
  // How often for each reason, names and numbers in it left out so that like ones count together;
  // at most kMaxReasons, the others as "other reasons".
  std::map<std::string, uint64_t> reasons;
  ReadCounts counts;

  static constexpr size_t kMaxReasons = 100;
};

// Reads the inputs one after the other, in the order given. Not thread-safe.
class PathReader {
 public:
  explicit PathReader(ReadOptions options);
  ~PathReader();

  // Each path is a file, an archive of files, a pipe, a folder or "-". A file that cannot be used
  // is a reject, like a bad record. As CheckPaths, before anything is read; CANCELLED; else the
  // errors of the sinks.
  absl::Status Read(const std::vector<std::string>& paths, const ArticleSink& articles,
                    const RejectSink& rejects);

  // What has been read so far; may be asked from within the sinks.
  uint64_t files() const { return files_; }
  // Unpacked.
  uint64_t bytes() const;
  // As stored, to compare with TotalBytes().
  uint64_t stored_bytes() const;
  // The format of what is being read.
  Format format() const { return format_; }
  const FormatTally& tally(Format format) const { return tallies_[static_cast<size_t>(format)]; }
  // The counts of all formats together.
  ReadCounts counts() const;
  // What was left unread in folders, on purpose; the path of the first of it all.
  uint64_t passed_over(PassedOver what) const { return passed_over_[static_cast<size_t>(what)]; }
  const std::string& first_passed_over() const { return first_passed_over_; }

 private:
  struct Sinks {
    const ArticleSink& articles;
    const RejectSink& rejects;
  };

  absl::Status ReadFile(const WalkedFile& file, const Sinks& sinks);
  // Opens nothing: `input` is what opening gave. `depth` counts the archives around it.
  absl::Status ReadOpened(absl::StatusOr<std::unique_ptr<Input>> input, const std::string& name,
                          const Sinks& sinks);
  absl::Status ReadInput(Input& input, int depth, const Sinks& sinks);
  absl::Status ReadEntries(Input& archive, int depth, const Sinks& sinks);
  absl::StatusOr<Format> ChooseFormat(std::string_view head) const;
  absl::Status Refuse(const std::string& name, const absl::Status& why, const Sinks& sinks);
  ArticleSource& SourceOf(Format format);
  FormatTally& tally() { return tallies_[static_cast<size_t>(format_)]; }

  const ReadOptions options_;
  std::array<FormatTally, kFormats> tallies_;
  std::array<uint64_t, kPassedOver> passed_over_ = {};
  std::string first_passed_over_;
  // Made when first needed.
  std::array<std::unique_ptr<ArticleSource>, kFormats> sources_;
  std::unique_ptr<Input> input_;
  Format format_ = Format::kAuto;
  uint64_t files_ = 0;
  // The bytes of inputs that are closed.
  uint64_t bytes_ = 0;
  uint64_t stored_bytes_ = 0;
};

}  // namespace broadsheet::sources
