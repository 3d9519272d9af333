// SPDX-License-Identifier: GPL-3.0-or-later
// Puts a backup (storage/backup.h) back, as a new generation of an index, or of a new one.
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
#include "engine/storage/check/live_check.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::indexing {

struct RestoreOptions {
  std::filesystem::path from = {};
  // Made when it is not there.
  std::filesystem::path index = {};
  // Written to LOCK: says who restores.
  std::string holder = {};
  // What becomes of the writes of the generation that is published in `index` until then.
  WritePolicy live_writes = WritePolicy::kRefuse;
  // As in storage::BackupOptions.
  bool link = true;
  // Told, now and then, how much of what there is to copy has been copied; may be empty. When all
  // is, there is still the verification.
  std::function<void(uint64_t done, uint64_t total)> on_progress = {};
  // Polled often until CURRENT moves; may be empty.
  std::function<bool()> cancelled = {};
};

struct RestoreReport {
  // The new generation's, and what became of the writes of the one before it.
  Publication publication;
  // What the backup had of writes since its generation was built: they are restored, too.
  storage::LiveCounts live;
  storage::GenerationRef from;
  absl::Time taken;
  // Ids that the backup had taken down and the index had not.
  size_t takedowns_added = 0;
};

// The new generation has a number and a build id of its own, and otherwise what the backup has. It
// is published once each of its files is what SNAPSHOT says and it is verified (VerifyGeneration).
// Takedowns of the backup and of the index are united before that, so that nothing comes back that
// was taken down in either.
//
// On any error the published generation is what it was, and nothing is left of the new one; after a
// failed verification the index may have more takedowns than before. Errors of ReadBackupList;
// DATA_LOSS, naming the file, when the backup is damaged; FAILED_PRECONDITION when it is of another
// analyser version, when somebody else writes the index (naming him), and as FindWritesAtStake;
// RESOURCE_EXHAUSTED for a full disk; CANCELLED; those of PublishGeneration.
absl::StatusOr<RestoreReport> Restore(const RestoreOptions& options);

}  // namespace broadsheet::indexing
