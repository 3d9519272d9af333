// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/publish/publisher.h"

#include <limits>
#include <memory>
#include <string>

#include "absl/strings/str_format.h"
#include "engine/schema/error.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/check/verify.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/generations.h"
#include "engine/storage/index/manifest.h"
#include "engine/storage/index/set_current.h"

namespace broadsheet::indexing {
namespace {

// The number of the newest published generation below `number`. NOT_FOUND when there is none.
absl::StatusOr<uint64_t> NewestPublishedBefore(const storage::Layout& layout, uint64_t number) {
  const auto generations = storage::ListGenerations(layout);
  if (!generations.ok()) return generations.status();
  uint64_t newest = 0;
  for (const storage::GenerationInfo& info : *generations) {
    if (info.number < number && info.problem.ok() &&
        info.state == storage::GenerationState::kPublished) {
      newest = info.number;
    }
  }
  if (newest == 0) return absl::NotFoundError("none was published");
  return newest;
}

}  // namespace

absl::Status VerifyUnpublished(const storage::Layout& layout, uint64_t number, const Watch& watch,
                               storage::Use use) {
  const std::filesystem::path folder = layout.generation(number);
  const auto manifest = storage::ReadManifest(folder, use);
  if (!manifest.ok()) return manifest.status();
  watch.StartStage(Stage::kVerify, manifest->articles);
  storage::VerifyOptions verify;
  verify.use = use;
  verify.cancelled = watch.cancelled;
  return storage::VerifyGeneration(folder, verify);
}

absl::StatusOr<Publication> PublishGeneration(const storage::IndexLock& lock, uint64_t number,
                                              const WritesAtStake& writes, const Watch& watch,
                                              storage::Use use) {
  const storage::Layout& layout = lock.layout();
  if (writes.keep_from != nullptr) use = storage::Use::kSearch;
  absl::Status whole = VerifyUnpublished(layout, number, watch, use);
  if (!whole.ok()) return whole;
  const auto generation = storage::Generation::Open(layout.generation(number), use);
  if (!generation.ok()) return generation.status();
  Publication publication{.ref = (*generation)->manifest().ref,
                          .articles = (*generation)->manifest().articles,
                          .discarded = writes.discarded,
                          .kept = {}};
  if (writes.keep_from != nullptr) {
    const auto kept = CarryWrites(writes.keep_from, *generation, lock, watch.cancelled);
    if (!kept.ok()) return kept.status();
    publication.kept = *kept;
  }
  if (watch.IsCancelled()) {
    return absl::CancelledError(absl::StrFormat("publishing generation %d was stopped", number));
  }
  watch.StartStage(Stage::kPublish, publication.articles);
  absl::Status moved = storage::SetCurrent(lock, publication.ref);
  if (!moved.ok()) return moved;
  return publication;
}

std::optional<GenerationSize> FindPublishedSize(const storage::Layout& layout) {
  absl::StatusOr<uint64_t> number;
  if (const auto current = storage::ReadCurrent(layout); current.ok()) {
    number = current->number;
  } else {
    number = NewestPublishedBefore(layout, std::numeric_limits<uint64_t>::max());
  }
  if (!number.ok()) return std::nullopt;
  const auto manifest =
      storage::ReadManifest(layout.generation(*number), storage::Use::kStoredArticles);
  if (!manifest.ok()) return std::nullopt;
  return GenerationSize{.number = *number, .articles = manifest->articles};
}

absl::StatusOr<uint64_t> FindPrevious(const storage::Layout& layout) {
  const absl::StatusOr<storage::GenerationRef> current = storage::ReadCurrent(layout);
  if (!current.ok()) return current.status();
  absl::StatusOr<uint64_t> previous = NewestPublishedBefore(layout, current->number);
  if (!absl::IsNotFound(previous.status())) return previous;
  return schema::Error(absl::StatusCode::kNotFound, "GENERATION_NOT_FOUND",
                       absl::StrFormat("index %s has no generation before number %d to go back to",
                                       layout.root().string(), current->number));
}

}  // namespace broadsheet::indexing
