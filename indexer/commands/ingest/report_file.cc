// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/ingest/report_file.h"

#include <cerrno>
#include <cstring>
#include <utility>

namespace broadsheet::commands {

absl::StatusOr<ReportFile> ReportFile::Open(std::string path, std::string what) {
  ReportFile file(std::move(path), std::move(what));
  if (!file.is_wanted()) return file;
  file.out_.open(file.path_, std::ios::binary | std::ios::trunc);
  if (!file.out_) {
    return absl::UnavailableError("cannot write " + file.what_ + " to " + file.path_ + ": " +
                                  std::strerror(errno));
  }
  return file;
}

absl::Status ReportFile::Write(const std::string& object) {
  if (!is_wanted()) return absl::OkStatus();
  out_ << object << "\n";
  return CheckWritten();
}

absl::Status ReportFile::Finish() {
  if (!is_wanted() || !out_.is_open()) return absl::OkStatus();
  out_.close();
  return CheckWritten();
}

absl::Status ReportFile::CheckWritten() const {
  if (out_) return absl::OkStatus();
  return absl::ResourceExhaustedError("cannot write " + what_ + " to " + path_ + ": " +
                                      std::strerror(errno));
}

}  // namespace broadsheet::commands
