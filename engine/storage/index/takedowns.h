// SPDX-License-Identifier: GPL-3.0-or-later
// INDEX/takedowns: the ids of articles that were withdrawn for good. Readers do not see these
// articles in any generation, even if somebody writes them again. docs/index_format.md has the
// format, and the effect of a crash between any two steps.
//
// A loss of lines must not bring the articles back. So the number of lines is recorded elsewhere
// (takedowns_record.h); when lines are missing or differ, the index is not read until they are
// restored or their loss is accepted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/base/file_descriptor.h"
#include "engine/base/file_stamp.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::storage {

// Tells whether the takedowns have changed, for the price of two stats: of the lines and of their
// record. Take the stamp before reading them; a later change then makes it differ.
struct TakedownsStamp {
  base::FileStamp lines;
  base::FileStamp record;
  bool operator==(const TakedownsStamp&) const = default;
};
TakedownsStamp ReadTakedownsStamp(const Layout& layout);

// Immutable and safe from any thread.
class Takedowns {
 public:
  // Empty when nothing was ever taken down. DATA_LOSS, a fault of the index that says what is
  // wrong, when lines are damaged, or differ from the record, or the record is lost. What a crash
  // leaves does not count as damage: an incomplete last line, and lines that the record does not
  // count yet.
  static absl::StatusOr<std::shared_ptr<const Takedowns>> Read(const Layout& layout);

  bool Contains(std::string_view id) const { return ids_.contains(std::string(id)); }
  const std::unordered_set<std::string>& ids() const { return ids_; }
  // Those that were taken down once, and are no more.
  const std::unordered_set<std::string>& undone() const { return undone_; }
  // False in an index made before records existed; a loss of lines goes unnoticed there.
  bool recorded() const { return recorded_; }

 private:
  Takedowns() = default;

  std::unordered_set<std::string> ids_;
  std::unordered_set<std::string> undone_;
  bool recorded_ = false;
};

// The complete lines, unchanged. Errors of Read.
absl::StatusOr<std::string> ReadTakedownLines(const Layout& layout);

// Takes these ids down; each has 1 to 1000 bytes and no control characters. When this returns OK
// they are on disk and on record, and readers no longer see them from their next request on. Needs
// no IndexLock: a writer may be at work. Returns how many were not taken down before. Also updates
// a record that lags behind.
//
// Errors of Read, and FileError. If the message begins with "taken down", the ids are taken down
// but not yet on record; calling this again records them.
absl::StatusOr<size_t> AddTakedowns(const Layout& layout, const std::vector<std::string>& ids,
                                    absl::Time now);

// Lets readers see these articles again, as far as they are still stored, and be put again: by
// lines that are added, as in AddTakedowns, never by removing any. Returns how many were taken
// down.
absl::StatusOr<size_t> UndoTakedowns(const Layout& layout, const std::vector<std::string>& ids,
                                     absl::Time now);

struct TakenDown {
  std::string id;
  std::string time;  // "2024-06-19T12:00:00Z"
};
// What is taken down now, in the order in which it was. Errors of Read.
absl::StatusOr<std::vector<TakenDown>> ListTakedowns(const Layout& layout);

// The result of AcceptTakedownsLoss.
struct TakedownsLoss {
  // The error of Read; OK when nothing was wrong, and nothing was changed.
  absl::Status damage;
  // How many lines there should be, if any record still says so; and whether they are all there.
  std::optional<uint64_t> recorded;
  bool recorded_are_left = false;
  uint64_t left = 0;
  // The new names of the damaged file of lines and of the damaged record; empty when lines were
  // missing and nothing else was wrong.
  std::filesystem::path kept_lines;
  std::filesystem::path kept_record;
};

// Keeps the lines that are left and forgets the lost ones, whose articles readers see again. For
// when no copy of the lost lines exists. Errors of FileError.
absl::StatusOr<TakedownsLoss> AcceptTakedownsLoss(const Layout& layout, absl::Time now);

struct RecordedTakedowns {
  // While this is open nobody can add takedowns.
  base::FileDescriptor hold;
  // Whether there is a record now, or should be one.
  bool recorded = false;
};

// SetCurrent calls this before it publishes the generation in this folder: makes the record of
// takedowns if there is none, and marks the folder as published with a copy of the record.
//
// Makes no record when an earlier one was lost, which stays an error, nor when lines are damaged.
// Errors of FileError.
absl::StatusOr<RecordedTakedowns> RecordTakedowns(const Layout& layout,
                                                  const std::filesystem::path& generation);

}  // namespace broadsheet::storage
