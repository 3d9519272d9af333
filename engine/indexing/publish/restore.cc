// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/publish/restore.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/base/file_copy.h"
#include "engine/base/file_error.h"
#include "engine/base/file_writer.h"
#include "engine/indexing/bulk/generation_builder.h"
#include "engine/storage/backup/backup_list.h"
#include "engine/storage/index/generations.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/index/manifest.h"
#include "engine/storage/index/takedowns.h"
#include "engine/text/analyzer.h"

namespace broadsheet::indexing {
namespace {

namespace fs = std::filesystem;

absl::Status DamagedBackup(const fs::path& file, std::string_view why) {
  return absl::DataLossError(
      absl::StrFormat("%s: %s; use another snapshot", file.string(), std::string(why)));
}

constexpr std::string_view kOtherContent =
    "its content is not what SNAPSHOT vouches for (checksum)";

// base/ or live/, if the new generation takes over this file in it; else empty.
fs::path PartOf(const base::FileEntry& file) {
  const fs::path part = fs::path(file.name).parent_path().filename();
  return part == storage::kBaseName || part == storage::kLiveName ? part : fs::path();
}

class Restoration {
 public:
  explicit Restoration(const RestoreOptions& options)
      : options_(options), backup_(options.from), layout_(options.index) {}

  absl::StatusOr<RestoreReport> Run();

 private:
  // Makes all checks that are possible before any change.
  absl::Status ReadBackup();
  // Checks that all files exist with the right size, and the content of files that are not copied;
  // copying checks the others.
  absl::Status CheckFiles();
  // Takes the lock, unless a server has it, and a number.
  absl::Status Prepare();
  absl::Status CopyFiles();
  absl::Status CopyOne(const base::FileEntry& file, const fs::path& target);
  absl::Status AddTakedowns();
  // Makes it a whole generation, and counts what was written to it.
  absl::Status Complete();
  // Publishes it, or leaves that to the server.
  absl::Status Publish();

