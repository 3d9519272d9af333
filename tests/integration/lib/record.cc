// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded into programs under test (LD_PRELOAD), this records all that they do to the files of a
// folder, in order, so that power_loss.py can make what a power cut would have left of them. No
// shipped program knows of it.
//
//   BROADSHEET_RECORD_FOLDER  the folder, by its whole path; calls outside it are not recorded
//   BROADSHEET_RECORD_LOG     where to; several programs may write to one log
//
// A record is a Header, then two byte strings: a path and a second path, or what was written. A
// record stands behind the call that it tells of, and before all that the program does afterwards.
// What cannot be recorded (a writable mapping, for one) ends the program: a log is complete, or it
// is none.
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>
#include <string_view>

namespace {

// As power_loss.py has them.
enum class Op : uint64_t {
  kMakeFile = 1,    // path; file: the new file's inode
  kMakeFolder = 2,  // path; file
  kWrite = 3,       // file, offset, bytes
  kResize = 4,      // file, offset: the new size
  kSync = 5,        // file: a file or a folder
  kRename = 6,      // path, second path
  kLink = 7,        // path, second path
  kRemove = 8,      // path
};

struct Header {
  Op op;
  uint64_t file;
  uint64_t offset;
  uint64_t first_bytes;
  uint64_t second_bytes;
};

[[noreturn]] void GiveUp(const char* what) {
  std::fprintf(stderr, "record.cc: cannot record %s: %s\n", what, std::strerror(errno));
  std::abort();
}

template <typename Function>
Function* Real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

constexpr size_t kMaxFds = 1 << 16;

// Which descriptors are of the folder.
std::array<std::atomic<bool>, kMaxFds>& Watched() {
  static std::array<std::atomic<bool>, kMaxFds> watched = {};
  return watched;
}

bool IsWatched(int fd) {
  return fd >= 0 && static_cast<size_t>(fd) < kMaxFds && Watched()[static_cast<size_t>(fd)];
}

class Log {
 public:
  static Log& The() {
    // Never ended: others write to files until the very end.
    static Log& log = *new Log;
    return log;
  }

  bool Covers(std::string_view path) const {
    return !folder_.empty() && path.substr(0, folder_.size()) == folder_ &&
           (path.size() == folder_.size() || path[folder_.size()] == '/');
  }

  // One call and its record at a time, of all threads and all programs.
  class Turn {
   public:
    Turn() : one_(The().mutex_) {
      while (::flock(The().fd_, LOCK_EX) != 0) {
        if (errno != EINTR) GiveUp("in turn");
      }
    }
    ~Turn() {
      const int error = errno;
      ::flock(The().fd_, LOCK_UN);
      errno = error;
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    std::lock_guard<std::mutex> one_;
  };

  void Add(Op op, uint64_t file, uint64_t offset, std::string_view first,
           std::string_view second = {}) {
    const int error = errno;
    const Header header{op, file, offset, first.size(), second.size()};
    std::string record(reinterpret_cast<const char*>(&header), sizeof header);
    record.append(first).append(second);
    static auto* real = Real<ssize_t(int, const void*, size_t)>("write");
    if (real(fd_, record.data(), record.size()) != static_cast<ssize_t>(record.size())) {
      GiveUp("a call");
    }
    errno = error;
  }

