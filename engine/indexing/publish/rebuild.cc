// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/publish/rebuild.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "engine/indexing/publish/publisher.h"
#include "engine/indexing/publish/written_generation.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/generations.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::indexing {
namespace {

using storage::Segment;

// A stored article was accepted once. If it is refused now, the rebuild ends, so that the article
// is not lost.
absl::Status AddStored(v1::Article article, GenerationBuilder& builder) {
  const std::string id = article.id();
  absl::Status added = builder.Add(std::move(article));
  if (!absl::IsInvalidArgument(added)) return added;
  return absl::FailedPreconditionError("cannot take over the stored article \"" + id +
                                       "\": " + std::string(added.message()));
}

absl::Status AddBase(const storage::Snapshot& snapshot, GenerationBuilder& builder) {
  return snapshot.generation().articles().ForEach(
      [&](uint32_t docid, v1::Article&& article) -> absl::Status {
        if (snapshot.IsSuperseded({.segment = Segment::kBase, .docid = docid})) {
          return absl::OkStatus();
        }
        return AddStored(std::move(article), builder);
      });
}

// Opens the generation for search, which refuses another analyser version.
absl::StatusOr<bool> HasSomethingToFold(const storage::Layout& layout) {
  const auto generation = storage::Generation::OpenCurrent(layout);
  if (!generation.ok()) return generation.status();
  const auto snapshot = storage::Snapshot::Open(*generation);
  if (!snapshot.ok()) return snapshot.status();
  return (*snapshot)->has_live() || (*snapshot)->has_superseded();
}

// What becomes of the language that the published generation assumes.
enum class LanguageRule : uint8_t { kKeepGiven, kKeep };

absl::StatusOr<BuiltGeneration> BuildStored(storage::IndexLock& lock, BuildOptions options,
                                            LanguageRule rule) {
  const storage::Layout& layout = lock.layout();
  options.keep_indexed_time = true;
  // All may have been deleted.
  options.may_be_empty = true;
  options.at_least_half_of.reset();
  // We have the lock, so nobody else publishes meanwhile.
  const auto generation = storage::Generation::OpenCurrent(layout, storage::Use::kStoredArticles);
  if (!generation.ok()) return generation.status();
  const storage::AssumedLanguage& assumed = (*generation)->manifest().assumed_language;
  const bool keep_given = assumed.given && !options.assumed_language.has_value();
  if (rule == LanguageRule::kKeep || keep_given) options.assumed_language = assumed;
  absl::StatusOr<storage::GenerationClaim> claim = storage::ClaimNext(lock);
  if (!claim.ok()) return claim.status();
  const auto builder = GenerationBuilder::Start(layout, *std::move(claim), std::move(options));
  if (!builder.ok()) return builder.status();
  // The articles superseded in base/ are those from before live/ was read, so that an article that
  // moves from base/ to live/ meanwhile is not missed.
  std::unique_ptr<storage::Snapshot> snapshot;
  absl::Status opened = ReadWhileWritten(
      *generation, snapshot, [](const storage::Snapshot&, uint32_t&) { return absl::OkStatus(); });
  if (!opened.ok()) return opened;
  auto written = ReadWrittenIds(
      *generation, [&](v1::Article&& article) { return AddStored(std::move(article), **builder); });
  if (!written.ok()) return written.status();
  (*builder)->FoldWrites(*std::move(written));
  if (absl::Status added = AddBase(*snapshot, **builder); !added.ok()) return added;
  return (*builder)->Finish();
}

absl::StatusOr<BuildReport> PublishStored(const storage::Layout& layout, const std::string& holder,
                                          BuildOptions options, LanguageRule rule) {
  // Checked first, since taking the lock makes the folder.
  if (const auto published = storage::ReadCurrent(layout); !published.ok()) {
    return published.status();
  }
  absl::StatusOr<storage::IndexLock> lock = storage::IndexLock::Acquire(layout, holder);
  if (!lock.ok()) return lock.status();
  const Watch watch{.on_progress = options.on_progress, .cancelled = options.cancelled};
  const absl::StatusOr<BuiltGeneration> built = BuildStored(*lock, std::move(options), rule);
  if (!built.ok()) return built.status();
  // The built generation has all writes already.
  const auto publication = PublishGeneration(*lock, built->number(), WritesAtStake{}, watch);
  if (!publication.ok()) return publication.status();
  return built->report();
}

}  // namespace

absl::StatusOr<BuiltGeneration> BuildFromStored(storage::IndexLock& lock, BuildOptions options) {
  return BuildStored(lock, std::move(options), LanguageRule::kKeepGiven);
}

absl::StatusOr<BuildReport> Rebuild(const storage::Layout& layout, const std::string& holder,
                                    BuildOptions options) {
  return PublishStored(layout, holder, std::move(options), LanguageRule::kKeepGiven);
}

absl::StatusOr<std::optional<BuildReport>> Compact(const storage::Layout& layout,
                                                   const std::string& holder,
                                                   BuildOptions options) {
  const absl::StatusOr<bool> wanted = HasSomethingToFold(layout);
  if (!wanted.ok()) return wanted.status();
  if (!*wanted) return std::optional<BuildReport>();
  absl::StatusOr<BuildReport> report =
      PublishStored(layout, holder, std::move(options), LanguageRule::kKeep);
  if (!report.ok()) return report.status();
  return std::optional<BuildReport>(*std::move(report));
}

}  // namespace broadsheet::indexing