  const RestoreOptions& options_;
  const storage::Layout backup_;
  const storage::Layout layout_;
  storage::BackupList list_;
  storage::Manifest manifest_;
  std::optional<storage::IndexLock> lock_;
  WritesAtStake writes_;
  // The new generation, which is removed unless it is published.
  std::optional<BuiltGeneration> restored_;
  RestoreReport report_;
  uint64_t done_ = 0;
  uint64_t total_ = 0;
};

absl::StatusOr<RestoreReport> Restoration::Run() {
  absl::Status status = ReadBackup();
  if (status.ok()) status = Prepare();
  if (status.ok()) status = CopyFiles();
  if (status.ok()) status = AddTakedowns();
  if (status.ok()) status = Complete();
  if (status.ok()) status = Publish();
  if (!status.ok()) return status;
  return report_;
}

absl::Status Restoration::ReadBackup() {
  auto list = storage::ReadBackupList(options_.from);
  if (!list.ok()) return list.status();
  list_ = *std::move(list);
  report_.from = list_.ref;
  report_.taken = list_.taken;
  if (absl::Status whole = CheckFiles(); !whole.ok()) return whole;
  auto manifest =
      storage::ReadManifest(backup_.generation(list_.ref.number), storage::Use::kStoredArticles);
  if (!manifest.ok()) return manifest.status();
  manifest_ = *std::move(manifest);
  report_.needs_rebuild = manifest_.format_version != storage::kFormatVersion ||
                          manifest_.analyzer_version != text::kAnalyzerVersion;
  return absl::OkStatus();
}

absl::Status Restoration::CheckFiles() {
  for (const base::FileEntry& file : list_.files) {
    const fs::path path = options_.from / file.name;
    std::error_code error;
    const uint64_t bytes = fs::file_size(path, error);
    if (error == std::errc::no_such_file_or_directory) return DamagedBackup(path, "is missing");
    if (error) return base::FileError(error.value(), "cannot inspect", path);
    if (bytes != file.bytes) {
      return DamagedBackup(
          path, absl::StrFormat("has %d bytes instead of the %d in SNAPSHOT", bytes, file.bytes));
    }
    if (PartOf(file).empty()) {
      const auto found = base::DescribeFile(options_.from, file.name, options_.cancelled);
      if (!found.ok()) return found.status();
      if (found->checksum != file.checksum) return DamagedBackup(path, kOtherContent);
      continue;
    }
    total_ += bytes;
  }
  return absl::OkStatus();
}

absl::Status Restoration::Prepare() {
  if (options_.beside_server) {
    if (report_.needs_rebuild) {
      return absl::FailedPreconditionError(absl::StrFormat(
          "%s is of an earlier version, and no server publishes such a generation; stop the server "
          "first",
          options_.from.string()));
    }
  } else {
    absl::StatusOr<storage::IndexLock> lock = storage::IndexLock::Acquire(layout_, options_.holder);
    if (!lock.ok()) return lock.status();
    lock_.emplace(*std::move(lock));
  }
  auto writes = FindWritesAtStake(layout_, options_.live_writes);
  if (!writes.ok()) return writes.status();
  writes_ = *std::move(writes);
  // Damaged takedowns of the index are reported now rather than after hours of copying.
  if (const auto own = storage::Takedowns::Read(layout_); !own.ok()) return own.status();
  absl::StatusOr<storage::GenerationClaim> claim =
      lock_.has_value() ? storage::ClaimNext(*lock_)
                        : storage::GenerationClaim::TakeBeside(layout_);
  if (!claim.ok()) return claim.status();
  manifest_.ref = {.number = claim->number(), .build_id = storage::NewBuildId()};
  restored_.emplace(layout_, *std::move(claim), BuildReport{.ref = manifest_.ref});
  return absl::OkStatus();
}

// Copies base/ and live/ unchanged. MANIFEST is made anew; the other files stay those of the index.
absl::Status Restoration::CopyFiles() {
  std::vector<fs::path> folders;
  for (const base::FileEntry& file : list_.files) {
    const fs::path part = PartOf(file);
    if (part.empty()) continue;
    const fs::path folder = restored_->folder() / part;
    std::error_code error;
    if (fs::create_directories(folder, error)) folders.push_back(folder);
    if (error) return base::FileError(error.value(), "cannot make the folder", folder);
    absl::Status copied = CopyOne(file, folder / fs::path(file.name).filename());
    if (!copied.ok()) return copied;
  }
  folders.push_back(restored_->folder());
  for (const fs::path& folder : folders) {
    if (absl::Status synced = base::SyncFolder(folder); !synced.ok()) return synced;
  }
  return absl::OkStatus();
}

absl::Status Restoration::CopyOne(const base::FileEntry& file, const fs::path& target) {
  base::CopyControl control{.cancelled = options_.cancelled};
  control.on_bytes = [this](uint64_t bytes) {
    done_ += bytes;
    if (options_.on_progress) options_.on_progress(done_, total_);
  };
  // live/ will be written to, which must not change the backup.
  const bool immutable = PartOf(file) == storage::kBaseName;
  const bool link = options_.link && immutable;
  const fs::path source = options_.from / file.name;
  const auto copied = base::CopyFile(
      source, target, link ? base::CopyKind::kLinkOrSynced : base::CopyKind::kSynced, control);
  if (!copied.ok()) return copied.status();
  if (copied->entry.bytes == file.bytes && copied->entry.checksum == file.checksum) {
    return absl::OkStatus();
  }
  return DamagedBackup(source, kOtherContent);
}

absl::Status Restoration::AddTakedowns() {
  const auto takedowns = storage::Takedowns::Read(backup_);
  if (!takedowns.ok()) return takedowns.status();
  std::vector<std::string> ids((*takedowns)->ids().begin(), (*takedowns)->ids().end());
  // Sorted, so that the same backup gives the same file.
  std::sort(ids.begin(), ids.end());
  const absl::StatusOr<size_t> added = storage::AddTakedowns(layout_, ids, absl::Now());
  if (!added.ok()) return added.status();
  report_.takedowns_added = *added;
  return absl::OkStatus();
}

absl::Status Restoration::Complete() {
  if (absl::Status written = storage::WriteManifest(restored_->folder(), manifest_);
      !written.ok()) {
    return written;
  }
  const auto restored =
      storage::Generation::Open(restored_->folder(), storage::Use::kStoredArticles);
  if (!restored.ok()) return restored.status();
  // Before the writes of the previous generation are carried over.
  const absl::StatusOr<storage::LiveCounts> live = storage::CountLive(*restored);
  if (!live.ok()) return live.status();
  report_.live = *live;
  return absl::OkStatus();
}

absl::Status Restoration::Publish() {
  const Watch watch{.cancelled = options_.cancelled};
  if (!lock_.has_value()) {
    absl::Status whole = VerifyUnpublished(layout_, manifest_.ref.number, watch);
    if (!whole.ok()) return whole;
    report_.publication.ref = manifest_.ref;
    report_.publication.articles = manifest_.articles;
    return restored_->Keep();
  }
  const absl::StatusOr<Publication> publication = PublishGeneration(
      *lock_, manifest_.ref.number, writes_, watch, storage::Use::kStoredArticles);
  if (!publication.ok()) return publication.status();
  report_.publication = *publication;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<RestoreReport> Restore(const RestoreOptions& options) {
  return Restoration(options).Run();
}

}  // namespace broadsheet::indexing
