// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/set_current.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/str_format.h"
#include "engine/base/file_writer.h"
#include "engine/storage/index/generation_state.h"
#include "engine/storage/index/takedowns.h"

namespace broadsheet::storage {
namespace {

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
  // Only cleans up: with its mark the generation counts as published anyway.
  if (moved.ok()) MarkFinished(generation).IgnoreError();
  return moved;
}

}  // namespace

absl::Status SetCurrent(const IndexLock& lock, const GenerationRef& ref) {
  return WriteCurrent(lock.layout(), ref);
}

absl::Status WriteFirstCurrent(const Layout& layout, const GenerationRef& ref) {
  std::error_code error;
  if (std::filesystem::exists(layout.current(), error) || error) {
    return absl::FailedPreconditionError(
        absl::StrFormat("%s is there already", layout.current().string()));
  }
  return WriteCurrent(layout, ref);
}

absl::StatusOr<bool> UpgradeCurrent(const IndexLock& lock) {
  const Layout& layout = lock.layout();
  const absl::StatusOr<CurrentLine> current = ReadCurrentLine(layout);
  if (!current.ok() || current->takedowns_recorded) return false;
  if (absl::Status written = WriteCurrent(layout, current->ref); !written.ok()) return written;
  const absl::StatusOr<CurrentLine> now = ReadCurrentLine(layout);
  return now.ok() && now->takedowns_recorded;
}

}  // namespace broadsheet::storage
