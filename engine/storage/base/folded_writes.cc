// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/folded_writes.h"

#include <string_view>

#include "absl/strings/str_format.h"
#include "engine/base/file_reader.h"
#include "engine/base/file_writer.h"
#include "engine/storage/base/deletion.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::storage {
namespace {

// One a line: an id has no control characters (schema::PrepareArticle).
constexpr std::string_view kPut = "put ";
constexpr std::string_view kDeleted = "deleted ";

constexpr size_t kMaxFoldedBytes = size_t{1} << 32;

std::optional<WrittenId> ParseLine(std::string_view line) {
  if (line.starts_with(kPut) && line.size() > kPut.size()) {
    return WrittenId{.id = std::string(line.substr(kPut.size()))};
  }
  if (!line.starts_with(kDeleted)) return std::nullopt;
  std::optional<Deletion> deletion = DecodeDeletion(line.substr(kDeleted.size()));
  if (!deletion) return std::nullopt;
  return WrittenId{.id = std::move(deletion->id), .deleted_version = deletion->version};
}

}  // namespace

absl::Status WriteFoldedWrites(const std::filesystem::path& base,
                               const std::vector<WrittenId>& written) {
  if (written.empty()) return absl::OkStatus();
  absl::StatusOr<base::FileWriter> file = base::FileWriter::Create(base / kWrittenName);
  if (!file.ok()) return file.status();
  for (const WrittenId& each : written) {
    const std::string line =
        each.deleted_version
            ? std::string(kDeleted) + EncodeDeletion({each.id, *each.deleted_version})
            : std::string(kPut) + each.id;
    // The error sticks: Finish returns it.
    file->Append(line + "\n").IgnoreError();
  }
  return file->Finish();
}

absl::StatusOr<std::vector<WrittenId>> ReadFoldedWrites(const std::filesystem::path& base) {
  const absl::StatusOr<std::string> content =
      base::ReadWholeFile(base / kWrittenName, kMaxFoldedBytes);
  if (absl::IsNotFound(content.status())) return std::vector<WrittenId>();
  if (!content.ok()) return content.status();
  std::vector<WrittenId> written;
  for (std::string_view rest = *content; !rest.empty();) {
    const size_t end = rest.find('\n');
    std::optional<WrittenId> each =
        end == std::string_view::npos ? std::nullopt : ParseLine(rest.substr(0, end));
    if (!each) {
      return absl::DataLossError(absl::StrFormat("%s is damaged: line %d is no written id",
                                                 (base / kWrittenName).string(),
                                                 written.size() + 1));
    }
    written.push_back(*std::move(each));
    rest.remove_prefix(end + 1);
  }
  return written;
}

}  // namespace broadsheet::storage
