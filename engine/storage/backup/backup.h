// SPDX-License-Identifier: GPL-3.0-or-later
// Takes a backup of the published generation while it is read and written:
//
//   PATH/SNAPSHOT      what it is, and each file with its checksum; written last
//   PATH/CURRENT, takedowns, takedowns.record
//   PATH/generations/000007/MANIFEST, base/, live/
//
// So a backup is an index: servers can serve it and storage/check can check it. Restore
// (engine/indexing/publish/restore.h) puts one back.
//
// Content. base/ and MANIFEST of the generation that was published when the backup began, and live/
// in one committed state: every write acknowledged before the backup began, and those committed
// before live/ was copied. Takedowns are copied last, so none is missing. Their record is made anew
// for the copy.
//
// Side effects. Readers notice nothing. A commit to live/ waits while live/ is copied, for
// kMaxCommitDelay at most (commit_hold.h). The generation is not pruned meanwhile.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "absl/status/statusor.h"
#include "engine/storage/backup/backup_list.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/index/manifest.h"
#include "engine/storage/live/live_counts.h"

namespace broadsheet::storage {

struct BackupOptions {
  // The folder to make. It does not exist yet; its parent does. Until the backup is complete the
  // folder is called "<target>.partial".
  std::filesystem::path target = {};
  // Hard-links the files of base/, which never change, where the file system can. Takes no space
  // and little time, but does not protect against damage to the files themselves.
  bool link = true;
  // Called now and then with the bytes read so far and the bytes to read in all; may be empty.
  std::function<void(uint64_t done, uint64_t total)> on_progress = {};
  // Polled at each MiB; may be empty.
  std::function<bool()> cancelled = {};
};

struct BackupReport {
  Manifest manifest;
  LiveCounts live;
  uint64_t takedowns = 0;
  uint64_t bytes = 0;
  // How many of these bytes are in files that are hard links.
  uint64_t linked_bytes = 0;
};

// When this returns OK, the backup is on disk, every file of base/ has the checksum that MANIFEST
// states, and live/ passes its check; on any error there is nothing at `target`. ALREADY_EXISTS
// when `target` exists; FAILED_PRECONDITION when another backup to `target` is under way, or
// "<target>.partial" is not the rest of an interrupted one; DATA_LOSS, naming the file, when the
// index is damaged; ABORTED when live/ is being written faster than it can be copied; CANCELLED;
// errors of Generation::OpenCurrent and FileError (RESOURCE_EXHAUSTED for a full disk).
absl::StatusOr<BackupReport> TakeBackup(const Layout& index, const BackupOptions& options);

}  // namespace broadsheet::storage
