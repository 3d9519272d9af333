// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/set_current.h"

#include "absl/strings/str_format.h"
#include "engine/base/file_writer.h"
#include "engine/storage/index/generation_state.h"
#include "engine/storage/index/takedowns.h"

namespace broadsheet::storage {

absl::Status WriteCurrent(const Layout& layout, const GenerationRef& ref) {
  if (ref.number == 0 || !IsBuildId(ref.build_id)) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "cannot publish generation %d: \"%s\" is no build id", ref.number, ref.build_id));
  }
  const std::filesystem::path generation = layout.generation(ref.number);
  const absl::StatusOr<RecordedTakedowns> takedowns = RecordTakedowns(layout, generation);
  if (!takedowns.ok()) return takedowns.status();
  absl::Status moved = base::ReplaceFile(
      layout.current(), FormatCurrent({.ref = ref, .takedowns_recorded = takedowns->recorded}));
  // Only to tidy up: with its mark it counts as finished.
  if (moved.ok()) RemoveWorkFolder(generation).IgnoreError();
  return moved;
}

absl::StatusOr<bool> UpgradeCurrent(const Layout& layout) {
  const absl::StatusOr<CurrentLine> current = ReadCurrentLine(layout);
  if (!current.ok() || current->takedowns_recorded) return false;
  if (absl::Status written = WriteCurrent(layout, current->ref); !written.ok()) return written;
  const absl::StatusOr<CurrentLine> now = ReadCurrentLine(layout);
  return now.ok() && now->takedowns_recorded;
}

}  // namespace broadsheet::storage
