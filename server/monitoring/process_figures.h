// SPDX-License-Identifier: GPL-3.0-or-later
// What the system says of this process.
#pragma once

#include <cstdint>

#include "server/base/spare_memory.h"

namespace broadsheet::server {

// Each is 0 where the system does not say.
struct ProcessFigures {
  ProcessMemory memory;
  uint64_t open_files = 0;
  uint64_t max_files = 0;
  uint64_t threads = 0;
  double cpu_seconds = 0;
};

ProcessFigures ReadProcessFigures();

}  // namespace broadsheet::server
