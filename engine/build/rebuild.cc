// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/rebuild.h"

#include <memory>
#include <string>
#include <utility>

#include "engine/storage/current.h"
#include "engine/storage/guard.h"
#include "engine/storage/snapshot.h"

namespace broadsheet::build {
namespace {

using storage::DocRef;
using storage::Segment;

// A stored article was accepted once: one that no longer is ends the rebuild rather than get lost.
absl::Status AddStored(v1::Article article, IndexBuild& build) {
  const std::string id = article.id();
  absl::Status added = build.Add(std::move(article));
  if (!absl::IsInvalidArgument(added)) return added;
  return absl::FailedPreconditionError("cannot take over the stored article \"" + id +
                                       "\": " + std::string(added.message()));
}

absl::Status AddAll(const storage::Snapshot& snapshot, IndexBuild& build) {
  absl::Status base = snapshot.generation().articles().ForEach(
      [&](uint32_t docid, v1::Article&& article) -> absl::Status {
        if (snapshot.IsHidden({.segment = Segment::kBase, .docid = docid})) {
          return absl::OkStatus();
        }
        return AddStored(std::move(article), build);
      });
  if (!base.ok() || !snapshot.has_live()) return base;
  const Xapian::Database& live = snapshot.live();
  for (auto docid = live.postlist_begin(""); docid != live.postlist_end(""); ++docid) {
    const DocRef doc{.segment = Segment::kLive, .docid = *docid};
    if (snapshot.IsHidden(doc)) continue;
    absl::StatusOr<v1::Article> article = snapshot.ReadArticle(doc);
    if (!article.ok()) return article.status();
    if (absl::Status added = AddStored(*std::move(article), build); !added.ok()) return added;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<BuildReport> Rebuild(BuildOptions options) {
  const storage::Layout layout(options.index);
  // First, since a build makes the folder.
  if (const auto published = storage::ReadCurrent(layout); !published.ok()) {
    return published.status();
  }
  options.live_writes = LiveWrites::kInclude;
  options.allow_shrinking = true;
  options.keep_indexed_time = true;
  const absl::StatusOr<std::unique_ptr<IndexBuild>> build = IndexBuild::Start(std::move(options));
  if (!build.ok()) return build.status();
  // The build holds the lock: nobody writes any more.
  const auto generation = storage::Generation::OpenCurrent(layout, storage::Use::kStoredArticles);
  if (!generation.ok()) return generation.status();
  const auto snapshot = storage::Snapshot::Open(*generation);
  if (!snapshot.ok()) return snapshot.status();
  absl::Status added =
      storage::Guard("cannot read what is stored", [&] { return AddAll(**snapshot, **build); });
  if (!added.ok()) return added;
  return (*build)->Publish();
}

}  // namespace broadsheet::build
