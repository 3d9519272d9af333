// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/folder_size.h"

#include <system_error>

namespace broadsheet::base {

namespace fs = std::filesystem;

uint64_t BytesIn(const fs::path& folder) {
  uint64_t bytes = 0;
  std::error_code error;
  fs::recursive_directory_iterator entries(folder, error);
  for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error)) {
    std::error_code ignored;
    if (!entries->is_regular_file(ignored)) continue;
    const uint64_t size = entries->file_size(ignored);
    if (!ignored) bytes += size;
  }
  return bytes;
}

}  // namespace broadsheet::base
