// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/takedowns.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_format.h"
#include "engine/storage/checksum.h"
#include "engine/storage/file_descriptor.h"
#include "engine/storage/file_error.h"
#include "engine/storage/file_reader.h"
#include "engine/storage/file_writer.h"

namespace broadsheet::storage {
namespace {

// Some 250,000 of the longest ids.
constexpr size_t kMaxTakedownsBytes = 256 << 20;

// "<checksum of the rest> <time> <id>", without its end of line.
std::string TakedownLine(const std::string& id, absl::Time now) {
  const std::string rest =
      absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", now, absl::UTCTimeZone()) + " " + id;
  return ChecksumOf(rest) + " " + rest;
}

// "" when the line is damaged.
std::string IdOfLine(std::string_view line) {
  if (line.size() <= kChecksumDigits || line[kChecksumDigits] != ' ') return "";
  const std::string_view rest = line.substr(kChecksumDigits + 1);
  const size_t space = rest.find(' ');
  if (space == std::string_view::npos || ChecksumOf(rest) != line.substr(0, kChecksumDigits)) {
    return "";
  }
  return std::string(rest.substr(space + 1));
}

// What a crash has cut off ends without an end of line, and was never acknowledged.
std::string_view WithoutTornEnd(std::string_view content) {
  const size_t end = content.rfind('\n');
  return content.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

absl::StatusOr<std::string> ReadTakedowns(const Layout& layout) {
  absl::StatusOr<std::string> content = ReadWholeFile(layout.takedowns(), kMaxTakedownsBytes);
  if (absl::IsNotFound(content.status())) return std::string();
  return content;
}

absl::Status AppendDurably(const FileDescriptor& fd, const Layout& layout, size_t whole_bytes,
                           const std::string& added) {
  const auto fail = [&](int error) { return FileError(error, "cannot write", layout.takedowns()); };
  if (::ftruncate(fd.get(), static_cast<off_t>(whole_bytes)) != 0) return fail(errno);
  const ssize_t written =
      ::pwrite(fd.get(), added.data(), added.size(), static_cast<off_t>(whole_bytes));
  if (written != static_cast<ssize_t>(added.size())) return fail(written < 0 ? errno : ENOSPC);
  if (::fsync(fd.get()) != 0) return fail(errno);
  return SyncFolder(layout.root());
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Takedowns>> Takedowns::Read(const Layout& layout) {
  const absl::StatusOr<std::string> content = ReadTakedowns(layout);
  if (!content.ok()) return content.status();
  std::shared_ptr<Takedowns> takedowns(new Takedowns());
  std::string_view left = WithoutTornEnd(*content);
  for (int number = 1; !left.empty(); ++number) {
    const size_t end = left.find('\n');
    std::string id = IdOfLine(left.substr(0, end));
    if (id.empty()) {
      return absl::DataLossError(
          absl::StrFormat("%s is damaged in line %d: restore it from a copy; without it, articles "
                          "that were taken down would be seen again",
                          layout.takedowns().string(), number));
    }
    takedowns->ids_.insert(std::move(id));
    left.remove_prefix(end + 1);
  }
  return takedowns;
}

absl::StatusOr<size_t> AddTakedowns(const Layout& layout, const std::vector<std::string>& ids,
                                    absl::Time now) {
  const FileDescriptor fd(::open(layout.takedowns().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!fd.open()) return FileError(errno, "cannot open", layout.takedowns());
  // Held for milliseconds by another takedown.
  if (::flock(fd.get(), LOCK_EX) != 0) return FileError(errno, "cannot lock", layout.takedowns());
  const auto known = Takedowns::Read(layout);
  if (!known.ok()) return known.status();
  const absl::StatusOr<std::string> content = ReadTakedowns(layout);
  if (!content.ok()) return content.status();
  std::string lines;
  std::unordered_set<std::string> added;
  for (const std::string& id : ids) {
    if ((*known)->Contains(id) || !added.insert(id).second) continue;
    lines += TakedownLine(id, now) + "\n";
  }
  if (added.empty()) return size_t{0};
  absl::Status appended = AppendDurably(fd, layout, WithoutTornEnd(*content).size(), lines);
  if (!appended.ok()) return appended;
  return added.size();
}

}  // namespace broadsheet::storage
