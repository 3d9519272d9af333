// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept apart from the lines of INDEX/takedowns, so that lines that are lost are missed:
//
//   INDEX/takedowns.record       how many lines there are, and their checksum
//   PUBLISHED of a generation    the same, as it was when a line was last added while that
//                                generation was the published one
//   CURRENT                      says that there is a record (current.h)
//
// Lines are only ever added, so every record there ever was holds for the lines of today: as many
// as it says, from the first, have its checksum. Hence a record may lag behind the lines, as after
// a crash between the two, and none may be ahead of them. Whoever adds lines writes the lines, the
// record and PUBLISHED in that order; whoever reads reads them in the opposite one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/index/takedown_lines.h"

namespace broadsheet::storage {

struct TakedownsRecord {
  uint64_t lines = 0;
  // The checksum of these lines.
  std::string checksum;
  bool operator==(const TakedownsRecord&) const = default;
};

// The record of all `lines`, which were parsed from `text`.
TakedownsRecord RecordOf(std::string_view text, const TakedownLines& lines);

// Whether `lines`, which were parsed from `text`, begin with those on record.
bool Holds(const TakedownsRecord& record, std::string_view text, const TakedownLines& lines);

// What the file has: "<checksum of the rest> <lines> <their checksum>" and an end of line.
std::string EncodeTakedownsRecord(const TakedownsRecord& record);

// Nothing when there is no such file. DATA_LOSS, in half a sentence that names the file, when it
// has anything else; errors of FileError.
absl::StatusOr<std::optional<TakedownsRecord>> ReadTakedownsRecord(
    const std::filesystem::path& file);

// The same of a generation's PUBLISHED, which is empty when no record was known.
absl::StatusOr<std::optional<TakedownsRecord>> ReadRepeatedRecord(
    const std::filesystem::path& generation);

// The folders of generations that repeat a record, in no order.
std::vector<std::filesystem::path> FindRepeatedRecords(const Layout& layout);

// What is known, apart from the lines, of the lines that there have to be.
struct TakedownsEvidence {
  // Whether lines are on record: CURRENT says so, or there is a record, whatever has become of it;
  // or CURRENT cannot be read, and a PUBLISHED says so in its place. Otherwise the index is from
  // before there were records, or just being made.
  bool expected = false;
  std::optional<TakedownsRecord> record;
  // That of the published generation, or of all when CURRENT does not tell which that is.
  std::vector<TakedownsRecord> repeats;
  // DATA_LOSS, in half a sentence, when the record that is expected is not there, or when it or a
  // PUBLISHED is damaged.
  absl::Status damage;

  // The one of the most lines, if there is any.
  std::optional<TakedownsRecord> Strongest() const;
};

// To be called before the lines are read. Errors of FileError, and of ReadCurrent but for a CURRENT
// that is missing or damaged.
absl::StatusOr<TakedownsEvidence> ReadTakedownsEvidence(const Layout& layout);

}  // namespace broadsheet::storage
