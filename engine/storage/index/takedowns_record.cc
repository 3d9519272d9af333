// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/takedowns_record.h"

#include <charconv>
#include <system_error>

#include "absl/strings/str_format.h"
#include "engine/base/checksum.h"
#include "engine/base/file_reader.h"
#include "engine/storage/index/current.h"

namespace broadsheet::storage {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxRecordBytes = 4096;

std::optional<TakedownsRecord> DecodeTakedownsRecord(std::string_view content) {
  if (content.size() <= base::kChecksumDigits + 1 || content[base::kChecksumDigits] != ' ')
    return std::nullopt;
  const std::string_view rest = content.substr(base::kChecksumDigits + 1);
  if (base::ChecksumOf(rest) != content.substr(0, base::kChecksumDigits)) return std::nullopt;
  TakedownsRecord record;
  const char* end = rest.data() + rest.size();
  const auto [space, error] = std::from_chars(rest.data(), end, record.lines);
  const bool fits = end - space == static_cast<ptrdiff_t>(base::kChecksumDigits + 2);
  if (error != std::errc() || !fits || *space != ' ') return std::nullopt;
  record.checksum = std::string(space + 1, base::kChecksumDigits);
  return record;
}

absl::StatusOr<std::optional<TakedownsRecord>> DecodeFile(const fs::path& file,
                                                          const absl::StatusOr<std::string>& read) {
  // Only a small file can be a record.
  const bool other = absl::IsFailedPrecondition(read.status()) || absl::IsOutOfRange(read.status());
  if (!read.ok() && !other) return read.status();
  std::optional<TakedownsRecord> record;
  if (read.ok()) record = DecodeTakedownsRecord(*read);
  if (record) return record;
  return absl::DataLossError(
      absl::StrFormat("%s, which keeps count of its lines, is damaged", file.string()));
}

absl::Status ReadRecord(const Layout& layout, TakedownsEvidence& evidence) {
  auto record = ReadTakedownsRecord(layout.takedowns_record());
  evidence.expected |= absl::IsDataLoss(record.status()) || (record.ok() && record->has_value());
  if (record.ok()) {
    evidence.record = *std::move(record);
  } else if (absl::IsDataLoss(record.status())) {
    evidence.damage.Update(record.status());
  } else {
    return record.status();
  }
  if (evidence.expected && evidence.damage.ok() && !evidence.record) {
    evidence.damage = absl::DataLossError(absl::StrFormat(
        "%s, which keeps count of its lines, is missing", layout.takedowns_record().string()));
  }
  return absl::OkStatus();
}

absl::Status ReadRepeats(const std::vector<fs::path>& generations, TakedownsEvidence& evidence) {
  for (const fs::path& generation : generations) {
    auto repeat = ReadRepeatedRecord(generation);
    if (absl::IsDataLoss(repeat.status())) {
      evidence.damage.Update(repeat.status());
    } else if (!repeat.ok()) {
      return repeat.status();
    } else if (repeat->has_value()) {
      evidence.repeats.push_back(**std::move(repeat));
    }
  }
  return absl::OkStatus();
}

}  // namespace

TakedownsRecord RecordOf(std::string_view text, const TakedownLines& lines) {
  return {.lines = lines.ids.size(), .checksum = base::ChecksumOf(text.substr(0, lines.bytes()))};
}

bool Holds(const TakedownsRecord& record, std::string_view text, const TakedownLines& lines) {
  if (record.lines > lines.ends.size()) return false;
  const size_t end = record.lines == 0 ? 0 : lines.ends[record.lines - 1];
  return base::ChecksumOf(text.substr(0, end)) == record.checksum;
}

std::string EncodeTakedownsRecord(const TakedownsRecord& record) {
  const std::string rest = absl::StrFormat("%d %s\n", record.lines, record.checksum);
  return base::ChecksumOf(rest) + " " + rest;
}

absl::StatusOr<std::optional<TakedownsRecord>> ReadTakedownsRecord(const fs::path& file) {
  const absl::StatusOr<std::string> content = base::ReadWholeFile(file, kMaxRecordBytes);
  if (absl::IsNotFound(content.status())) return std::nullopt;
  return DecodeFile(file, content);
}

absl::StatusOr<std::optional<TakedownsRecord>> ReadRepeatedRecord(const fs::path& generation) {
  const fs::path file = generation / kPublishedName;
  const absl::StatusOr<std::string> content = base::ReadWholeFile(file, kMaxRecordBytes);
  if (absl::IsNotFound(content.status()) || (content.ok() && content->empty())) return std::nullopt;
  return DecodeFile(file, content);
}

std::vector<fs::path> FindRepeatedRecords(const Layout& layout) {
  std::vector<fs::path> found;
  std::error_code ignored;
  fs::directory_iterator entries(layout.generations(), ignored);
  for (; !ignored && entries != fs::directory_iterator(); entries.increment(ignored)) {
    std::error_code absent;
    const bool empty = fs::file_size(entries->path() / kPublishedName, absent) == 0;
    if (!absent && !empty) found.push_back(entries->path());
  }
  return found;
}

std::optional<TakedownsRecord> TakedownsEvidence::Strongest() const {
  std::optional<TakedownsRecord> strongest = record;
  for (const TakedownsRecord& repeat : repeats) {
    if (!strongest || repeat.lines > strongest->lines) strongest = repeat;
  }
  return strongest;
}

absl::StatusOr<TakedownsEvidence> ReadTakedownsEvidence(const Layout& layout) {
  const absl::StatusOr<CurrentLine> current = ReadCurrentLine(layout);
  const bool lost = absl::IsNotFound(current.status()) || absl::IsDataLoss(current.status());
  if (!current.ok() && !lost) return current.status();
  TakedownsEvidence evidence;
  absl::Status read = ReadRepeats(current.ok() ? std::vector{layout.generation(current->ref.number)}
                                               : FindRepeatedRecords(layout),
                                  evidence);
  const bool repeated = !evidence.repeats.empty() || !evidence.damage.ok();
  evidence.expected = current.ok() ? current->takedowns_recorded : repeated;
  if (read.ok()) read = ReadRecord(layout, evidence);
  if (!read.ok()) return read;
  return evidence;
}

}  // namespace broadsheet::storage
