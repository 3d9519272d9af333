// SPDX-License-Identifier: GPL-3.0-or-later
// INDEX/takedowns: the ids of articles that were withdrawn for good. Whatever generation holds
// them, and whoever writes them again, readers do not see them. docs/index_format.md has its form,
// and what becomes of a crash between any two steps.
//
// Lines that were lost must not bring back what they withdrew: how many there are is kept apart
// from them (takedowns_record.h), and where fewer or others are left, nothing is read from the
// index until they are back or their loss is accepted.
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

// Tells one state of the takedowns from another for the price of two stats: of the lines and of
// their record. Taken before they are read, it is out of date once they have changed since.
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
  // wrong, when lines are damaged, or are not those on record, or it cannot be told because the
  // record is lost. What a crash may leave is no damage: a last line that was begun, and lines that
  // the record does not count yet.
  static absl::StatusOr<std::shared_ptr<const Takedowns>> Read(const Layout& layout);

  bool Contains(std::string_view id) const { return ids_.contains(std::string(id)); }
  const std::unordered_set<std::string>& ids() const { return ids_; }
  // False in an index from before there were records: the loss of lines is not noticed there.
  bool recorded() const { return recorded_; }

 private:
  Takedowns() = default;

  std::unordered_set<std::string> ids_;
  bool recorded_ = false;
};

// The lines, whole and as they are. Errors of Read.
absl::StatusOr<std::string> ReadTakedownLines(const Layout& layout);

// Withdraws these ids from now on; each has 1 to 1000 bytes and no control characters. They are on
// disk and on record when this returns OK; readers see it at their next request. Needs no
// IndexLock: a writer may be at work. Returns how many were not withdrawn before. Also brings a
// record up to date that lags behind.
//
// Errors of Read, and FileError. A message that begins with "taken down" says that the ids are
// withdrawn, although they could not be put on record; doing it again does that.
absl::StatusOr<size_t> AddTakedowns(const Layout& layout, const std::vector<std::string>& ids,
                                    absl::Time now);

// What was lost, and what became of it.
struct TakedownsLoss {
  // What Read said; OK when nothing was wrong, and nothing was changed.
  absl::Status damage;
  // How many lines there had to be, if anything still tells; and whether these are there.
  std::optional<uint64_t> recorded;
  bool recorded_are_left = false;
  uint64_t left = 0;
  // What was found in the place of the lines, or of their record, is called now; empty when lines
  // were missing and nothing else was wrong with them.
  std::filesystem::path kept_lines;
  std::filesystem::path kept_record;
};

// Goes on with the lines that are left, as if there never had been others: what the lost ones
// withdrew is seen again. The way out when no copy of them is left. Errors of FileError.
absl::StatusOr<TakedownsLoss> AcceptTakedownsLoss(const Layout& layout, absl::Time now);

struct RecordedTakedowns {
  // While it is open nobody adds takedowns.
  base::FileDescriptor hold;
  // Whether there is a record now, or has to be one.
  bool recorded = false;
};

// For SetCurrent, which calls it before it makes the generation in this folder the published one:
// sees to it that there is a record, and marks the folder as published, repeating the record.
//
// Makes none when there has to be one already and it is lost: that is damage, and stays so. Nor
// when it would count lines that are damaged. Errors of FileError.
absl::StatusOr<RecordedTakedowns> RecordTakedowns(const Layout& layout,
                                                  const std::filesystem::path& generation);

}  // namespace broadsheet::storage
