// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/check/base_check.h"

#include <utility>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "engine/base/file_reader.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::storage {
namespace {

absl::StatusOr<base::FileEntry> MeasureFile(const std::filesystem::path& base,
                                            const std::string& name) {
  absl::StatusOr<base::FileReader> file = base::FileReader::Open(base / name);
  if (!file.ok()) return file.status();
  base::FileEntry entry;
  entry.name = name;
  entry.bytes = file->size();
  return entry;
}

// Whether an error of reading a file means that the file is damaged; missing rights or file
// descriptors do not.
bool IsDamage(const absl::Status& error) {
  return absl::IsNotFound(error) || absl::IsDataLoss(error) || absl::IsFailedPrecondition(error);
}

// Describes what is wrong with a file; "" when nothing is.
std::string FaultOf(const std::filesystem::path& file, const base::FileEntry& expected,
                    const absl::StatusOr<base::FileEntry>& found, FileCheck check) {
  if (absl::IsNotFound(found.status())) return absl::StrFormat("%s: is missing", file.string());
  if (!found.ok()) return std::string(found.status().message());
  if (found->bytes != expected.bytes) {
    return absl::StrFormat("%s: has %d bytes instead of the %d in MANIFEST", file.string(),
                           found->bytes, expected.bytes);
  }
  if (check == FileCheck::kContents && found->checksum != expected.checksum) {
    return absl::StrFormat("%s: its content is not what MANIFEST vouches for (checksum)",
                           file.string());
  }
  return "";
}

}  // namespace

absl::StatusOr<std::vector<std::string>> CheckBase(const std::filesystem::path& generation,
                                                   const Manifest& manifest, FileCheck check,
                                                   const std::function<bool()>& cancelled) {
  const std::filesystem::path base = generation / kBaseName;
  std::vector<std::string> faults;
  for (const base::FileEntry& expected : manifest.files) {
    const absl::StatusOr<base::FileEntry> found =
        check == FileCheck::kContents ? base::DescribeFile(base, expected.name, cancelled)
                                      : MeasureFile(base, expected.name);
    if (!found.ok() && !IsDamage(found.status())) return found.status();
    std::string fault = FaultOf(base / expected.name, expected, found, check);
    if (!fault.empty()) faults.push_back(std::move(fault));
  }
  return faults;
}

absl::Status DamagedGeneration(const std::filesystem::path& generation,
                               const std::vector<std::string>& faults) {
  return absl::DataLossError(absl::StrFormat("generation %s is damaged:\n%s", generation.string(),
                                             absl::StrJoin(faults, "\n")));
}

}  // namespace broadsheet::storage
