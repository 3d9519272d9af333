// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/live_writes.h"

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/schema/error.h"
#include "engine/storage/current.h"
#include "engine/storage/live_stamp.h"

namespace broadsheet::build {
namespace {

// The published generation, when it has been written to since it was built; null when not, or when
// nothing is published. A published one that cannot be opened is an error.
absl::StatusOr<std::shared_ptr<const storage::Generation>> FindWritten(
    const storage::Layout& layout) {
  const absl::StatusOr<storage::GenerationRef> current = storage::ReadCurrent(layout);
  if (!current.ok()) return nullptr;
  const std::filesystem::path folder = layout.generation(current->number);
  std::error_code ignored;
  const bool folded =
      std::filesystem::exists(folder / storage::kBaseName / storage::kWrittenName, ignored);
  if (!folded && !storage::LiveExists(folder)) return nullptr;
  return storage::Generation::OpenCurrent(layout);
}

absl::Status AtStake(const storage::Layout& layout, const storage::LiveCounts& written) {
  return schema::Error(
      absl::StatusCode::kFailedPrecondition, "LIVE_WRITES_AT_STAKE",
      absl::StrFormat("index %s has been written to since it was built: %s; carry them over with "
                      "--keep-writes or lose them with --discard-writes",
                      layout.root().string(), storage::Describe(written)));
}

absl::Status UnknownWrites(const absl::Status& why) {
  return absl::FailedPreconditionError(absl::StrFormat(
      "cannot tell what was written to the published index since it was built; --discard-writes "
      "goes on all the same, without it: %s",
      std::string(why.message())));
}

absl::StatusOr<storage::LiveCounts> CountWrites(
    const absl::StatusOr<std::shared_ptr<const storage::Generation>>& written) {
  if (!written.ok()) return written.status();
  return *written == nullptr ? storage::LiveCounts() : storage::CountLive(*written);
}

}  // namespace

absl::StatusOr<WritesAtStake> FindWritesAtStake(const storage::Layout& layout, LiveWrites wanted) {
  if (wanted == LiveWrites::kInclude) return WritesAtStake{};
  auto written = FindWritten(layout);
  const absl::StatusOr<storage::LiveCounts> counts = CountWrites(written);
  if (wanted == LiveWrites::kDiscard) {
    return WritesAtStake{nullptr, counts.value_or(storage::LiveCounts())};
  }
  if (!counts.ok()) return UnknownWrites(counts.status());
  if (wanted == LiveWrites::kKeep) return WritesAtStake{*std::move(written), {}};
  if (!counts->empty()) return AtStake(layout, *counts);
  return WritesAtStake{};
}

}  // namespace broadsheet::build
