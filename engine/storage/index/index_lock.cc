// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/index_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "engine/base/file_error.h"
#include "engine/base/file_writer.h"
#include "engine/base/steady_time.h"
#include "engine/schema/index_fault.h"
#include "engine/storage/index/current.h"

namespace broadsheet::storage {
namespace {

namespace fs = std::filesystem;

// The first line has a fixed width, so that rewriting LOCK in place never moves the number, and all
// of it fits one disk sector.
constexpr std::string_view kNumberKey = "last_generation ";
constexpr size_t kNumberDigits = 20;
constexpr std::string_view kHolderKey = "holder ";
constexpr std::string_view kPidKey = "pid ";
constexpr std::string_view kSinceKey = "since ";
constexpr std::string_view kAddressKey = "address ";
constexpr size_t kMaxLockBytes = 512;
// The longest name of a holder, and the longest address.
constexpr size_t kMaxTextBytes = 160;

// How long to wait for a new holder's name, and how often to look.
constexpr absl::Duration kPatience = absl::Milliseconds(200);
constexpr absl::Duration kGlance = absl::Milliseconds(2);

// What may lie in an index folder. lost+found belongs to the root of a file system of its own.
bool IsOurs(const std::string& name) {
  static const std::vector<std::string> names = {
      "CURRENT",          "CURRENT.new",          "LOCK",        "takedowns",
      "takedowns.record", "takedowns.record.new", "generations", "lost+found"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Refuses to turn somebody's folder into an index: it must be empty, hold nothing else, or be an
// index already.
absl::Status CheckFolder(const Layout& layout) {
  std::error_code error;
  const bool is_index =
      fs::is_directory(layout.generations(), error) && fs::is_regular_file(layout.lock(), error);
  if (is_index) return absl::OkStatus();
  fs::directory_iterator entries(layout.root(), error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    const std::string name = entries->path().filename().string();
    if (IsOurs(name)) continue;
    return absl::FailedPreconditionError(absl::StrFormat(
        "cannot make an index in %s: the folder holds other things (\"%s\"); name a new or an "
        "empty folder",
        layout.root().string(), name));
  }
  if (error) return base::FileError(error.value(), "cannot list folder", layout.root());
  return absl::OkStatus();
}

// Makes `folder` and those above it; every new name is synced.
absl::Status MakeFolder(const fs::path& folder) {
  std::error_code error;
  if (fs::is_directory(folder, error)) return absl::OkStatus();
  if (fs::exists(folder, error)) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "cannot make an index at %s: it is a file; name a folder", folder.string()));
  }
  const fs::path parent = folder.parent_path();
  if (!parent.empty()) {
    if (absl::Status status = MakeFolder(parent); !status.ok()) return status;
  }
  if (!fs::create_directory(folder, error) && error) {
    return base::FileError(error.value(), "cannot make folder", folder);
  }
  return base::SyncFolder(parent.empty() ? fs::path(".") : parent);
}

absl::Status PrepareFolder(const Layout& layout) {
  fs::path root = layout.root();
  // "index/" names the same folder as "index" and has no parent of its own.
  if (!root.has_filename()) root = root.parent_path();
  if (absl::Status status = MakeFolder(root); !status.ok()) return status;
  if (absl::Status status = CheckFolder(layout); !status.ok()) return status;
  return MakeFolder(layout.generations());
}

std::string ReadLock(int fd) {
  std::string content(kMaxLockBytes, '\0');
  const ssize_t got = ::pread(fd, content.data(), content.size(), 0);
  content.resize(got > 0 ? static_cast<size_t>(got) : 0);
  return content;
}

// "" when there is none.
std::string ReadLock(const Layout& layout) {
  const base::FileDescriptor fd(::open(layout.lock().c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  return fd.open() ? ReadLock(fd.get()) : "";
}

// The rest of the line that starts with `key`, or "".
std::string Value(const std::string& content, std::string_view key) {
  size_t begin = 0;
  while (begin < content.size()) {
    const size_t end = std::min(content.find('\n', begin), content.size());
    const std::string_view line(content.data() + begin, end - begin);
    if (line.starts_with(key)) return std::string(line.substr(key.size()));
    begin = end + 1;
  }
  return "";
}

IndexLock::Holder ParseHolder(const std::string& content) {
  return {.name = Value(content, kHolderKey),
          .pid = Value(content, kPidKey),
          .since = Value(content, kSinceKey),
          .address = Value(content, kAddressKey)};
}

uint64_t ParseNumber(std::string_view text) {
  uint64_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && rest == text.data() + text.size() ? number : 0;
}

// A holder writes its name right after it got the lock: until then LOCK has that of the one before,
// killed perhaps, or none.
bool IsThere(const IndexLock::Holder& holder) {
  const auto pid = static_cast<pid_t>(ParseNumber(holder.pid));
  return pid > 0 && (::kill(pid, 0) == 0 || errno != ESRCH);
}

// The other holder, once LOCK says who that is. After kPatience, what it says by then: on a shared
// file system the holder may be a process of another machine, unknown here.
IndexLock::Holder AwaitHolder(int fd) {
  const base::SteadyTime patience = base::SteadyIn(kPatience);
  IndexLock::Holder holder = ParseHolder(ReadLock(fd));
  while (!IsThere(holder) && base::SteadyNow() < patience) {
    absl::SleepFor(kGlance);
    holder = ParseHolder(ReadLock(fd));
  }
  return holder;
}

absl::Status HeldByAnother(const Layout& layout, const IndexLock::Holder& holder) {
  std::string text = holder.name.empty() ? "another process" : holder.name;
  if (!holder.pid.empty()) text += ", pid " + holder.pid;
  if (!holder.since.empty()) text += ", since " + holder.since;
  if (!holder.pid.empty() && !IsThere(holder)) {
    text = "another process (LOCK names " + text + ", which does not run here)";
  }
  const std::string index = layout.root().string();
  return schema::FaultError(
      absl::StatusCode::kFailedPrecondition,
      {.reason = schema::FaultReason::kIndexLocked, .index = index, .server = holder.address},
      absl::StrFormat("index %s is being written by %s", index, text));
}

// LOCK has the number; the folders and CURRENT stand in when LOCK was lost or damaged.
uint64_t LastNumberIn(const Layout& layout, const std::string& lock_content) {
  uint64_t last = ParseNumber(Value(lock_content, kNumberKey));
  if (const absl::StatusOr<GenerationRef> current = ReadCurrent(layout); current.ok()) {
    last = std::max(last, current->number);
  }
  std::error_code error;
  fs::directory_iterator entries(layout.generations(), error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    last = std::max(last, ParseNumber(entries->path().filename().string()));
  }
  return last;
}

}  // namespace

IndexLock::IndexLock(Layout layout, base::FileDescriptor fd, std::string holder,
                     uint64_t last_number)
    : layout_(std::move(layout)),
      fd_(std::move(fd)),
      holder_(std::move(holder)),
      last_number_(last_number) {}

absl::StatusOr<IndexLock> IndexLock::Acquire(const Layout& layout, const std::string& holder) {
  if (absl::Status status = PrepareFolder(layout); !status.ok()) return status;
  base::FileDescriptor fd(::open(layout.lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!fd.open()) return base::FileError(errno, "cannot open", layout.lock());
  if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return base::FileError(errno, "cannot lock", layout.lock());
    return HeldByAnother(layout, AwaitHolder(fd.get()));
  }
  const uint64_t last_number = LastNumberIn(layout, ReadLock(fd.get()));
  IndexLock lock(layout, std::move(fd), holder, last_number);
  {
    base::MutexLock hold(*lock.mutex_);
    if (absl::Status status = lock.Write(); !status.ok()) return status;
  }
  if (absl::Status status = base::SyncFolder(layout.root()); !status.ok()) return status;
  return lock;
}

IndexLock::~IndexLock() {
  // Only so that a person who reads LOCK is not misled: the number is there already, and the kernel
  // frees the lock whatever the file says.
  if (!fd_.open()) return;
  base::MutexLock hold(*mutex_);
  holder_.clear();
  Write().IgnoreError();
}

IndexLock::Holder IndexLock::ReadHolder(const Layout& layout) {
  return ParseHolder(ReadLock(layout));
}

uint64_t IndexLock::LastNumber(const Layout& layout) {
  return LastNumberIn(layout, ReadLock(layout));
}

uint64_t IndexLock::LastRecordedNumber(const Layout& layout) {
  return ParseNumber(Value(ReadLock(layout), kNumberKey));
}

absl::Status IndexLock::Announce(const std::string& address) {
  base::MutexLock hold(*mutex_);
  address_ = address.size() <= kMaxTextBytes ? address : "";
  return Write();
}

absl::StatusOr<uint64_t> IndexLock::TakeGenerationNumber() {
  // Builds beside this lock take numbers by making folders.
  const uint64_t number = LastNumber(layout_) + 1;
  if (absl::Status status = RecordNumber(number); !status.ok()) return status;
  return number;
}

absl::Status IndexLock::RecordNumber(uint64_t number) {
  base::MutexLock hold(*mutex_);
  if (number <= last_number_) return absl::OkStatus();
  const uint64_t before = std::exchange(last_number_, number);
  absl::Status written = Write();
  // Not recorded: to be tried again.
  if (!written.ok()) last_number_ = before;
  return written;
}

absl::Status IndexLock::Write() {
  std::string content = absl::StrFormat("%s%0*d\n", kNumberKey, kNumberDigits, last_number_);
  if (!holder_.empty()) {
    absl::StrAppendFormat(&content, "%s%s\n%s%d\n%s%s\n", kHolderKey,
                          holder_.substr(0, kMaxTextBytes), kPidKey, ::getpid(), kSinceKey,
                          absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", since_, absl::UTCTimeZone()));
    if (!address_.empty()) absl::StrAppendFormat(&content, "%s%s\n", kAddressKey, address_);
  }
  const ssize_t written = ::pwrite(fd_.get(), content.data(), content.size(), 0);
  if (written != static_cast<ssize_t>(content.size())) {
    return base::FileError(written < 0 ? errno : ENOSPC, "cannot write", layout_.lock());
  }
  if (::ftruncate(fd_.get(), static_cast<off_t>(content.size())) != 0) {
    return base::FileError(errno, "cannot write", layout_.lock());
  }
  if (::fsync(fd_.get()) != 0) return base::FileError(errno, "cannot sync", layout_.lock());
  return absl::OkStatus();
}

}  // namespace broadsheet::storage
