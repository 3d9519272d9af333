// SPDX-License-Identifier: GPL-3.0-or-later
// Takes a backup of the published generation, beside whoever reads and writes it:
//
//   PATH/SNAPSHOT      what it is, and each file with its checksum; written last
//   PATH/CURRENT, takedowns, takedowns.record
//   PATH/generations/000007/MANIFEST, base/, live/
//
// So a backup is an index by itself: servers serve it and storage/check checks it.
// indexing/publish/restore.h puts one back.
//
// What it holds. base/ and MANIFEST of the generation that was published when it began, and live/
// in one committed state: everything acknowledged before it began, and whatever else was committed
// by the moment of the copy. Takedowns are copied last: none that the index had is missing. Their
// record is of the copy.
//
// While it is taken. Readers notice nothing. A commit to live/ waits while that is copied, for
// kMaxCommitDelay at most (commit_hold.h). The generation is not pruned.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "absl/status/statusor.h"
#include "engine/storage/backup/backup_list.h"
#include "engine/storage/check/live_check.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/index/manifest.h"

namespace broadsheet::storage {

struct BackupOptions {
  // Does not exist yet, and the folder that it is to lie in does. Until it is whole it is called
  // "<target>.partial".
  std::filesystem::path target = {};
  // Files of base/, which never change, are hard links where the file system makes them: no room
  // and little time, but no help against damage to the files themselves.
  bool link = true;
  // Told, now and then, how much of what there is to read has been read; may be empty.
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

// When it returns OK the backup is on disk and every file of base/ has the checksum that MANIFEST
// says, and live/ passes its check; on any error there is nothing at `target`. ALREADY_EXISTS when
// something is there; FAILED_PRECONDITION when another backup is just being taken there, or
// "<target>.partial" is not what one has left; DATA_LOSS, naming the file, when the index is
// damaged; ABORTED when live/ is being written faster than it can be copied; CANCELLED; errors of
// Generation::OpenCurrent and FileError (RESOURCE_EXHAUSTED for a full disk).
absl::StatusOr<BackupReport> TakeBackup(const Layout& index, const BackupOptions& options);

}  // namespace broadsheet::storage
