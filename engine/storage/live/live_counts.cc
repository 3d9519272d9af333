// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live/live_counts.h"

#include "absl/strings/str_format.h"
#include "engine/schema/terms.h"
#include "engine/storage/base/folded_writes.h"
#include "engine/storage/live/snapshot.h"
#include "engine/xapian/guard.h"

namespace broadsheet::storage {
namespace {

// A writer under load commits every 20 ms; counting takes less than a second.
constexpr int kCountTries = 5;

absl::StatusOr<LiveCounts> CountIn(const Snapshot& snapshot, uint64_t folded) {
  LiveCounts counts{.folded = folded};
  if (snapshot.has_live()) counts.articles = snapshot.live().get_doccount();
  counts.superseded = snapshot.tombstone_count();
  for (const Deletion& deletion : snapshot.ReadDeletions()) {
    if (!snapshot.base().term_exists(schema::IdTerm(deletion.id))) ++counts.passed;
  }
  return counts;
}

}  // namespace

std::string Describe(const LiveCounts& counts) {
  std::string text =
      absl::StrFormat("%d %s put, %d of its own replaced or deleted", counts.articles,
                      counts.articles == 1 ? "article" : "articles", counts.superseded);
  if (counts.passed > 0) {
    absl::StrAppendFormat(&text, ", %d deleted that were not in its base", counts.passed);
  }
  if (counts.folded > 0) {
    absl::StrAppendFormat(&text, ", %d written before it was rebuilt", counts.folded);
  }
  return text;
}

absl::StatusOr<LiveCounts> CountLive(const std::shared_ptr<const Generation>& generation) {
  const auto folded = ReadFoldedWrites(generation->folder() / kBaseName);
  if (!folded.ok()) return folded.status();
  absl::StatusOr<LiveCounts> counts = absl::AbortedError("not tried");
  for (int tries = 0; tries < kCountTries && absl::IsAborted(counts.status()); ++tries) {
    const absl::StatusOr<std::unique_ptr<Snapshot>> snapshot = Snapshot::Open(generation);
    if (!snapshot.ok()) {
      counts = snapshot.status();
      continue;
    }
    counts =
        xapian::Guard("cannot read live/", [&] { return CountIn(**snapshot, folded->size()); });
    if (!counts.ok()) counts = (*snapshot)->AsOvertaken(counts.status());
  }
  return counts;
}

}  // namespace broadsheet::storage
