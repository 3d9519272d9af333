// SPDX-License-Identifier: GPL-3.0-or-later
// The record of takedowns, kept apart from the lines of INDEX/takedowns so that a loss of lines is
// noticed:
//
//   INDEX/takedowns.record       how many lines there are, and their checksum
//   PUBLISHED of a generation    the same, as it was when a line was last added while that
//                                generation was the published one
//   CURRENT                      says that there is a record (current.h)
//
// Lines are only ever added, so every earlier record still matches today's lines: the first `lines`
// of them have its checksum. A record may lag behind the lines, as after a crash between two
// writes, but never be ahead of them. A writer writes the lines, the record and PUBLISHED in that
// order; a reader reads them in the opposite order.
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
  // The checksum of the first `lines` lines.
  std::string checksum;
  bool operator==(const TakedownsRecord&) const = default;
};

// The record of all `lines`, which were parsed from `text`.
TakedownsRecord RecordOf(std::string_view text, const TakedownLines& lines);

// Whether `lines`, which were parsed from `text`, begin with the lines on record.
bool Holds(const TakedownsRecord& record, std::string_view text, const TakedownLines& lines);

// The content of the file: "<checksum of the rest> <lines> <their checksum>" and an end of line.
std::string EncodeTakedownsRecord(const TakedownsRecord& record);

// nullopt when there is no such file. DATA_LOSS, in half a sentence that names the file, when it is
// damaged; errors of FileError.
absl::StatusOr<std::optional<TakedownsRecord>> ReadTakedownsRecord(
    const std::filesystem::path& file);

// The same for a generation's PUBLISHED, which is empty when there was no record.
absl::StatusOr<std::optional<TakedownsRecord>> ReadRepeatedRecord(
    const std::filesystem::path& generation);

// The folders of generations whose PUBLISHED repeats a record, in no order.
std::vector<std::filesystem::path> FindRepeatedRecords(const Layout& layout);

// All evidence, other than the lines themselves, of which lines there should be.
struct TakedownsEvidence {
  // Whether there should be a record: CURRENT says so, or there is one, even a damaged one; or
  // CURRENT cannot be read and a PUBLISHED repeats one. Otherwise the index was made before records
  // existed, or is being made.
  bool expected = false;
  std::optional<TakedownsRecord> record;
  // The copies in PUBLISHED: that of the published generation, or all when CURRENT cannot be read.
  std::vector<TakedownsRecord> repeats;
  // DATA_LOSS, in half a sentence, when the expected record is missing, or when the record or a
  // PUBLISHED is damaged.
  absl::Status damage;

  // The record or copy with the most lines, if there is any.
  std::optional<TakedownsRecord> Strongest() const;
};

// Call this before reading the lines. Errors of FileError, and of ReadCurrent except for a missing
// or damaged CURRENT.
absl::StatusOr<TakedownsEvidence> ReadTakedownsEvidence(const Layout& layout);

}  // namespace broadsheet::storage
