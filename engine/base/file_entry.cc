// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/file_entry.h"

#include "engine/base/checksum.h"
#include "engine/base/file_reader.h"

namespace broadsheet::base {

absl::StatusOr<FileEntry> DescribeFile(const std::filesystem::path& folder, const std::string& name,
                                       const std::function<bool()>& cancelled) {
  absl::StatusOr<FileReader> file = FileReader::Open(folder / name);
  if (!file.ok()) return file.status();
  Checksum checksum;
  FileEntry entry;
  entry.name = name;
  absl::Status read = ReadInBlocks(*file, cancelled, [&](std::string_view block) {
    checksum.Add(block);
    entry.bytes += block.size();
    return absl::OkStatus();
  });
  if (!read.ok()) return read;
  entry.checksum = checksum.Hex();
  return entry;
}

}  // namespace broadsheet::base
