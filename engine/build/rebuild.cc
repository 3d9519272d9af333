// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/rebuild.h"

#include <memory>
#include <string>
#include <utility>

#include "engine/build/written_generation.h"
#include "engine/storage/current.h"
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

absl::Status AddBase(const storage::Snapshot& snapshot, IndexBuild& build) {
  return snapshot.generation().articles().ForEach(
      [&](uint32_t docid, v1::Article&& article) -> absl::Status {
        if (snapshot.IsHidden({.segment = Segment::kBase, .docid = docid})) {
          return absl::OkStatus();
        }
        return AddStored(std::move(article), build);
      });
}

// What live/ holds after docid `last`. Of what is written to meanwhile the newer state has a higher
// docid, and what was there at the beginning and stays keeps its own.
absl::Status AddLive(const storage::Snapshot& snapshot, uint32_t& last, IndexBuild& build) {
  if (!snapshot.has_live()) return absl::OkStatus();
  const Xapian::Database& live = snapshot.live();
  auto docid = live.postlist_begin("");
  docid.skip_to(last + 1);
  for (; docid != live.postlist_end(""); ++docid) {
    const DocRef doc{.segment = Segment::kLive, .docid = *docid};
    if (snapshot.IsHidden(doc)) continue;
    absl::StatusOr<v1::Article> article = snapshot.ReadArticle(doc);
    if (!article.ok()) return article.status();
    if (absl::Status added = AddStored(*std::move(article), build); !added.ok()) return added;
    last = *docid;
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
  // The build holds the lock: nobody publishes another one.
  const auto generation = storage::Generation::OpenCurrent(layout, storage::Use::kStoredArticles);
  if (!generation.ok()) return generation.status();
  // What base/ hides: as before any of live/ was read, so that an article that moves from base/ to
  // live/ meanwhile is not missed.
  std::unique_ptr<const storage::Snapshot> snapshot;
  const auto open = [&](const storage::Snapshot&, uint32_t&) -> absl::Status {
    auto opened = storage::Snapshot::Open(*generation);
    if (opened.ok()) snapshot = *std::move(opened);
    return opened.status();
  };
  if (absl::Status opened = ReadWhileWritten(*generation, open); !opened.ok()) return opened;
  auto written = ReadWrittenIds(*generation);
  if (!written.ok()) return written.status();
  (*build)->FoldWrites(*std::move(written));
  absl::Status added =
      ReadWhileWritten(*generation, [&](const storage::Snapshot& newest, uint32_t& last) {
        return AddLive(newest, last, **build);
      });
  if (added.ok()) added = AddBase(*snapshot, **build);
  if (!added.ok()) return added;
  return (*build)->Publish();
}

}  // namespace broadsheet::build
