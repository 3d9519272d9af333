// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/file_copy.h"

#include <unistd.h>

#include <optional>
#include <string_view>
#include <utility>

#include "engine/base/checksum.h"
#include "engine/base/file_reader.h"
#include "engine/base/file_writer.h"

namespace broadsheet::base {

absl::StatusOr<CopiedFile> CopyFile(const std::filesystem::path& source,
                                    const std::filesystem::path& target, CopyKind kind,
                                    const CopyControl& control) {
  CopiedFile copied;
  copied.entry.name = target.filename().string();
  // Whatever the reason why there is no link (another file system, one without links, another
  // owner's file), a copy does as well.
  copied.linked = kind == CopyKind::kLinkOrSynced && ::link(source.c_str(), target.c_str()) == 0;
  const absl::StatusOr<FileReader> file = FileReader::Open(copied.linked ? target : source);
  if (!file.ok()) return file.status();
  std::optional<FileWriter> writer;
  if (!copied.linked) {
    absl::StatusOr<FileWriter> created = FileWriter::Create(target);
    if (!created.ok()) return created.status();
    writer = *std::move(created);
  }
  Checksum checksum;
  absl::Status read = ReadInBlocks(*file, control.cancelled, [&](std::string_view block) {
    checksum.Add(block);
    copied.entry.bytes += block.size();
    if (control.on_bytes) control.on_bytes(block.size());
    return writer.has_value() ? writer->Append(block) : absl::OkStatus();
  });
  if (!read.ok()) return read;
  if (writer.has_value()) {
    absl::Status written = kind == CopyKind::kUnsynced ? writer->Close() : writer->Finish();
    if (!written.ok()) return written;
  }
  copied.entry.checksum = checksum.Hex();
  return copied;
}

}  // namespace broadsheet::base
