// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/backup/backup_list.h"

#include <string>

#include "absl/strings/str_format.h"
#include "engine/base/file_reader.h"
#include "engine/base/file_writer.h"
#include "engine/schema/index_fault.h"
#include "engine/storage/index/sealed_json.h"
#include "engine/storage/index/stored_files.h"
#include "stored_backup_list.pb.h"

namespace broadsheet::storage {
namespace {

constexpr int kBackupFormat = 1;
// A backup has some twenty files.
constexpr size_t kMaxListBytes = 1 << 20;

}  // namespace

absl::Status WriteBackupList(const std::filesystem::path& backup, const BackupList& list) {
  StoredBackupList stored;
  stored.set_format_version(kBackupFormat);
  stored.mutable_taken()->set_seconds(absl::ToUnixSeconds(list.taken));
  stored.set_generation(list.ref.number);
  stored.set_build_id(list.ref.build_id);
  AddStoredFiles(list.files, stored.mutable_files());
  const absl::StatusOr<std::string> json = SealJson(stored);
  if (!json.ok()) return json.status();
  return base::ReplaceFile(backup / kBackupListName, *json);
}

absl::StatusOr<BackupList> ReadBackupList(const std::filesystem::path& backup) {
  const std::filesystem::path path = backup / kBackupListName;
  const absl::StatusOr<std::string> json = base::ReadWholeFile(path, kMaxListBytes);
  if (absl::IsNotFound(json.status())) {
    return schema::FaultError(
        absl::StatusCode::kNotFound,
        {.reason = schema::FaultReason::kNotABackup, .index = backup.string()},
        absl::StrFormat("%s is no snapshot: it has no file %s", backup.string(),
                        std::string(kBackupListName)));
  }
  if (!json.ok() && !absl::IsOutOfRange(json.status())) return json.status();
  StoredBackupList stored;
  const absl::Status unsealed =
      json.ok() ? UnsealJson(*json, &stored) : absl::DataLossError("it is too large");
  if (!unsealed.ok()) {
    return absl::DataLossError(absl::StrFormat("%s is damaged: %s; use another snapshot",
                                               path.string(), std::string(unsealed.message())));
  }
  if (stored.format_version() != kBackupFormat) {
    return absl::FailedPreconditionError(
        absl::StrFormat("%s is a snapshot of format %d, this program speaks format %d; restore it "
                        "with the version that took it",
                        backup.string(), stored.format_version(), kBackupFormat));
  }
  BackupList list;
  list.ref = {.number = stored.generation(), .build_id = stored.build_id()};
  list.taken = absl::FromUnixSeconds(stored.taken().seconds());
  list.files = FromStoredFiles(stored.files());
  return list;
}

}  // namespace broadsheet::storage
