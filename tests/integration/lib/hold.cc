// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded into a program under test (LD_PRELOAD), this stops it in front of a chosen system call,
// for as long as the test wants. hold.py is the other end; no shipped program knows of it.
//
//   BROADSHEET_HOLD_AT       the call and a pattern of what it is about, as fnmatch(3) has them:
//                            "rename */MANIFEST", "nanosleep 0.3*", "* /tmp/index/*"
//   BROADSHEET_HOLD_PASSING  so many calls that match go through first
//   BROADSHEET_HOLD_SOCKET   where the test listens; a held call connects there, and goes on when
//                            the test closes the connection, stops listening, or dies
#include <dlfcn.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>

namespace {

std::string Setting(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

struct Settings {
  std::string at = Setting("BROADSHEET_HOLD_AT");
  std::string socket = Setting("BROADSHEET_HOLD_SOCKET");
  std::atomic<long> passing = std::atol(Setting("BROADSHEET_HOLD_PASSING").c_str());
};

Settings& TheSettings() {
  static Settings settings;
  return settings;
}

void WaitForTheTest(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) std::abort();
  std::memcpy(address.sun_path, path.c_str(), path.size());
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) std::abort();
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    char byte = 0;
    while (::read(fd, &byte, 1) < 0 && errno == EINTR) {
    }
  }
  ::close(fd);
}

// `call` is about to be made on `object`.
void MayHold(const char* call, const std::string& object) {
  Settings& settings = TheSettings();
  if (settings.at.empty()) return;
  const int error = errno;
  const std::string what = std::string(call) + " " + object;
  if (::fnmatch(settings.at.c_str(), what.c_str(), 0) == 0 && settings.passing-- <= 0) {
    WaitForTheTest(settings.socket);
  }
  errno = error;
}

std::string PathOf(int fd) {
  std::string path(4096, '\0');
  const std::string link = "/proc/self/fd/" + std::to_string(fd);
  const ssize_t size = ::readlink(link.c_str(), path.data(), path.size());
  path.resize(size > 0 ? static_cast<size_t>(size) : 0);
  return path;
}

template <typename Function>
Function* Real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

// Only where it makes a file.
extern "C" int open(const char* path, int flags, ...) {
  mode_t mode = 0;
  if (__OPEN_NEEDS_MODE(flags)) {
    va_list rest;
    va_start(rest, flags);
    mode = va_arg(rest, mode_t);
    va_end(rest);
    MayHold("open", path);
  }
  static auto* real = Real<int(const char*, int, mode_t)>("open");
  return real(path, flags, mode);
}

extern "C" int mkdir(const char* path, mode_t mode) noexcept {
  MayHold("mkdir", path);
  static auto* real = Real<int(const char*, mode_t)>("mkdir");
  return real(path, mode);
}

// By its new name.
extern "C" int rename(const char* from, const char* to) noexcept {
  MayHold("rename", to);
  static auto* real = Real<int(const char*, const char*)>("rename");
  return real(from, to);
}

extern "C" int unlink(const char* path) noexcept {
  MayHold("unlink", path);
  static auto* real = Real<int(const char*)>("unlink");
  return real(path);
}

extern "C" int fsync(int fd) {
  MayHold("fsync", PathOf(fd));
  static auto* real = Real<int(int)>("fsync");
  return real(fd);
}

extern "C" int fdatasync(int fd) {
  MayHold("fdatasync", PathOf(fd));
  static auto* real = Real<int(int)>("fdatasync");
  return real(fd);
}

extern "C" ssize_t pwrite(int fd, const void* bytes, size_t size, off_t offset) {
  MayHold("pwrite", PathOf(fd));
  static auto* real = Real<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  return real(fd, bytes, size, offset);
}

// "nanosleep 0.250000000": seconds.
extern "C" int nanosleep(const timespec* time, timespec* left) {
  char seconds[64];
  std::snprintf(seconds, sizeof seconds, "%ld.%09ld", static_cast<long>(time->tv_sec),
                time->tv_nsec);
  MayHold("nanosleep", seconds);
  static auto* real = Real<int(const timespec*, timespec*)>("nanosleep");
  return real(time, left);
}
