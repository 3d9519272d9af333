// SPDX-License-Identifier: GPL-3.0-or-later
// --memory and --threads, of the commands that build.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>

namespace broadsheet::commands {

struct BuildResources {
  uint64_t memory_mb = 400;
  int threads = 0;  // 0 = one a core

  // This outlives `command`.
  void AddTo(CLI::App& command);
  uint64_t memory_bytes() const { return memory_mb << 20; }
};

}  // namespace broadsheet::commands
