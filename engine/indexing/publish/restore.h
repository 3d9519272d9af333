// SPDX-License-Identifier: GPL-3.0-or-later
// Restores a backup (engine/storage/backup/backup.h) as a new generation of an existing or new
// index.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/indexing/publish/publisher.h"
#include "engine/indexing/publish/writes_at_stake.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/live/live_counts.h"

namespace broadsheet::indexing {

struct RestoreOptions {
  std::filesystem::path from = {};
  // Made if absent.
  std::filesystem::path index = {};
  std::string holder = {};  // written to LOCK: says who restores
  // What to do with the writes in the generation that was published in `index` before.
  WritePolicy live_writes = WritePolicy::kRefuse;
  // Leaves the lock to another process, a server that takes writes, which is to publish the new
  // generation, too. Only for an index that is there.
  bool beside_server = false;
  // As in storage::BackupOptions.
  bool link = true;
  // Called now and then with the bytes copied so far and the bytes to copy in all; may be empty.
  // Verification follows after the last.
  std::function<void(uint64_t done, uint64_t total)> on_progress = {};
  // Polled often until CURRENT moves; may be empty.
  std::function<bool()> cancelled = {};
};

struct RestoreReport {
  // It is of an earlier version: it has to be rebuilt before it can be served.
  bool needs_rebuild = false;
  // The new generation, and what was done with the writes of the one before it: nothing yet beside
  // a server.
  Publication publication;
  // Counts of the writes in the backup's live/, which are restored too.
  storage::LiveCounts live;
  storage::GenerationRef from;
  absl::Time taken;
  // Ids that were taken down in the backup and not in the index.
  size_t takedowns_added = 0;
};

// The new generation has a number and a build id of its own, and the content of the backup. It is
// published once its files match SNAPSHOT and it is verified (VerifyGeneration); beside a server it
// is left as it is then, finished and not published. Before that, the takedowns of the backup are
// added to those of the index, so that no article taken down in either comes back.
//
// On any error the published generation stays published, and nothing is left of the new one; after
// a failed verification the index may have more takedowns than before. Errors of ReadBackupList;
// DATA_LOSS, naming the file, when the backup is damaged; FAILED_PRECONDITION when the backup has
// another analyser version and writes are to be kept or a server is to publish it, when another
// process holds the lock (naming it), and as FindWritesAtStake; RESOURCE_EXHAUSTED for a full disk;
// CANCELLED; those of PublishGeneration.
absl::StatusOr<RestoreReport> Restore(const RestoreOptions& options);

}  // namespace broadsheet::indexing
