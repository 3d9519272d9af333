// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/shared/generation_option.h"

#include <system_error>

#include "absl/strings/str_format.h"
#include "engine/storage/index/current.h"

namespace broadsheet::commands {

void AddGenerationOption(CLI::App& command, uint64_t* number) {
  command.add_option("--generation", *number, "Its number; the published one if absent")
      ->type_name("N");
}

absl::StatusOr<std::filesystem::path> GenerationFolder(const storage::Layout& layout,
                                                       uint64_t number) {
  if (number == 0) {
    const absl::StatusOr<storage::GenerationRef> current = storage::ReadCurrent(layout);
    if (!current.ok()) return current.status();
    return layout.generation(current->number);
  }
  const std::filesystem::path folder = layout.generation(number);
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) return folder;
  return absl::NotFoundError(absl::StrFormat(
      "there is no generation %d in %s; `broadsheet-indexer generations` lists them", number,
      layout.root().string()));
}

}  // namespace broadsheet::commands
