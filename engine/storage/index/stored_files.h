// SPDX-License-Identifier: GPL-3.0-or-later
// Converts the lists of files in MANIFEST and SNAPSHOT. Internal to engine/storage.
#pragma once

#include <google/protobuf/repeated_field.h>

#include <vector>

#include "engine/base/file_entry.h"
#include "stored_file.pb.h"

namespace broadsheet::storage {

void AddStoredFiles(const std::vector<base::FileEntry>& files,
                    google::protobuf::RepeatedPtrField<StoredFile>* stored);

std::vector<base::FileEntry> FromStoredFiles(
    const google::protobuf::RepeatedPtrField<StoredFile>& stored);

}  // namespace broadsheet::storage
