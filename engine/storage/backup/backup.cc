// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/backup/backup.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "engine/base/file_copy.h"
#include "engine/base/file_error.h"
#include "engine/base/file_writer.h"
#include "engine/base/folder_size.h"
#include "engine/schema/index_fault.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/check/live_check.h"
#include "engine/storage/index/generation_claim.h"
#include "engine/storage/index/set_current.h"
#include "engine/storage/index/takedowns.h"
#include "engine/storage/live/commit_hold.h"
#include "engine/storage/live/live_stamp.h"

namespace broadsheet::storage {
namespace {

namespace fs = std::filesystem;

// A commit takes milliseconds, or seconds on a busy disk.
constexpr absl::Duration kHoldPatience = absl::Seconds(30);
constexpr int kCopyTries = 5;
// Xapian's own empty lock file; each writer makes a new one.
constexpr std::string_view kXapianLock = "flintlock";

absl::Status MakePart(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  return error ? base::FileError(error.value(), "cannot make the folder", folder)
               : absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> FileNames(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (auto file = fs::directory_iterator(folder, error);
       !error && file != fs::directory_iterator(); file.increment(error)) {
    if (file->is_regular_file(error)) names.push_back(file->path().filename().string());
  }
  if (error) return base::FileError(error.value(), "cannot list", folder);
  std::sort(names.begin(), names.end());
  return names;
}

// "x/" names the same folder as "x".
fs::path WithoutSlash(const fs::path& path) {
  return path.has_filename() ? path : path.parent_path();
}

bool IsWithin(const fs::path& path, const fs::path& folder) {
  std::error_code ignored;
  const fs::path inner = fs::weakly_canonical(path, ignored);
  const fs::path outer = fs::weakly_canonical(folder, ignored);
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

// "<target>.partial": makes the folder, locks it against other backups, and removes it unless it is
// published.
class PartialFolder {
 public:
  explicit PartialFolder(const fs::path& target) : target_(target), path_(target) {
    path_ += ".partial";
  }
  ~PartialFolder() {
    std::error_code ignored;
    if (held_.open()) fs::remove_all(path_, ignored);
  }
  PartialFolder(const PartialFolder&) = delete;
  PartialFolder& operator=(const PartialFolder&) = delete;

  absl::Status Claim();
  absl::Status Publish();
  const fs::path& path() const { return path_; }

 private:
  // Removes the files of a killed backup.
  absl::Status RemoveLeftovers() const;

  const fs::path target_;
  fs::path path_;
  base::FileDescriptor held_;
};

absl::Status PartialFolder::Claim() {
  std::error_code error;
  if (fs::exists(fs::symlink_status(target_, error))) {
    return absl::AlreadyExistsError(absl::StrFormat(
        "cannot write a snapshot to %s: it exists; name a new folder", target_.string()));
  }
  if (!fs::create_directory(path_, error) && error) {
    return base::FileError(error.value(), "cannot make the folder", path_);
  }
  absl::StatusOr<base::FileDescriptor> held = HoldFolder(path_);
  if (!held.ok()) return held.status();
  if (!held->open()) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "another snapshot is just being written to %s; wait for it", target_.string()));
  }
  if (absl::Status removed = RemoveLeftovers(); !removed.ok()) return removed;
  held_ = *std::move(held);
  return absl::OkStatus();
}

absl::Status PartialFolder::RemoveLeftovers() const {
  constexpr std::string_view kOurs[] = {"CURRENT",          "takedowns",           "generations",
                                        "SNAPSHOT.new",     "CURRENT.new",         "takedowns.new",
                                        "takedowns.record", "takedowns.record.new"};
  std::error_code error;
  for (auto entry = fs::directory_iterator(path_, error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (std::find(std::begin(kOurs), std::end(kOurs), name) == std::end(kOurs)) {
      return absl::FailedPreconditionError(
          absl::StrFormat("cannot write a snapshot by way of %s: it holds other things (\"%s\")",
                          path_.string(), name));
    }
  }
  for (const std::string_view name : kOurs) fs::remove_all(path_ / name, error);
  return error ? base::FileError(error.value(), "cannot empty", path_) : absl::OkStatus();
}

absl::Status PartialFolder::Publish() {
  std::error_code error;
  fs::rename(path_, target_, error);
  if (error) return base::FileError(error.value(), "cannot rename", path_);
  held_.Close();
  const fs::path parent = target_.parent_path();
  return base::SyncFolder(parent.empty() ? fs::path(".") : parent);
}

class BackupWriter {
 public:
  BackupWriter(const Layout& index, const BackupOptions& options)
      : index_(index),
        options_(options),
        partial_(WithoutSlash(options.target)),
        copy_(partial_.path()) {}

  absl::StatusOr<BackupReport> Run();

 private:
  // Copies a file to `name` in the backup, and lists it.
  absl::Status Copy(const fs::path& source, const fs::path& name, base::CopyKind kind);
  absl::Status CopyBase();
  absl::Status CopyLive();
  // False when a commit happened meanwhile.
  absl::StatusOr<bool> CopyLiveOnce(const fs::path& live, const fs::path& name);
  absl::Status SyncLive(const fs::path& name);
  absl::Status CopyTakedowns();
  // Opens the copy and checks it as an index.
  absl::Status CheckCopy();
  absl::Status Finish();
  // An error that is a fault of the index.
  absl::Status Fault(absl::StatusCode code, schema::FaultReason reason,
                     const std::string& message) const {
    return schema::FaultError(code, {.reason = reason, .index = index_.root().string()}, message);
  }

  const Layout index_;
  const BackupOptions& options_;
  PartialFolder partial_;
  const Layout copy_;
  std::shared_ptr<const Generation> generation_;
  fs::path name_;  // generations/NNNNNN
  BackupList list_;
  BackupReport report_;
  uint64_t done_ = 0;
  uint64_t total_ = 0;
};

absl::StatusOr<BackupReport> BackupWriter::Run() {
  if (IsWithin(options_.target, index_.root())) {
    return absl::InvalidArgumentError(
        absl::StrFormat("cannot write a snapshot to %s: it lies within the index; name a folder "
                        "elsewhere",
                        options_.target.string()));
  }
  auto generation = Generation::OpenCurrent(index_, Use::kStoredArticles);
  if (!generation.ok()) return generation.status();
  // Damaged takedowns are reported now rather than after hours of copying.
  if (const auto takedowns = Takedowns::Read(index_); !takedowns.ok()) return takedowns.status();
  generation_ = *std::move(generation);
  report_.manifest = generation_->manifest();
  name_ = index_.generations().filename() / generation_->folder().filename();
  list_.ref = report_.manifest.ref;
  total_ = report_.manifest.IndexBytes() + base::BytesIn(generation_->folder() / kLiveName);
  absl::Status status = partial_.Claim();
  if (status.ok()) status = CopyBase();
  if (status.ok()) status = CopyLive();
  list_.taken = absl::Now();
  if (status.ok()) status = CopyTakedowns();
  if (status.ok()) status = WriteFirstCurrent(copy_, list_.ref);
  if (status.ok()) status = CheckCopy();
  if (status.ok()) status = Finish();
  if (!status.ok()) return status;
  return report_;
}

absl::Status BackupWriter::Copy(const fs::path& source, const fs::path& name, base::CopyKind kind) {
  base::CopyControl control{.cancelled = options_.cancelled};
  control.on_bytes = [this](uint64_t bytes) {
    done_ += bytes;
    // live/ grows while it is written.
    if (options_.on_progress) options_.on_progress(done_, std::max(done_, total_));
  };
  absl::StatusOr<base::CopiedFile> copied =
      base::CopyFile(source, partial_.path() / name, kind, control);
  if (!copied.ok()) return copied.status();
  report_.bytes += copied->entry.bytes;
  if (copied->linked) report_.linked_bytes += copied->entry.bytes;
  list_.files.push_back(std::move(copied->entry));
  list_.files.back().name = name.string();
  return absl::OkStatus();
}

absl::Status BackupWriter::CopyBase() {
  const fs::path base = name_ / kBaseName;
  if (absl::Status made = MakePart(partial_.path() / base); !made.ok()) return made;
  for (const base::FileEntry& expected : report_.manifest.files) {
    const fs::path source = index_.root() / base / expected.name;
    absl::Status copied =
        Copy(source, base / expected.name,
             options_.link ? base::CopyKind::kLinkOrSynced : base::CopyKind::kSynced);
    if (!copied.ok()) return copied;
    const base::FileEntry& found = list_.files.back();
    if (found.bytes == expected.bytes && found.checksum == expected.checksum) continue;
    return Fault(absl::StatusCode::kDataLoss, schema::FaultReason::kGenerationDamaged,
                 absl::StrFormat("%s: its content is not what MANIFEST vouches for (checksum), and "
                                 "a damaged index makes no snapshot",
                                 source.string()));
  }
  if (absl::Status synced = base::SyncFolder(partial_.path() / base); !synced.ok()) return synced;
  return Copy(generation_->folder() / kManifestName, name_ / kManifestName,
              base::CopyKind::kSynced);
}

absl::Status BackupWriter::CopyLive() {
  if (!LiveExists(generation_->folder())) return absl::OkStatus();
  const fs::path live = generation_->folder() / kLiveName;
  const fs::path name = name_ / kLiveName;
  for (int tries = 0; tries < kCopyTries; ++tries) {
    const BackupReport report = report_;
    const size_t listed = list_.files.size();
    const absl::StatusOr<bool> whole = CopyLiveOnce(live, name);
    if (!whole.ok()) return whole.status();
    if (*whole) return SyncLive(name);
    report_ = report;
    list_.files.resize(listed);
  }
  return Fault(
      absl::StatusCode::kAborted, schema::FaultReason::kBackupOvertaken,
      absl::StrFormat("live/ of generation %d is being written faster than it can be copied",
                      list_.ref.number));
}

absl::StatusOr<bool> BackupWriter::CopyLiveOnce(const fs::path& live, const fs::path& name) {
  std::error_code error;
  fs::remove_all(partial_.path() / name, error);
  if (error) return base::FileError(error.value(), "cannot remove", partial_.path() / name);
  if (absl::Status made = MakePart(partial_.path() / name); !made.ok()) return made;
  const auto hold = HoldCommits(live, kHoldPatience);
  if (!hold.ok()) return hold.status();
  const base::FileStamp before = ReadLiveStamp(generation_->folder());
  const absl::StatusOr<std::vector<std::string>> files = FileNames(live);
  if (!files.ok()) return files.status();
  for (const std::string& file : *files) {
    if (file == kXapianLock) continue;
    absl::Status copied = Copy(live / file, name / file, base::CopyKind::kUnsynced);
    // A commit renames its files over others, so the file may be gone since it was listed.
    if (absl::IsNotFound(copied) && ReadLiveStamp(generation_->folder()) != before) return false;
    if (!copied.ok()) return copied;
  }
  return ReadLiveStamp(generation_->folder()) == before;
}

absl::Status BackupWriter::SyncLive(const fs::path& name) {
  const absl::StatusOr<std::vector<std::string>> files = FileNames(partial_.path() / name);
  if (!files.ok()) return files.status();
  for (const std::string& file : *files) {
    absl::Status synced = base::SyncFile(partial_.path() / name / file);
    if (!synced.ok()) return synced;
  }
  return base::SyncFolder(partial_.path() / name);
}

absl::Status BackupWriter::CopyTakedowns() {
  // Takedowns may be added meanwhile. WriteFirstCurrent makes the copy's record from the lines read
  // here.
  const absl::StatusOr<std::string> lines = ReadTakedownLines(index_);
  if (!lines.ok()) return lines.status();
  if (absl::Status copied = base::ReplaceFile(copy_.takedowns(), *lines); !copied.ok())
    return copied;
  report_.bytes += lines->size();
  const auto takedowns = Takedowns::Read(copy_);
  if (!takedowns.ok()) return takedowns.status();
  report_.takedowns = (*takedowns)->ids().size();
  return absl::OkStatus();
}

absl::Status BackupWriter::CheckCopy() {
  const auto copy = Generation::OpenCurrent(copy_, Use::kStoredArticles);
  if (!copy.ok()) return copy.status();
  const auto faults = CheckLive(*copy, options_.cancelled);
  if (!faults.ok()) return faults.status();
  if (!faults->empty()) {
    return Fault(absl::StatusCode::kDataLoss, schema::FaultReason::kLiveCopyDamaged,
                 "the copy of live/ is damaged: " + absl::StrJoin(*faults, "; "));
  }
  const absl::StatusOr<LiveCounts> live = CountLive(*copy);
  if (!live.ok()) return live.status();
  report_.live = *live;
  return absl::OkStatus();
}

absl::Status BackupWriter::Finish() {
  // The files that CopyTakedowns and WriteFirstCurrent have written.
  for (const fs::path& name : {copy_.takedowns().filename(), copy_.takedowns_record().filename(),
                               copy_.current().filename(), name_ / kPublishedName}) {
    absl::StatusOr<base::FileEntry> described = base::DescribeFile(partial_.path(), name.string());
    if (!described.ok()) return described.status();
    list_.files.push_back(*std::move(described));
  }
  for (const fs::path& folder : {name_, name_.parent_path()}) {
    absl::Status synced = base::SyncFolder(partial_.path() / folder);
    if (!synced.ok()) return synced;
  }
  absl::Status written = WriteBackupList(partial_.path(), list_);
  return written.ok() ? partial_.Publish() : written;
}

}  // namespace

absl::StatusOr<BackupReport> TakeBackup(const Layout& index, const BackupOptions& options) {
  return BackupWriter(index, options).Run();
}

}  // namespace broadsheet::storage
