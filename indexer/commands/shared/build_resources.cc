// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/shared/build_resources.h"

namespace broadsheet::commands {

void BuildResources::AddTo(CLI::App& command) {
  constexpr uint64_t kMinMemoryMb = 32;
  constexpr uint64_t kMaxMemoryMb = 1 << 20;
  command
      .add_option("--memory", memory_mb,
                  "Memory to build with, in MB; more makes fewer, larger parts")
      ->capture_default_str()
      ->check(CLI::Range(kMinMemoryMb, kMaxMemoryMb))
      ->type_name("MB");
  command.add_option("--threads", threads, "Threads to build with; 0 = one a core")
      ->capture_default_str()
      ->check(CLI::Range(0, 1024))
      ->type_name("N");
}

}  // namespace broadsheet::commands
