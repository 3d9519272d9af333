// SPDX-License-Identifier: GPL-3.0-or-later
// Packs bytes the way people pack dumps.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace broadsheet::testing {

enum class Packing { kGzip, kXz, kZstd, kBzip2 };

inline std::string Pack(std::string_view bytes, Packing packing) {
  std::string packed(bytes.size() + (1 << 20), '\0');
  size_t used = 0;
  archive* writer = archive_write_new();
  switch (packing) {
    case Packing::kGzip:
      archive_write_add_filter_gzip(writer);
      break;
    case Packing::kXz:
      archive_write_add_filter_xz(writer);
      break;
    case Packing::kZstd:
      archive_write_add_filter_zstd(writer);
      break;
    case Packing::kBzip2:
      archive_write_add_filter_bzip2(writer);
      break;
  }
  archive_write_set_format_raw(writer);
  archive_write_set_bytes_in_last_block(writer, 1);
  archive_entry* entry = archive_entry_new();
  archive_entry_set_filetype(entry, AE_IFREG);
  const bool packed_well =
      archive_write_open_memory(writer, packed.data(), packed.size(), &used) == ARCHIVE_OK &&
      archive_write_header(writer, entry) == ARCHIVE_OK &&
      archive_write_data(writer, bytes.data(), bytes.size()) ==
          static_cast<la_ssize_t>(bytes.size()) &&
      archive_write_close(writer) == ARCHIVE_OK;
  archive_entry_free(entry);
  archive_write_free(writer);
  if (!packed_well) throw std::runtime_error("cannot pack");
  packed.resize(used);
  return packed;
}

}  // namespace broadsheet::testing
