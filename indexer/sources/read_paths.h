// SPDX-License-Identifier: GPL-3.0-or-later
// Reads all articles of all paths: walks folders, opens files and archives, detects formats, and
// reads.
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
#include "indexer/sources/article/source.h"
#include "indexer/sources/detect.h"
#include "indexer/sources/input/walk.h"
#include "indexer/sources/json/field_map.h"

namespace broadsheet::sources {

// NOT_FOUND, naming the path, when one of `paths` (except "-") does not exist; INVALID_ARGUMENT
// when it is a device or a socket.
absl::Status CheckPaths(const std::vector<std::string>& paths);

// What became of the records of one file. A file that cannot be read, or is in no known format, is
// one record itself.
struct FileTally {
  std::string name = {};
  Format format = Format::kAuto;
  uint64_t articles = 0;  // accepted by the sink
  uint64_t rejects = 0;
  uint64_t passed_over = 0;
  uint64_t lost = 0;  // at least
};

struct ReadOptions {
  // kAuto detects the format of each file.
  Format format = Format::kAuto;
  // For JSON lines with foreign names, see field_map.h. Must outlive the reader; may be null.
  const FieldMap* map = nullptr;
  WalkOptions walk = {};
  // The descriptor to read for the path "-"; the caller keeps owning it.
  int standard_input = 0;
  // Polled before each article; when it returns true the reading ends with CANCELLED. May be empty.
  std::function<bool()> cancelled = {};
  SourceHooks hooks = {};
  // Called once a file has been read, entries of archives one by one. May be empty.
  std::function<void(const FileTally&)> on_file_read = {};
};

// The counts of one format; files of unknown format count as kAuto.
struct FormatTally {
  uint64_t files = 0;  // entries of archives as well
  uint64_t articles = 0;
  uint64_t rejects = 0;
  uint64_t lost = 0;  // records that could not be read at all, at least
  uint64_t warnings = 0;
  // Rejects by reason, without the names and numbers in it, so that similar reasons count together;
  // at most kMaxReasons, further ones as "other reasons".
  std::map<std::string, uint64_t> reasons;
  // Lost records in the same way.
  std::map<std::string, uint64_t> losses;
  ReadCounts counts;

  static constexpr size_t kMaxReasons = 100;
};

// Reads the inputs one after the other, in the order given. Not thread-safe.
class PathReader {
 public:
  explicit PathReader(ReadOptions options);
  ~PathReader();

  // Each path is a file, an archive of files, a pipe, a folder or "-". A file that cannot be used
  // is a reject, like a bad record. Errors of CheckPaths, before anything is read; CANCELLED;
  // errors of the sinks.
  absl::Status Read(const std::vector<std::string>& paths, const ArticleSink& articles,
                    const RejectSink& rejects);

  // Files read so far; these getters may be called from within the sinks.
  uint64_t files() const { return files_; }
  // Unpacked bytes read so far.
  uint64_t bytes() const;
  // Stored bytes read so far, to compare with TotalBytes().
  uint64_t stored_bytes() const;
  // The name and the format of the present file.
  const std::string& file() const { return file_; }
  Format format() const { return format_; }
  const FormatTally& tally(Format format) const { return tallies_[static_cast<size_t>(format)]; }
  // The map that it reads by; null without one.
  const FieldMap* map() const { return options_.map; }
  // The counts of all formats together.
  ReadCounts counts() const;
  // How many entries of folders were skipped on purpose, and the path of the first.
  uint64_t passed_over(PassedOver what) const { return passed_over_[static_cast<size_t>(what)]; }
  const std::string& first_passed_over() const { return first_passed_over_; }

 private:
  struct Sinks {
    const ArticleSink& articles;
    const RejectSink& rejects;
  };

  absl::Status ReadFile(const WalkedFile& file, const Sinks& sinks);
  // `input` is the result of opening it. `depth` counts the enclosing archives.
  absl::Status ReadOpened(absl::StatusOr<std::unique_ptr<Input>> input, const std::string& name,
                          const Sinks& sinks);
  absl::Status ReadInput(Input& input, int depth, const Sinks& sinks);
  absl::Status ReadEntries(Input& archive, int depth, const Sinks& sinks);
  absl::StatusOr<Detected> ChooseFormat(std::string_view head) const;
  absl::Status Refuse(const std::string& name, const absl::Status& why, const Sinks& sinks);
  ArticleSource& SourceOf(Format format);
  void CountReject(const Reject& reject);
  void EndFile(const std::string& name, const FileTally& before);
  // The counts of the present format as of now, to take the difference later.
  FileTally Counted() const;
  FormatTally& tally() { return tallies_[static_cast<size_t>(format_)]; }

  const ReadOptions options_;
  std::array<FormatTally, kFormats> tallies_;
  std::array<uint64_t, kPassedOver> passed_over_ = {};
  std::string first_passed_over_;
  // Made when first needed.
  std::array<std::unique_ptr<ArticleSource>, kFormats> sources_;
  std::unique_ptr<Input> input_;
  std::string file_;
  Format format_ = Format::kAuto;
  uint64_t files_ = 0;
  // The bytes of inputs that are closed.
  uint64_t bytes_ = 0;
  uint64_t stored_bytes_ = 0;
};

}  // namespace broadsheet::sources