 private:
  Log() {
    const char* folder = std::getenv("BROADSHEET_RECORD_FOLDER");
    const char* log = std::getenv("BROADSHEET_RECORD_LOG");
    if (folder == nullptr || log == nullptr) return;
    folder_ = folder;
    static auto* real = Real<int(const char*, int, mode_t)>("open");
    fd_ = real(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (fd_ < 0) GiveUp(log);
  }

  std::string folder_;
  int fd_ = -1;
  std::mutex mutex_;
};

using Turn = Log::Turn;

bool Covers(const char* path) { return path != nullptr && Log::The().Covers(path); }

// `path` as seen from the folder that is open as `at`.
std::string PathAt(int at, const char* path) {
  if (path[0] == '/' || at == AT_FDCWD) return path;
  std::array<char, PATH_MAX> folder = {};
  const std::string link = "/proc/self/fd/" + std::to_string(at);
  const ssize_t size = ::readlink(link.c_str(), folder.data(), folder.size());
  if (size < 0) return path;
  return std::string(folder.data(), static_cast<size_t>(size)) + "/" + path;
}

uint64_t FileOf(int fd) {
  struct stat found = {};
  if (::fstat(fd, &found) != 0) GiveUp("a file without an inode");
  return found.st_ino;
}

uint64_t FileAt(const char* path) {
  struct stat found = {};
  if (::lstat(path, &found) != 0) GiveUp(path);
  return found.st_ino;
}

// Opens `path`, which is in the folder, by `real`, and records what that has changed.
template <typename Open>
int OpenWatched(const std::string& path, int flags, Open real) {
  if ((flags & O_TMPFILE) == O_TMPFILE) GiveUp("a file without a name");
  const Turn turn;
  struct stat before = {};
  const bool was_there = ::stat(path.c_str(), &before) == 0;
  const int fd = real();
  if (fd < 0) return fd;
  if (static_cast<size_t>(fd) >= kMaxFds) GiveUp("so many descriptors");
  Watched()[static_cast<size_t>(fd)] = true;
  if (!was_there) {
    Log::The().Add(Op::kMakeFile, FileOf(fd), 0, path);
  } else if ((flags & O_TRUNC) != 0 && before.st_size > 0) {
    Log::The().Add(Op::kResize, FileOf(fd), 0, "");
  }
  return fd;
}

// What was written to the end of where `fd` stands now.
void AddWritten(int fd, std::string_view bytes) {
  const off_t end = ::lseek(fd, 0, SEEK_CUR);
  if (end < 0) GiveUp("where it was written");
  Log::The().Add(Op::kWrite, FileOf(fd), static_cast<uint64_t>(end) - bytes.size(), bytes);
}

mode_t ModeOf(int flags, va_list rest) {
  return __OPEN_NEEDS_MODE(flags) ? va_arg(rest, mode_t) : 0;
}

template <typename Sync>
int SyncWatched(int fd, Sync real) {
  if (!IsWatched(fd)) return real(fd);
  const Turn turn;
  const int done = real(fd);
  if (done == 0) Log::The().Add(Op::kSync, FileOf(fd), 0, "");
  return done;
}

// A call by two paths.
template <typename Call>
int OnTwo(Op op, const char* from, const char* to, Call real) {
  if (!Covers(from) && !Covers(to)) return real(from, to);
  if (!Covers(from) || !Covers(to)) GiveUp("what crosses the folder's border");
  const Turn turn;
  const int done = real(from, to);
  if (done == 0) Log::The().Add(op, FileAt(to), 0, from, to);
  return done;
}

template <typename Call>
int RemoveAt(const std::string& path, Call real) {
  if (!Covers(path.c_str())) return real();
  const Turn turn;
  const int done = real();
  if (done == 0) Log::The().Add(Op::kRemove, 0, 0, path);
  return done;
}

}  // namespace

extern "C" int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = ModeOf(flags, rest);
  va_end(rest);
  static auto* real = Real<int(const char*, int, mode_t)>("open");
  if (!Covers(path)) return real(path, flags, mode);
  return OpenWatched(path, flags, [&] { return real(path, flags, mode); });
}

extern "C" int openat(int at, const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = ModeOf(flags, rest);
  va_end(rest);
  static auto* real = Real<int(int, const char*, int, mode_t)>("openat");
  const std::string whole = PathAt(at, path);
  if (!Covers(whole.c_str())) return real(at, path, flags, mode);
  return OpenWatched(whole, flags, [&] { return real(at, path, flags, mode); });
}

extern "C" int close(int fd) {
  static auto* real = Real<int(int)>("close");
  if (IsWatched(fd)) Watched()[static_cast<size_t>(fd)] = false;
  return real(fd);
}

extern "C" int dup2(int from, int to) noexcept {
  if (IsWatched(from)) GiveUp("a second descriptor");
  static auto* real = Real<int(int, int)>("dup2");
  return real(from, to);
}

extern "C" ssize_t write(int fd, const void* bytes, size_t size) {
  static auto* real = Real<ssize_t(int, const void*, size_t)>("write");
  if (!IsWatched(fd)) return real(fd, bytes, size);
  const Turn turn;
  const ssize_t done = real(fd, bytes, size);
  if (done > 0) AddWritten(fd, {static_cast<const char*>(bytes), static_cast<size_t>(done)});
  return done;
}

extern "C" ssize_t writev(int fd, const iovec* parts, int count) {
  static auto* real = Real<ssize_t(int, const iovec*, int)>("writev");
  if (!IsWatched(fd)) return real(fd, parts, count);
  const Turn turn;
  const ssize_t done = real(fd, parts, count);
  if (done <= 0) return done;
  std::string bytes;
  for (int i = 0; i < count; ++i) {
    bytes.append(static_cast<const char*>(parts[i].iov_base), parts[i].iov_len);
  }
  bytes.resize(static_cast<size_t>(done));
  AddWritten(fd, bytes);
  return done;
}

extern "C" ssize_t pwrite(int fd, const void* bytes, size_t size, off_t offset) {
  static auto* real = Real<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  if (!IsWatched(fd)) return real(fd, bytes, size, offset);
  const Turn turn;
  const ssize_t done = real(fd, bytes, size, offset);
  if (done > 0) {
    Log::The().Add(Op::kWrite, FileOf(fd), static_cast<uint64_t>(offset),
                   {static_cast<const char*>(bytes), static_cast<size_t>(done)});
  }
  return done;
}

extern "C" int ftruncate(int fd, off_t size) noexcept {
  static auto* real = Real<int(int, off_t)>("ftruncate");
  if (!IsWatched(fd)) return real(fd, size);
  const Turn turn;
  const int done = real(fd, size);
  if (done == 0) Log::The().Add(Op::kResize, FileOf(fd), static_cast<uint64_t>(size), "");
  return done;
}

extern "C" int fsync(int fd) {
  static auto* real = Real<int(int)>("fsync");
  return SyncWatched(fd, real);
}

extern "C" int fdatasync(int fd) {
  static auto* real = Real<int(int)>("fdatasync");
  return SyncWatched(fd, real);
}

extern "C" int rename(const char* from, const char* to) noexcept {
  static auto* real = Real<int(const char*, const char*)>("rename");
  return OnTwo(Op::kRename, from, to, real);
}

extern "C" int link(const char* from, const char* to) noexcept {
  static auto* real = Real<int(const char*, const char*)>("link");
  return OnTwo(Op::kLink, from, to, real);
}

extern "C" int mkdir(const char* path, mode_t mode) noexcept {
  static auto* real = Real<int(const char*, mode_t)>("mkdir");
  if (!Covers(path)) return real(path, mode);
  const Turn turn;
  const int done = real(path, mode);
  if (done == 0) Log::The().Add(Op::kMakeFolder, FileAt(path), 0, path);
  return done;
}

extern "C" int unlink(const char* path) noexcept {
  static auto* real = Real<int(const char*)>("unlink");
  return RemoveAt(path, [&] { return real(path); });
}

extern "C" int rmdir(const char* path) noexcept {
  static auto* real = Real<int(const char*)>("rmdir");
  return RemoveAt(path, [&] { return real(path); });
}

extern "C" int remove(const char* path) noexcept {
  static auto* real = Real<int(const char*)>("remove");
  return RemoveAt(path, [&] { return real(path); });
}

extern "C" int unlinkat(int at, const char* path, int flags) noexcept {
  static auto* real = Real<int(int, const char*, int)>("unlinkat");
  return RemoveAt(PathAt(at, path), [&] { return real(at, path, flags); });
}

extern "C" void* mmap(void* address, size_t size, int protection, int flags, int fd,
                      off_t offset) noexcept {
  if (IsWatched(fd) && (protection & PROT_WRITE) != 0 && (flags & MAP_SHARED) != 0) {
    GiveUp("a writable mapping");
  }
  static auto* real = Real<void*(void*, size_t, int, int, int, off_t)>("mmap");
  return real(address, size, protection, flags, fd, offset);
}

extern "C" ssize_t sendfile(int to, int from, off_t* offset, size_t count) noexcept {
  if (IsWatched(to)) GiveUp("sendfile");
  static auto* real = Real<ssize_t(int, int, off_t*, size_t)>("sendfile");
  return real(to, from, offset, count);
}

extern "C" int truncate(const char* path, off_t size) noexcept {
  if (Covers(path)) GiveUp("truncate");
  static auto* real = Real<int(const char*, off_t)>("truncate");
  return real(path, size);
}
