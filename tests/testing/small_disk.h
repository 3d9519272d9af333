// SPDX-License-Identifier: GPL-3.0-or-later
// A file system that is too small, for tests of full disks.
//
//   SmallDisk disk;
//   if (!disk.mounted()) GTEST_SKIP() << "cannot mount a small file system: " << disk.why_not();
#pragma once

#include <sys/mount.h>
#include <unistd.h>
// g++ has a macro, clang a feature.
#ifdef __SANITIZE_ADDRESS__
#define BROADSHEET_LEAK_CHECK
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BROADSHEET_LEAK_CHECK
#endif
#endif
#ifdef BROADSHEET_LEAK_CHECK
#include <sanitizer/lsan_interface.h>
#endif

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "tests/testing/temp_dir.h"

namespace broadsheet::testing {

// A memory file system of a size that can be changed; only root may mount one.
class SmallDisk {
 public:
  SmallDisk() {
    mounted_ = ::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=64m") == 0;
    if (!mounted_) why_not_ = std::strerror(errno);
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  const std::string& why_not() const { return why_not_; }
  const std::filesystem::path& path() const { return folder_.path(); }
  // Leaves `bytes` free.
  void LeaveFree(uint64_t bytes) {
    const std::filesystem::space_info space = std::filesystem::space(folder_.path());
    const std::string size = "size=" + std::to_string(space.capacity - space.free + bytes);
    if (::mount("tmpfs", folder_.path().c_str(), "tmpfs", MS_REMOUNT, size.c_str()) != 0) {
      throw std::runtime_error(std::string("cannot resize the file system: ") +
                               std::strerror(errno));
    }
  }

 private:
  TempDir folder_;
  bool mounted_ = false;
  std::string why_not_;
};

// Xapian 1.4.22 loses what it has allocated when a compaction fails; that is not our leak.
class TolerateXapianLeaks {
 public:
#ifdef BROADSHEET_LEAK_CHECK
  TolerateXapianLeaks() { __lsan_disable(); }
  ~TolerateXapianLeaks() { __lsan_enable(); }
#else
  TolerateXapianLeaks() {}
  ~TolerateXapianLeaks() {}
#endif
  TolerateXapianLeaks(const TolerateXapianLeaks&) = delete;
  TolerateXapianLeaks& operator=(const TolerateXapianLeaks&) = delete;
};

}  // namespace broadsheet::testing
