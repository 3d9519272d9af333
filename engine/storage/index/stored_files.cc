// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/stored_files.h"

namespace broadsheet::storage {

void AddStoredFiles(const std::vector<base::FileEntry>& files,
                    google::protobuf::RepeatedPtrField<StoredFile>* stored) {
  for (const base::FileEntry& file : files) {
    StoredFile* entry = stored->Add();
    entry->set_name(file.name);
    entry->set_bytes(file.bytes);
    entry->set_xxh3(file.checksum);
  }
}

std::vector<base::FileEntry> FromStoredFiles(
    const google::protobuf::RepeatedPtrField<StoredFile>& stored) {
  std::vector<base::FileEntry> files;
  for (const StoredFile& file : stored) {
    files.push_back({.name = file.name(), .bytes = file.bytes(), .checksum = file.xxh3()});
  }
  return files;
}

}  // namespace broadsheet::storage
