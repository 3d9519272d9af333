// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/publish/compact.h"

#include <memory>
#include <utility>

#include "engine/indexing/publish/rebuild.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::indexing {
namespace {

// Opens for searches: of another analyser version it is refused here.
absl::StatusOr<bool> HasSomethingToFold(const storage::Layout& layout) {
  const auto generation = storage::Generation::OpenCurrent(layout);
  if (!generation.ok()) return generation.status();
  const auto snapshot = storage::Snapshot::Open(*generation);
  if (!snapshot.ok()) return snapshot.status();
  return (*snapshot)->has_live() || (*snapshot)->has_superseded();
}

}  // namespace

absl::StatusOr<std::optional<BuildReport>> Compact(BuildOptions options) {
  const absl::StatusOr<bool> wanted = HasSomethingToFold(storage::Layout(options.index));
  if (!wanted.ok()) return wanted.status();
  if (!*wanted) return std::optional<BuildReport>();
  absl::StatusOr<BuildReport> report = Rebuild(std::move(options));
  if (!report.ok()) return report.status();
  return std::optional<BuildReport>(*std::move(report));
}

}  // namespace broadsheet::indexing
