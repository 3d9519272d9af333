// SPDX-License-Identifier: GPL-3.0-or-later
// Builds on a file system that is too small, whichever stage it is that fills it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
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
#include <cstring>
#include <random>
#include <string>
#include <utility>

#include "engine/build/index_build.h"
#include "engine/storage/generation.h"
#include "engine/storage/generations.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/test_index.h"

namespace broadsheet::build {
namespace {

using ::testing::AnyOf;
using ::testing::Eq;
using testing::IsOk;
using testing::MakeArticle;
using ::testing::SizeIs;
using testing::StatusIs;
using testing::TempDir;

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
  storage::Layout layout() const { return storage::Layout(folder_ / "index"); }
  // Leaves `bytes` free.
  void LeaveFree(uint64_t bytes) {
    const std::filesystem::space_info space = std::filesystem::space(folder_.path());
    const std::string size = "size=" + std::to_string(space.capacity - space.free + bytes);
    ASSERT_EQ(::mount("tmpfs", folder_.path().c_str(), "tmpfs", MS_REMOUNT, size.c_str()), 0);
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

// Some 3 MB of words that hardly compress.
absl::Status BuildMany(const storage::Layout& layout) {
  auto build = IndexBuild::Start({.index = layout.root(), .memory_bytes = 1 << 20});
  if (!build.ok()) return build.status();
  std::mt19937_64 random(1);
  for (int i = 0; i < 1'000; ++i) {
    std::string body;
    for (int word = 0; word < 200; ++word) body += std::to_string(random() % 100'000'000) + ' ';
    absl::Status status = (*build)->Add(MakeArticle("new-" + std::to_string(i), {.body = body}));
    if (!status.ok()) return status;
  }
  const TolerateXapianLeaks tolerate;
  return (*build)->Publish().status();
}

TEST(FullDiskTest, KeepsThePublishedIndexAndRemovesTheUnfinishedOne) {
  SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "cannot mount a small file system: " << disk.why_not();
  auto first = IndexBuild::Start({.index = disk.layout().root()});
  ASSERT_OK(first);
  ASSERT_OK((*first)->Add(MakeArticle("old", {.body = "the published one"})));
  ASSERT_OK((*first)->Publish());
  first->reset();

  int failures = 0;
  for (const uint64_t free_kilobytes :
       {100U, 500U, 1'000U, 2'000U, 4'000U, 6'000U, 8'000U, 12'000U}) {
    SCOPED_TRACE(free_kilobytes);
    disk.LeaveFree(free_kilobytes << 10);
    const absl::Status status = BuildMany(disk.layout());
    if (status.ok()) break;
    ++failures;
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kResourceExhausted,
                                 ::testing::HasSubstr(disk.layout().root().string())));
    const auto generations = storage::ListGenerations(disk.layout());
    ASSERT_OK(generations);
    EXPECT_THAT(*generations, SizeIs(1));
    const auto current = storage::Generation::OpenCurrent(disk.layout());
    ASSERT_OK(current);
    EXPECT_THAT((*current)->articles().Read(1)->id(), Eq("old"));
  }
  // The disk filled up in more than one stage.
  EXPECT_GE(failures, 4);
  disk.LeaveFree(64 << 20);
  EXPECT_OK(BuildMany(disk.layout()));
}

}  // namespace
}  // namespace broadsheet::build
