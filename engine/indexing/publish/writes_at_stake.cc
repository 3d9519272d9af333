// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/publish/writes_at_stake.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/schema/error.h"
#include "engine/schema/index_fault.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/generations.h"
#include "engine/storage/index/manifest.h"
#include "engine/storage/live/live_stamp.h"

namespace broadsheet::indexing {
namespace {

// Whether the generation that CURRENT names exists. A damaged one counts; opening it reports the
// damage.
bool IsThere(const storage::Layout& layout, const storage::GenerationRef& ref) {
  const auto manifest = storage::ReadManifest(layout.generation(ref.number));
  return manifest.ok() ? manifest->ref == ref : !absl::IsNotFound(manifest.status());
}

absl::Status NotThere(const storage::Layout& layout, const storage::GenerationRef& ref) {
  return schema::FaultError(
      absl::StatusCode::kDataLoss,
      {.reason = schema::FaultReason::kCurrentDamaged, .index = layout.root().string()},
      absl::StrFormat("%s names generation %d, build %s, which is not there",
                      layout.current().string(), ref.number, ref.build_id));
}

// Whether the generation in `folder` has writes, in live/ or folded into base/, made since its
// articles last came from sources.
bool WasWritten(const std::filesystem::path& folder) {
  std::error_code ignored;
  return storage::LiveExists(folder) ||
         std::filesystem::exists(folder / storage::kBaseName / storage::kWrittenName, ignored);
}

// Whether a generation after `number` was ever written to.
absl::StatusOr<bool> AnyWrittenAfter(uint64_t number, const storage::Layout& layout) {
  const auto generations = storage::ListGenerations(layout);
  if (!generations.ok()) return generations.status();
  return std::any_of(generations->begin(), generations->end(), [&](const auto& info) {
    return info.number > number && WasWritten(layout.generation(info.number));
  });
}

// The published generation if it has writes; null if it has none, or if none is published. An error
// when it cannot be opened, or when CURRENT is lost and a generation after `to_publish` has writes.
absl::StatusOr<std::shared_ptr<const storage::Generation>> FindWritten(
    const storage::Layout& layout, uint64_t to_publish) {
  const absl::StatusOr<storage::GenerationRef> current = storage::ReadCurrent(layout);
  const bool known = current.ok() && IsThere(layout, *current);
  if (!known) {
    const absl::StatusOr<bool> any = AnyWrittenAfter(to_publish, layout);
    if (!any.ok()) return any.status();
    if (*any) return current.ok() ? NotThere(layout, *current) : current.status();
  }
  if (!known || !WasWritten(layout.generation(current->number))) return nullptr;
  return storage::Generation::OpenCurrent(layout, storage::Use::kStoredArticles);
}

absl::Status AtStake(const storage::Layout& layout, const storage::LiveCounts& written) {
  return schema::Error(absl::StatusCode::kFailedPrecondition, "LIVE_WRITES_AT_STAKE",
                       absl::StrFormat("index %s has been written to since it was built: %s",
                                       layout.root().string(), storage::Describe(written)),
                       {{"count", std::to_string(written.total())}});
}

absl::Status UnknownWrites(const storage::Layout& layout, const absl::Status& why) {
  return schema::FaultError(
      absl::StatusCode::kFailedPrecondition,
      {.reason = schema::FaultReason::kWritesUnknown, .index = layout.root().string()},
      absl::StrFormat("cannot tell what was written to the published index since it was built: %s",
                      std::string(why.message())),
      why);
}

absl::StatusOr<storage::LiveCounts> CountWrites(
    const absl::StatusOr<std::shared_ptr<const storage::Generation>>& written) {
  if (!written.ok()) return written.status();
  return *written == nullptr ? storage::LiveCounts() : storage::CountLive(*written);
}

// `written` is null when there are no writes, or the error of opening the generation.
absl::StatusOr<WritesAtStake> Decide(
    const storage::Layout& layout,
    absl::StatusOr<std::shared_ptr<const storage::Generation>> written, WritePolicy wanted) {
  const absl::StatusOr<storage::LiveCounts> counts = CountWrites(written);
  if (wanted == WritePolicy::kDiscard) {
    return WritesAtStake{nullptr, counts.value_or(storage::LiveCounts())};
  }
  if (!counts.ok()) return UnknownWrites(layout, counts.status());
  if (wanted == WritePolicy::kKeep) return WritesAtStake{*std::move(written), {}};
  if (!counts->empty()) return AtStake(layout, *counts);
  return WritesAtStake{};
}

}  // namespace

absl::StatusOr<WritesAtStake> FindWritesAtStake(const storage::Layout& layout, WritePolicy wanted,
                                                uint64_t to_publish) {
  return Decide(layout, FindWritten(layout, to_publish), wanted);
}

absl::StatusOr<WritesAtStake> FindWritesAtStake(
    const std::shared_ptr<const storage::Generation>& published, WritePolicy wanted) {
  return Decide(published->layout(), published, wanted);
}

}  // namespace broadsheet::indexing
