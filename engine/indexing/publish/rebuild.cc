// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/publish/rebuild.h"

#include <memory>
#include <string>
#include <utility>

#include "engine/indexing/publish/written_generation.h"
#include "engine/storage/index/current.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::indexing {
namespace {

using storage::Segment;

// A stored article was accepted once: one that no longer is ends the rebuild rather than get lost.
absl::Status AddStored(v1::Article article, IndexBuild& build) {
  const std::string id = article.id();
  absl::Status added = build.Add(std::move(article));
  if (!absl::IsInvalidArgument(added)) return added;
  return absl::FailedPreconditionError("cannot take over the stored article \"" + id +
                                       "\": " + std::string(added.message()));
}

absl::Status AddBase(const storage::Snapshot& snapshot, IndexBuild& build) {
  return snapshot.generation().articles().ForEach(
      [&](uint32_t docid, v1::Article&& article) -> absl::Status {
        if (snapshot.IsSuperseded({.segment = Segment::kBase, .docid = docid})) {
          return absl::OkStatus();
        }
        return AddStored(std::move(article), build);
      });
}

}  // namespace

absl::StatusOr<BuildReport> Rebuild(BuildOptions options) {
  const storage::Layout layout(options.index);
  // First, since a build makes the folder.
  if (const auto published = storage::ReadCurrent(layout); !published.ok()) {
    return published.status();
  }
  options.live_writes = WritePolicy::kInclude;
  options.allow_shrinking = true;
  options.keep_indexed_time = true;
  const absl::StatusOr<std::unique_ptr<IndexBuild>> build = IndexBuild::Start(std::move(options));
  if (!build.ok()) return build.status();
  // The build holds the lock: nobody publishes another one.
  const auto generation = storage::Generation::OpenCurrent(layout, storage::Use::kStoredArticles);
  if (!generation.ok()) return generation.status();
  // What base/ hides: as before any of live/ was read, so that an article that moves from base/ to
  // live/ meanwhile is not missed.
  std::unique_ptr<storage::Snapshot> snapshot;
  absl::Status opened = ReadWhileWritten(
      *generation, snapshot, [](const storage::Snapshot&, uint32_t&) { return absl::OkStatus(); });
  if (!opened.ok()) return opened;
  auto written = ReadWrittenIds(
      *generation, [&](v1::Article&& article) { return AddStored(std::move(article), **build); });
  if (!written.ok()) return written.status();
  (*build)->FoldWrites(*std::move(written));
  if (absl::Status added = AddBase(*snapshot, **build); !added.ok()) return added;
  return (*build)->Publish();
}

}  // namespace broadsheet::indexing
