// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/access/caller_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/base/file_descriptor.h"
#include "engine/base/file_error.h"
#include "engine/base/file_stamp.h"
#include "engine/base/file_writer.h"

namespace broadsheet::access {
namespace {

namespace fs = std::filesystem;

// Some ten thousand callers.
constexpr size_t kMaxCallerFileBytes = 8 << 20;

// What is nobody's but the owner's, and of the group's nothing but reading.
constexpr mode_t kForbidden = 0037;
constexpr mode_t kMode = 0640;

absl::Status CheckMode(const base::FileDescriptor& fd, const fs::path& file) {
  struct stat found = {};
  if (::fstat(fd.get(), &found) != 0) return base::FileError(errno, "cannot examine", file);
  if (!S_ISREG(found.st_mode)) {
    return absl::FailedPreconditionError(absl::StrFormat("%s is no file", file.string()));
  }
  if ((found.st_mode & kForbidden) == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrFormat("%s has the mode %04o: it says who may do what, so only its owner may write "
                      "it, and its group read it (chmod 640)",
                      file.string(), found.st_mode & 07777));
}

absl::StatusOr<std::string> ReadText(const base::FileDescriptor& fd, const fs::path& file) {
  std::string text(kMaxCallerFileBytes + 1, '\0');
  size_t end = 0;
  while (end < text.size()) {
    const ssize_t got =
        ::pread(fd.get(), text.data() + end, text.size() - end, static_cast<off_t>(end));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return base::FileError(errno, "cannot read", file);
    if (got == 0) break;
    end += static_cast<size_t>(got);
  }
  if (end == text.size()) {
    return absl::InvalidArgumentError(absl::StrFormat("%s is too large", file.string()));
  }
  text.resize(end);
  return text;
}

absl::StatusOr<std::vector<CallerRecord>> ReadFrom(const base::FileDescriptor& fd,
                                                   const fs::path& file) {
  if (absl::Status mode = CheckMode(fd, file); !mode.ok()) return mode;
  const absl::StatusOr<std::string> text = ReadText(fd, file);
  if (!text.ok()) return text.status();
  absl::StatusOr<std::vector<CallerRecord>> callers = ParseCallers(*text);
  if (callers.ok()) return callers;
  return absl::Status(
      callers.status().code(),
      absl::StrFormat("%s, %s", file.string(), std::string(callers.status().message())));
}

// Keeps others from editing the file until it is closed.
struct HeldFile {
  base::FileDescriptor fd;
  bool made = false;  // there was none
};

absl::StatusOr<HeldFile> HoldFile(const fs::path& file) {
  constexpr int kFlags = O_RDWR | O_CLOEXEC | O_NONBLOCK;
  while (true) {
    HeldFile held{.fd = base::FileDescriptor(::open(file.c_str(), kFlags))};
    if (!held.fd.open() && errno == ENOENT) {
      held.fd = base::FileDescriptor(::open(file.c_str(), kFlags | O_CREAT | O_EXCL, kMode));
      held.made = held.fd.open();
      // Another has made it meanwhile.
      if (!held.made && errno == EEXIST) continue;
    }
    if (!held.fd.open()) return base::FileError(errno, "cannot open", file);
    if (::flock(held.fd.get(), LOCK_EX) != 0) return base::FileError(errno, "cannot lock", file);
    // Who held it before may have put another file in its place, or removed it.
    if (base::IsNamedBy(held.fd, file)) return held;
  }
}

absl::Status EditHeld(const HeldFile& held, const fs::path& file,
                      absl::FunctionRef<absl::Status(std::vector<CallerRecord>*)> edit) {
  absl::StatusOr<std::vector<CallerRecord>> callers = ReadFrom(held.fd, file);
  if (!callers.ok()) return callers.status();
  if (absl::Status edited = edit(&*callers); !edited.ok()) return edited;
  return base::ReplaceFile(file, FormatCallers(*callers));
}

}  // namespace

absl::StatusOr<std::vector<CallerRecord>> ReadCallers(const fs::path& file) {
  const base::FileDescriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!fd.open()) return base::FileError(errno, "cannot open", file);
  return ReadFrom(fd, file);
}

absl::Status EditCallers(const fs::path& file,
                         absl::FunctionRef<absl::Status(std::vector<CallerRecord>*)> edit) {
  const fs::path path = fs::absolute(file);
  const absl::StatusOr<HeldFile> held = HoldFile(path);
  if (!held.ok()) return held.status();
  absl::Status edited = EditHeld(*held, path, edit);
  // An empty file would let nobody in, of a server that was told of it.
  std::error_code ignored;
  if (!edited.ok() && held->made) fs::remove(path, ignored);
  return edited;
}

}  // namespace broadsheet::access
